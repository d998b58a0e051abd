import type { Quad } from '@rdfjs/types'
import type { Prefixes } from '../rdf/prefixes.ts'

/**
 * A way to write graphs down. A new one takes two steps:
 * 1. a file here (or a folder, for several) that exports `read`, `write` or both, as in `FormatCode`;
 * 2. an entry in the table of `formats.ts`. From there the command line has its choices, guesses by file names, and the
 *    media types that it sends.
 */
export interface Format {
  /** Lower case, as people write it after `--to`. */
  name: string
  /** Lower case, without parameters. */
  mediaType: string
  /** Endings of file names without the dot, in lower case, the usual one first. No two formats share one. */
  extensions: readonly string[]
  /** Whether it can say which graph a triple is in. If not, it is given one graph, or the union of several. */
  graphs: boolean
  /** Which of the functions `load` gives. */
  uses: readonly ('read' | 'write')[]
  /** Which parts of a broken text can be left out to read the rest; absent where all of it is read, or nothing. */
  parts?: 'lines' | 'statements'
  /** Loads the code and its libraries. Called when the format is used for the first time. */
  load(): Promise<FormatCode>
}

export interface FormatCode {
  read?: Read
  write?: Write
}

/**
 * Reads text, whole or in chunks of any length, as many quads at once as there are at hand. Fetches nothing.
 *
 * @throws ParseError with file, line and column
 */
export type Read = (
  input: string | AsyncIterable<string>,
  options: ReadOptions,
) => AsyncGenerator<readonly Quad[], void, undefined>

/** Writes quads in chunks of text. The prefixes may grow while the quads are read. */
export type Write = (
  quads: AsyncIterable<Quad> | Iterable<Quad>,
  prefixes: Prefixes,
) => AsyncGenerator<string, void, undefined>

export interface ReadOptions {
  /** What the text came from, for messages. */
  file?: string
  /** Base of relative IRIs; without it, they are errors in Turtle and TriG. */
  baseIri?: string
  /** Called for each prefix that the text declares. */
  onPrefix?: (prefix: string, namespace: string) => void
  /**
   * Called for each broken part, which is then left out, in a format that has `parts`, and for what is no IRI in
   * JSON-LD; without it, the first one is an error.
   */
  onLeftOut?: (part: LeftOut) => void
}

/** A part of a text that is not in its format. */
export type LeftOut = LeftOutLines | LeftOutStatements

/** Statements that may be written anywhere. */
export interface LeftOutStatements {
  /** Where the reason stands first, if that is known. */
  line?: number
  lastLine?: undefined
  reason: string
}

export interface LeftOutLines {
  line: number
  lastLine: number
  /** Where in it the text is broken. */
  brokenLine: number
  reason: string
}

export interface ParseOptions extends ReadOptions {
  /** Name, media type or file name extension of the format. */
  format: string
}
