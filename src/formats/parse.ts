import type { Quad } from '@rdfjs/types'
import type { ParseOptions } from './format.ts'
import { formatOf } from './formats.ts'
import { withoutByteOrderMark } from './byte-order-mark.ts'

/**
 * Reads RDF in any of the formats, quad by quad; JSON-LD and RDF/XML are read whole first. Nothing is ever fetched: a
 * remote JSON-LD context is refused.
 *
 * @throws UsageError for a format that cannot be read, ParseError with file, line and column
 */
export async function* parseQuads(
  input: string | AsyncIterable<string>,
  options: ParseOptions,
): AsyncGenerator<Quad, void, undefined> {
  for await (const quads of parseBatches(input, options)) yield* quads
}

/** Like parseQuads, as many quads at once as there are at hand, which is many times as fast. */
export async function* parseBatches(
  input: string | AsyncIterable<string>,
  options: ParseOptions,
): AsyncGenerator<readonly Quad[], void, undefined> {
  const { read } = await formatOf(options.format).load()
  yield* read!(withoutByteOrderMark(input), options)
}

/** All of a text's quads at once. */
export async function readQuads(
  input: string | AsyncIterable<string>,
  options: ParseOptions,
): Promise<Quad[]> {
  const quads: Quad[] = []
  for await (const batch of parseBatches(input, options)) for (const quad of batch) quads.push(quad)
  return quads
}
