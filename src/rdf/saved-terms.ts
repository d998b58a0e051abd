import type { HeadName } from './term-heads.ts'

/** The terms of a table, to be written into a file. */
export interface SavedTerms {
  size: number
  heads: readonly HeadName[]
  numbers: readonly Uint32Array<ArrayBuffer>[]
  bytes: Buffer<ArrayBuffer>
}
