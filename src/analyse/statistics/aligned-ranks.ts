import { groupBy } from '../../group-by.ts'

/**
 * Ranks within strata, less the mean of their stratum and divided by its size, so that strata of any size and level can be
 * looked at together (J. L. Hodges and E. L. Lehmann, Annals of Mathematical Statistics 33(2), 1962; weights of P. van
 * Elteren, 1960). Equal values share the mean of their ranks. From −½ to ½.
 *
 * @param strata which stratum each value is in
 */
export function alignedRanks(values: readonly number[], strata: readonly number[]): number[] {
  const ranks = values.map(() => 0)
  for (const members of membersOf(strata)) {
    const sorted = members.toSorted((a, b) => values[a]! - values[b]!)
    const middle = (members.length - 1) / 2
    for (let from = 0; from < sorted.length;) {
      let to = from
      while (to + 1 < sorted.length && values[sorted[to + 1]!] === values[sorted[from]!]) to++
      for (let at = from; at <= to; at++)
        ranks[sorted[at]!] = ((from + to) / 2 - middle) / (members.length + 1)
      from = to + 1
    }
  }
  return ranks
}

/** Places by stratum, in the order in which strata are first seen. */
export function membersOf(strata: readonly number[]): number[][] {
  return [...groupBy(strata.keys(), (at) => strata[at]).values()]
}
