/** A linear model with an intercept, fitted by least squares. */
export interface LinearFit {
  /** The intercept first, then one for each column. */
  coefficients: readonly number[]
  /** Observed minus fitted, in the order of the rows. */
  residuals: readonly number[]
  /** How much each observation draws the fit to itself, 0 to 1. */
  leverages: readonly number[]
  /** Observations less coefficients. */
  degreesOfFreedom: number
  /** Sum of squared residuals. */
  squares: number
  /** @returns the value that the model expects, and how far its own uncertainty reaches there (h of the hat matrix) */
  at(row: readonly number[]): { expected: number; leverage: number }
}

/**
 * @param rows predictors, an array an observation, all equally long; empty ones fit the mean alone
 * @returns undefined where the columns depend on each other, or observations are fewer than coefficients
 */
export function fitLinear(
  rows: readonly (readonly number[])[],
  observed: readonly number[],
): LinearFit | undefined {
  const width = (rows[0]?.length ?? 0) + 1
  if (rows.length < width) return undefined
  const { squares: products, moments } = momentsOf(rows, observed, width)
  const inverse = invert(products)
  if (inverse === undefined) return undefined
  const coefficients = inverse.map((row) => dot(row, moments))
  const fitted = (row: readonly number[]) => {
    let value = coefficients[0]!
    for (let i = 1; i < width; i++) value += coefficients[i]! * row[i - 1]!
    return value
  }
  const leverageOf = (row: readonly number[]) => {
    let total = 0
    for (let i = 0; i < width; i++) {
      const each = inverse[i]!
      let inner = each[0]!
      for (let j = 1; j < width; j++) inner += each[j]! * row[j - 1]!
      total += i === 0 ? inner : inner * row[i - 1]!
    }
    return total
  }
  const residuals = rows.map((row, at) => observed[at]! - fitted(row))
  return {
    coefficients,
    residuals,
    leverages: rows.map(leverageOf),
    degreesOfFreedom: rows.length - width,
    squares: dot(residuals, residuals),
    at: (row) => ({ expected: fitted(row), leverage: leverageOf(row) }),
  }
}

/** Sums of products of columns with one another, and with what was observed; the first column is all 1. */
function momentsOf(
  rows: readonly (readonly number[])[],
  observed: readonly number[],
  width: number,
): { squares: number[][]; moments: number[] } {
  const squares = Array.from({ length: width }, () => Array.from({ length: width }, () => 0))
  const moments = Array.from({ length: width }, () => 0)
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!
    for (let i = 0; i < width; i++) {
      const value = i === 0 ? 1 : row[i - 1]!
      moments[i]! += value * observed[at]!
      for (let j = 0; j <= i; j++) squares[i]![j]! += value * (j === 0 ? 1 : row[j - 1]!)
    }
  }
  for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) squares[j]![i] = squares[i]![j]!
  return { squares, moments }
}

/** By Gauss and Jordan with the largest pivot; undefined where there is none to speak of. */
function invert(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const size = matrix.length
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))])
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++)
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row
    const scale = matrix[column]![column]!
    if (Math.abs(rows[pivot]![column]!) <= Math.abs(scale) * 1e-10) return undefined
    ;[rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!]
    const divisor = rows[column]![column]!
    rows[column] = rows[column]!.map((each) => each / divisor)
    for (let row = 0; row < size; row++) {
      const factor = rows[row]![column]!
      if (row === column || factor === 0) continue
      rows[row] = rows[row]!.map((each, at) => each - factor * rows[column]![at]!)
    }
  }
  return rows.map((row) => row.slice(size))
}

function dot(a: readonly number[], b: readonly number[]): number {
  let total = 0
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!
  return total
}
