/**
 * Whether two numbers are the same within a tolerance: by at most so large a part of the larger one. Below the square of
 * the tolerance a difference counts as none, so that 0 and 1e-17 are the same. NaN is the same as NaN.
 * @param scale what the difference may be set in relation to besides the numbers, such as an array's root mean square
 */
export function withinTolerance(a: number, b: number, tolerance: number, scale = 0): boolean {
  if (Object.is(a, b) || a === b) return true
  const difference = Math.abs(a - b)
  // NaN beside a number, and an infinity beside anything else.
  if (!Number.isFinite(difference)) return false
  return difference <= tolerance * Math.max(Math.abs(a), Math.abs(b), scale, tolerance)
}

/** A difference as part of the larger number, or of the scale where that is larger. */
export function relativeDifference(a: number, b: number, scale = 0): number {
  const larger = Math.max(Math.abs(a), Math.abs(b), scale)
  return larger === 0 ? 0 : Math.abs(a - b) / larger
}

export function rootMeanSquare(values: ArrayLike<number>): number {
  let sum = 0
  let count = 0
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!
    if (!Number.isFinite(value)) continue
    sum += value * value
    count++
  }
  return count === 0 ? 0 : Math.sqrt(sum / count)
}

/** The size of most of a column's numbers, which some very large ones do not change. */
export function medianSize(values: ArrayLike<unknown>): number {
  const sizes: number[] = []
  for (let at = 0; at < values.length; at++) {
    const value = values[at]
    if (typeof value === 'number' && Number.isFinite(value)) sizes.push(Math.abs(value))
  }
  return sizes.sort((a, b) => a - b)[sizes.length >> 1] ?? 0
}
