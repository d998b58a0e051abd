import type { Row } from '../../sparql/answer.ts'
import { groupBy } from '../../group-by.ts'
import { text } from '../ask.ts'
import { integerOf, numberOf } from '../read-row.ts'
import type { Sides } from './run-differences.ts'

/** How much of each run a function was, by its name: components of other pipelines may have it too. */
export interface FunctionShare {
  name: string
  calls: Sides<number>
  /** Part of all calls of the run, from 0 to 1. */
  callShare: Sides<number>
  /** Elapsed time in its own body, in seconds. */
  selfSeconds: Sides<number>
}

/** @param rows of the query `uc9-repeated-measurements` */
export function functionShares(runs: readonly [string, string], rows: readonly Row[]): FunctionShare[] {
  const sides = runs.map((run) => {
    const own = rows.filter((row) => text(row, 'run') === run)
    const all = own.reduce((sum, row) => sum + integerOf(row, 'calls'), 0)
    return { all, byName: groupBy(own, (row) => text(row, 'name')) }
  })
  const names = new Set(sides.flatMap(({ byName }) => [...byName.keys()]))
  return [...names].toSorted().map((name) => {
    const measured = sides.map(({ all, byName }) => {
      const found = byName.get(name)
      if (found === undefined) return undefined
      const calls = found.reduce((sum, row) => sum + integerOf(row, 'calls'), 0)
      const seconds = found.flatMap((row) => numberOf(row, 'selfSeconds') ?? [])
      return {
        calls,
        share: calls / all,
        seconds: seconds.length === 0 ? undefined : seconds.reduce((sum, each) => sum + each, 0),
      }
    })
    const [one, other] = measured
    return {
      name,
      calls: [one?.calls, other?.calls],
      callShare: [one?.share, other?.share],
      selfSeconds: [one?.seconds, other?.seconds],
    }
  })
}
