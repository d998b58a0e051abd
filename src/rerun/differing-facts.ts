import type { DataFacts } from '../analyse/data-facts.ts'
import { withinTolerance } from '../contents/number-tolerance.ts'

const names: Readonly<Record<keyof DataFacts, string>> = {
  rowCount: 'rows',
  minimum: 'smallest number',
  maximum: 'largest number',
  mean: 'mean',
  zeroShare: 'share of zeros',
  missingShare: 'share of missing values',
}

/**
 * Which figures of what a file holds differ beyond the tolerance, as a sentence: they are known where its contents are
 * not. Undefined where none does, which says little: other files have the same figures.
 */
export function differingFacts(
  was: DataFacts | undefined,
  is: DataFacts | undefined,
  tolerance: number,
): string | undefined {
  if (was === undefined || is === undefined) return undefined
  const found = (Object.keys(names) as (keyof DataFacts)[]).flatMap((name) => {
    const [before, after] = [was[name], is[name]]
    if (before === undefined || after === undefined || withinTolerance(before, after, tolerance)) return []
    return [`${names[name]} ${figure(before)} → ${figure(after)}`]
  })
  return found.length === 0 ? undefined : found.join(', ')
}

function figure(value: number): string {
  return String(Number(value.toPrecision(6)))
}
