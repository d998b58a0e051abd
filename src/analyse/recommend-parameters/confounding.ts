import type { Compared } from './compared.ts'
import type { Factor } from './factor.ts'
import type { Trial } from './trial.ts'

/** Something that changed with a setting. */
export interface Rival {
  /** As people call it: `fit beta`, `the code of the pipeline`. */
  name: string
  groups: readonly number[]
}

/** Versions of the code, where there were several: an effect may be theirs. */
export function codeOf(trials: readonly Trial[]): Rival | undefined {
  const versions = [...new Set(trials.map(({ code }) => code))]
  if (versions.length < 2) return undefined
  return { name: 'the code of the pipeline', groups: trials.map(({ code }) => versions.indexOf(code)) }
}

const partsOfTime = 5

/** When the trials began, in five parts: a machine has busy hours, and a setting that was tried in them looks slow. */
export function timesOf(trials: readonly Trial[]): Rival {
  const order = [...trials.keys()].toSorted((a, b) => (trials[a]!.started < trials[b]!.started ? -1 : 1))
  const groups = trials.map(() => 0)
  for (const [rank, at] of order.entries()) groups[at] = Math.floor((rank / order.length) * partsOfTime)
  return { name: 'when the runs were made', groups }
}

/** From here on, two things are so much together that one may have the effect of the other (Cramér's V). */
const together = 0.3

/**
 * Whose effect it may be instead: of things that changed together with a setting, those that leave none of its effect to
 * be seen where they are held, unless it leaves none of theirs.
 *
 * @param level the chance of a mistake
 * @returns names of those that it cannot be told from, and of those that explain it
 */
export function rivalsOf(
  compared: Compared,
  rivals: readonly Rival[],
  { level, testRival }: { level: number; testRival(rival: Rival, within: Factor): number | undefined },
): { notToldFrom: string[]; explainedBy: string[] } {
  const [notToldFrom, explainedBy]: [string[], string[]] = [[], []]
  for (const rival of rivals) {
    if (rival.groups === compared.factor.groups) continue
    if (cramersV(compared.places, compared.factor.groups, rival.groups) < together) continue
    if (compared.testWithin(rival) <= level) continue
    const other = testRival(rival, compared.factor)
    if (other !== undefined && other <= level) explainedBy.push(rival.name)
    else notToldFrom.push(rival.name)
  }
  return { notToldFrom, explainedBy }
}

/** Whether two settings changed together every time that both had a value, each value of one with one of the other. */
export function alwaysTogether(a: Factor, b: Factor): boolean {
  const [there, back] = [new Map<number, number>(), new Map<number, number>()]
  let [both, any] = [0, 0]
  for (const [at, group] of a.groups.entries()) {
    const other = b.groups[at]!
    if (group >= 0 || other >= 0) any++
    if (group < 0 || other < 0) continue
    both++
    if ((there.get(group) ?? other) !== other || (back.get(other) ?? group) !== group) return false
    there.set(group, other)
    back.set(other, group)
  }
  return there.size > 1 && both >= any / 2
}

/** How much two divisions of the same trials go together: 0 to 1 (H. Cramér, Mathematical Methods of Statistics, 1946). */
export function cramersV(places: readonly number[], a: readonly number[], b: readonly number[]): number {
  const [rows, columns, cells] = [
    new Map<number, number>(),
    new Map<number, number>(),
    new Map<string, number>(),
  ]
  const count = <Key>(counts: Map<Key, number>, key: Key) => counts.set(key, (counts.get(key) ?? 0) + 1)
  for (const at of places) {
    count(rows, a[at]!)
    count(columns, b[at]!)
    count(cells, `${a[at]!} ${b[at]!}`)
  }
  const smaller = Math.min(rows.size, columns.size) - 1
  if (smaller < 1) return 0
  let squares = 0
  for (const [cell, size] of cells) {
    const [row, column] = cell.split(' ').map(Number) as [number, number]
    squares += size ** 2 / (rows.get(row)! * columns.get(column)!)
  }
  return Math.sqrt(Math.max(0, squares - 1) / smaller)
}
