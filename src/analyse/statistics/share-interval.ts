const z95 = 1.959963984540054

/**
 * The 95 % interval of a share counted over groups, within which things are more alike than between them: Wilson's
 * interval (JASA 1927) for as many independent things as vary as much (E. L. Korn and B. I. Graubard, Survey Methodology
 * 1998), at least one a group and at most all.
 */
export function shareInterval(
  groups: readonly { hits: number; of: number }[],
): readonly [low: number, high: number] {
  const total = groups.reduce((sum, { of }) => sum + of, 0)
  if (total === 0) return [0, 1]
  const share = groups.reduce((sum, { hits }) => sum + hits, 0) / total
  const size = Math.min(total, Math.max(groups.length, independent(groups, share, total)))
  const centre = (share + z95 ** 2 / (2 * size)) / (1 + z95 ** 2 / size)
  const reach =
    (z95 / (1 + z95 ** 2 / size)) * Math.sqrt((share * (1 - share)) / size + z95 ** 2 / (4 * size ** 2))
  return [Math.max(0, centre - reach), Math.min(1, centre + reach)]
}

/** So many independent things would have a share that varies as this does from group to group. */
function independent(groups: readonly { hits: number; of: number }[], share: number, total: number): number {
  if (groups.length < 2) return 1
  const squares = groups.reduce((sum, { hits, of }) => sum + (hits - share * of) ** 2, 0)
  const variance = (groups.length / (groups.length - 1)) * (squares / total ** 2)
  return variance === 0 ? groups.length : (share * (1 - share)) / variance
}
