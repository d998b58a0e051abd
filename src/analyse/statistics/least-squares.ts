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
  const design = rows.map((row) => [1, ...row])
  const width = design[0]?.length ?? 1
  if (design.length < width) return undefined
  const inverse = invert(
    Array.from({ length: width }, (_, i) =>
      Array.from({ length: width }, (__, j) => sum(design, (row) => row[i]! * row[j]!)),
    ),
  )
  if (inverse === undefined) return undefined
  const moments = Array.from({ length: width }, (_, i) =>
    design.reduce((total, row, at) => total + row[i]! * observed[at]!, 0),
  )
  const coefficients = inverse.map((row) => dot(row, moments))
  const leverageOf = (row: readonly number[]) =>
    dot(
      row,
      inverse.map((each) => dot(each, row)),
    )
  const residuals = design.map((row, at) => observed[at]! - dot(row, coefficients))
  return {
    coefficients,
    residuals,
    leverages: design.map(leverageOf),
    degreesOfFreedom: design.length - width,
    squares: sum(residuals, (each) => each * each),
    at: (row) => ({ expected: dot([1, ...row], coefficients), leverage: leverageOf([1, ...row]) }),
  }
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

function sum<T>(list: readonly T[], of: (each: T) => number): number {
  let total = 0
  for (const each of list) total += of(each)
  return total
}
