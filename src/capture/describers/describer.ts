/** A file, or its bytes where they were read already. */
export interface Bytes {
  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ bytesRead: number }>
}

/** What a describer looks at. */
export interface OpenFile {
  file: Bytes
  /** Its first bytes, at most 64 KiB. */
  head: Buffer
  /** Bytes. */
  size: number
  /** Media type. */
  format: string
}

/** What numbers are like. */
export interface NumberFacts {
  minimum?: number
  maximum?: number
  mean?: number
  /** At 0.05, 0.25, 0.5, 0.75 and 0.95. */
  quantiles?: readonly number[]
  /** Of all places, how many hold zero, and how many hold nothing: NaN, an empty cell. */
  zeroShare?: number
  missingShare?: number
  /** Of all places, how many were looked at, where not all. */
  sampledShare?: number
}

/** A column of a table. */
export interface ColumnFacts extends NumberFacts {
  name: string
  /** Distinct values that are no numbers, counted up to a bound. */
  distinct?: number
}

/** Facts of a content, as the record names them (vam:shape and so on). */
export interface Facts extends NumberFacts, Record<string, unknown> {
  /** Lengths of the axes, slowest first, as NumPy counts them. */
  shape?: readonly number[]
  elementType?: string
  unit?: string
  columns?: readonly string[]
  rowCount?: number
  columnStatistics?: readonly ColumnFacts[]
}

/** Reads a few cheap facts from files of some formats. It may throw: then the file is not what it claims to be. */
export interface Describer {
  /** Local name in the vampira vocabulary. */
  name: string
  /** Media types. */
  formats: readonly string[]
  describe(file: OpenFile): Promise<Facts>
}
