import type { Row } from '../../sparql/answer.ts'
import { text } from '../ask.ts'
import type { Sides } from './run-differences.ts'

/** What a run took. Names carry the unit; loads are load averages of the machine. */
export interface ResourceComparison {
  resource: (typeof resources)[number]
  values: Sides<number>
  /** How much other runs with the settings and inputs of the first took, without cause; only with at least one such run. */
  usual?: { from: number; to: number; runs: number }
  /** Whether the second took much more or less: beyond what repeats vary, by half of it or more. */
  differs: boolean
}

const resources = [
  'wallSeconds',
  'cpuSeconds',
  'peakMemoryBytes',
  'readBytes',
  'writtenBytes',
  'loadAtStart',
  'loadAtEnd',
] as const

/** Below these, what the clock or the interpreter does by the way is as much. */
const leastDifference: Readonly<Partial<Record<(typeof resources)[number], number>>> = {
  wallSeconds: 0.1,
  cpuSeconds: 0.1,
  peakMemoryBytes: 16_000_000,
}
export const leastRatio = 1.5

/**
 * @param rows of the query `run-facts`
 * @param repeats of the first run and of the second, without the two themselves
 */
export function compareResources(
  [first, second]: readonly [string, string],
  rows: readonly Row[],
  repeats: readonly [readonly string[], readonly string[]],
): ResourceComparison[] {
  const valueOf = (run: string, resource: string) => {
    const row = rows.find(
      (each) => text(each, 'run') === run && text(each, 'group') === 'run' && text(each, 'fact') === resource,
    )
    return row === undefined ? undefined : Number(text(row, 'value'))
  }
  return resources.flatMap((resource) => {
    const values = [valueOf(first, resource), valueOf(second, resource)] as const
    if (values[0] === undefined && values[1] === undefined) return []
    const known = repeats.map((runs) => runs.flatMap((run) => valueOf(run, resource) ?? []))
    const [like = [], likeOther = []] = known
    const usual = like.length === 0 || values[0] === undefined ? undefined : [values[0], ...like]
    return [
      {
        resource,
        values,
        ...(usual && { usual: { from: Math.min(...usual), to: Math.max(...usual), runs: usual.length } }),
        differs: !resource.startsWith('load') && differs(resource, values, like, likeOther),
      },
    ]
  })
}

function differs(
  resource: (typeof resources)[number],
  [one, other]: Sides<number>,
  like: readonly number[],
  likeOther: readonly number[],
): boolean {
  if (one === undefined || other === undefined) return false
  const isApart = (value: number, usual: readonly number[]) =>
    usual.every(
      (each) =>
        Math.max(value, each) >= leastRatio * Math.min(value, each) &&
        Math.abs(value - each) >= (leastDifference[resource] ?? Number.POSITIVE_INFINITY),
    )
  if (!isApart(one, [other])) return false
  if (like.length + likeOther.length === 0) return true
  // One is apart from all that the other and its repeats took, or from its own repeats: of two nobody knows which is usual.
  const isUnusual = (value: number, beside: number, own: readonly number[], others: readonly number[]) =>
    (others.length > 0 && isApart(value, [beside, ...others])) || (own.length > 1 && isApart(value, own))
  return isUnusual(one, other, like, likeOther) || isUnusual(other, one, likeOther, like)
}
