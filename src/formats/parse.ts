import { EventEmitter } from 'node:events'
import type { Quad } from '@rdfjs/types'
import { ParseError } from '../errors.ts'
import { formatOf } from './format.ts'
import type { ParseOptions } from './format.ts'

/**
 * Reads RDF in any of the formats, quad by quad; JSON-LD and RDF/XML are read whole first. Nothing is ever fetched: a
 * remote JSON-LD context is refused.
 *
 * @throws ParseError with file, line and column
 */
export async function* parseQuads(
  input: string | AsyncIterable<string>,
  options: ParseOptions,
): AsyncGenerator<Quad, void, undefined> {
  const format = formatOf(options.format)
  switch (format.name) {
    case 'jsonld': {
      const { parseJsonLd } = await import('./jsonld/parse-jsonld.ts')
      yield* await parseJsonLd(await readAll(input), options)
      return
    }
    case 'rdfxml': {
      const { parseRdfXml } = await import('./parse-rdfxml.ts')
      yield* await parseRdfXml(await readAll(input), options)
      return
    }
    default:
      yield* parseTurtleFamily(input, format.mediaType, options)
  }
}

/** All of a text's quads at once. */
export async function readQuads(
  input: string | AsyncIterable<string>,
  options: ParseOptions,
): Promise<Quad[]> {
  const quads: Quad[] = []
  for await (const quad of parseQuads(input, options)) quads.push(quad)
  return quads
}

async function* parseTurtleFamily(
  input: string | AsyncIterable<string>,
  mediaType: string,
  { file, baseIri, onPrefix }: ParseOptions,
): AsyncGenerator<Quad, void, undefined> {
  const { Parser } = await import('n3')
  const parser = new Parser({ format: mediaType, ...(baseIri === undefined ? {} : { baseIRI: baseIri }) })
  const source = new EventEmitter()
  let quads: Quad[] = []
  let failure: Error | undefined
  parser.parse(source, {
    onQuad(error, quad) {
      if (error) failure ??= error
      else if (quad) quads.push(quad as Quad)
    },
    onPrefix(prefix, namespace) {
      onPrefix?.(prefix, typeof namespace === 'string' ? namespace : namespace.value)
    },
  })
  for await (const chunk of typeof input === 'string' ? [input] : input) {
    source.emit('data', chunk)
    if (failure !== undefined) break
    yield* quads
    quads = []
  }
  if (failure === undefined) source.emit('end')
  if (failure !== undefined) throw parseError(failure as N3Error, file)
  yield* quads
}

interface N3Error extends Error {
  context?: { line?: number; token?: { start?: number }; previousToken?: { line?: number; end?: number } }
}

function parseError(error: N3Error, file: string | undefined): ParseError {
  const { line, token, previousToken } = error.context ?? {}
  // What cannot be made a token at all begins where the one before it ended, or its line.
  const start = token?.start ?? (previousToken?.line === line ? previousToken?.end : 0)
  return new ParseError(error.message.replace(/ on line \d+\.$/, ''), {
    place: {
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { line }),
      ...(start === undefined ? {} : { column: start + 1 }),
    },
    advice: 'Correct the text there, or say which format it is.',
    cause: error,
  })
}

async function readAll(input: string | AsyncIterable<string>): Promise<string> {
  if (typeof input === 'string') return input
  let text = ''
  for await (const chunk of input) text += chunk
  return text
}
