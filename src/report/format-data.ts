import { countOf } from '../count-of.ts'
import type { DataFacts } from '../analyse/data-facts.ts'

/** What a file holds, for a line: `311 rows, −3.1 … 450, mean 12.3, 50 % zeros`. */
export function formatData({ rowCount, minimum, maximum, mean, zeroShare, missingShare }: DataFacts): string {
  return [
    ...(rowCount === undefined ? [] : [countOf(rowCount, 'row')]),
    ...(minimum === undefined || maximum === undefined ? [] : [`${figure(minimum)} … ${figure(maximum)}`]),
    ...(mean === undefined ? [] : [`mean ${figure(mean)}`]),
    ...share(zeroShare, 'zeros'),
    ...share(missingShare, 'missing'),
  ].join(', ')
}

function figure(value: number): string {
  return String(Number(value.toPrecision(3))).replace('-', '−')
}

/** Not said of none. */
function share(part: number | undefined, of: string): string[] {
  if (part === undefined || part === 0) return []
  const percent = part * 100
  return [`${percent < 0.1 ? '< 0.1' : Number(percent.toPrecision(3))} % ${of}`]
}
