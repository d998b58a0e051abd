/** Something of a run, and what its good siblings had there. */
export interface Suspicion {
  /** The value in the run. */
  value: string
  /** What the siblings had: the most frequent values first, with how many had each; of numbers, the least and the most. */
  usual: readonly { value: string; runs: number }[]
  range?: readonly [number, number]
  /** Siblings that say something of it, and those of them that had the same. */
  siblings: number
  same: number
  /** 0 to 1: how much it sets the run apart. */
  score: number
}

/**
 * How much a value sets a run apart from its siblings: by how much less it agrees with them than they with one another,
 * so that what differs from run to run anyway says little; and of a number that lies outside of all n of theirs, by the
 * chance 2/(n + 1) of that where nothing is wrong.
 *
 * @param others the value in each sibling that has one
 */
export function suspicionOf(value: string, others: readonly string[]): Suspicion {
  const counts = new Map<string, number>()
  for (const other of others) counts.set(other, (counts.get(other) ?? 0) + 1)
  const n = others.length
  const same = counts.get(value) ?? 0
  const pairs = [...counts.values()].reduce((sum, count) => sum + count * (count - 1), 0)
  const agreement = n < 2 ? 0 : pairs / (n * (n - 1))
  const apart = n === 0 ? 0 : Math.max(0, agreement - same / n)
  const numbers = others.map(Number)
  const isNumber = value.trim() !== '' && [Number(value), ...numbers].every(Number.isFinite)
  const range = [Math.min(...numbers), Math.max(...numbers)] as const
  const isOutside = isNumber && n > 0 && (Number(value) < range[0] || Number(value) > range[1])
  return {
    value,
    usual: [...counts]
      .map(([each, runs]) => ({ value: each, runs }))
      .toSorted((a, b) => b.runs - a.runs || (a.value < b.value ? -1 : 1)),
    ...(isNumber && n > 0 && { range }),
    siblings: n,
    same,
    score: Math.max(apart, isOutside ? 1 - 2 / (n + 1) : 0),
  }
}
