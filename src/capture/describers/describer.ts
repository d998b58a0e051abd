import type { FileHandle } from 'node:fs/promises'

/** What a describer looks at. */
export interface OpenFile {
  file: FileHandle
  /** Its first bytes, at most 64 KiB. */
  head: Buffer
  /** Bytes. */
  size: number
  /** Media type. */
  format: string
}

/** Facts of a content, as the record names them (vam:shape and so on). */
export interface Facts extends Record<string, unknown> {
  /** Lengths of the axes, slowest first, as NumPy counts them. */
  shape?: readonly number[]
  elementType?: string
  unit?: string
  columns?: readonly string[]
  rowCount?: number
}

/** Reads a few cheap facts from files of some formats. It may throw: then the file is not what it claims to be. */
export interface Describer {
  /** Local name in the vampira vocabulary. */
  name: string
  /** Media types. */
  formats: readonly string[]
  describe(file: OpenFile): Promise<Facts>
}
