/** A value that a file holds. */
export type Value = number | bigint | string | boolean | null | undefined

/**
 * A piece of what a file means: a column, an array, a header. Files of one format are compared part by part, and within
 * a part value by value.
 */
export interface Part {
  name: string
  values: ArrayLike<Value>
  /** Where a value stands, for people: `row 3`. */
  place(index: number): string
  /**
   * What a difference is set in relation to besides the numbers themselves, since rounding is as large beside a number
   * near zero as beside the others: the root mean square of an array of floats, the median size in a column.
   */
  scale?: number
  /** Whether whole numbers are counts, which are equal or not. Those of an array of floats are not. */
  counts: boolean
}

/** Reads what a file of one format means, without time stamps and comments of the program that wrote it. */
export interface ContentsReader {
  /** Media types. */
  formats: readonly string[]
  /** How contents are set side by side: `numbers`, `pixels`, `lines`. */
  by: 'values' | 'numbers' | 'pixels' | 'lines'
  /** It may throw: then the file is not what it claims to be. */
  read(bytes: Buffer, format: string): readonly Part[] | Promise<readonly Part[]>
}
