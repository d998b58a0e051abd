import type { LeftOut } from './leave-one-group-out.ts'

/** So many groups are needed before an interval of this level has ends: 9 for nine of ten. */
export function fewestGroups(level: number): number {
  return Math.ceil(level / (1 - level) - 1e-9)
}

/**
 * Where a new observation of a new group lies in so many of a hundred cases, whatever the distribution, as long as
 * groups come in no order: the jackknife+ (R. F. Barber, E. J. Candès, A. Ramdas, R. J. Tibshirani, Annals of
 * Statistics 49(1), 2021, after V. Vovk's cross-conformal predictors), by groups, each of the same weight (Y. Lee,
 * R. F. Barber, R. Willett, 2023, hierarchical jackknife+). Of level 1 − α it holds in at least 1 − 2α of the cases, and
 * in practice in about 1 − α.
 *
 * @returns undefined below the fewest groups
 */
export function conformalInterval(
  leftOut: readonly LeftOut[],
  row: readonly number[],
  level: number,
): readonly [low: number, high: number] | undefined {
  if (leftOut.length < fewestGroups(level)) return undefined
  const low: Weighted[] = []
  const high: Weighted[] = []
  for (const { fitted, residuals } of leftOut) {
    const expected = fitted(row)
    const weight = 1 / ((leftOut.length + 1) * residuals.length)
    for (const residual of residuals) {
      low.push({ value: -(expected - Math.abs(residual)), weight })
      high.push({ value: expected + Math.abs(residual), weight })
    }
  }
  return [-quantile(low, level), quantile(high, level)]
}

interface Weighted {
  value: number
  weight: number
}

/** The smallest value at or below which lies this part of the weight; what the weights lack of 1 lies at infinity. */
function quantile(all: readonly Weighted[], level: number): number {
  let sum = 0
  for (const { value, weight } of all.toSorted((a, b) => a.value - b.value)) {
    sum += weight
    if (sum >= level - 1e-9) return value
  }
  return Infinity
}
