import { EventEmitter } from 'node:events'
import type { Quad } from '@rdfjs/types'
import type { ParseError } from '../errors.ts'
import { brokenText } from './broken-text.ts'
import type { ReadOptions } from './format.ts'

/** Reads Turtle and its relatives, quad by quad. */
export async function* readWithN3(
  input: string | AsyncIterable<string>,
  format: 'Turtle' | 'TriG' | 'N-Triples' | 'N-Quads',
  { file, baseIri, onPrefix }: ReadOptions,
): AsyncGenerator<Quad, void, undefined> {
  const { Parser } = await import('n3')
  const parser = new Parser({ format, ...(baseIri === undefined ? {} : { baseIRI: baseIri }) })
  const source = new EventEmitter()
  let quads: Quad[] = []
  let failure: N3Error | undefined
  parser.parse(source, {
    onQuad(error, quad) {
      if (error) failure ??= error
      else if (quad) quads.push(quad)
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
  if (failure !== undefined) throw parseError(failure, file)
  yield* quads
}

/** What n3 adds to its errors. */
interface N3Error extends Error {
  context?: { line?: number; token?: { start?: number }; previousToken?: { line?: number; end?: number } }
}

function parseError(error: N3Error, file: string | undefined): ParseError {
  const { line, token, previousToken } = error.context ?? {}
  // Text that is no token begins where the token before it ended, or at the beginning of its line.
  const start = token?.start ?? (previousToken?.line === line ? previousToken?.end : 0)
  const column = start === undefined ? undefined : start + 1
  return brokenText(error.message.replace(/ on line \d+\.$/, ''), { file, line, column }, error)
}
