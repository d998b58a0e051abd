import type { Quad } from '@rdfjs/types'
import { EventEmitter } from 'node:events'

/**
 * Parses RDF text piece by piece; the quads of a piece are given on before the next is read.
 * @throws whatever `fail` makes of the parser's words, with the line where it is known
 */
export async function* parseTriples(
  text: AsyncIterable<string>,
  mediaType: 'application/trig' | 'application/n-quads' | 'application/n-triples',
  fail: (message: string, line: number | undefined) => Error,
): AsyncGenerator<Quad> {
  const { Parser } = await import('n3')
  const input = new EventEmitter()
  let quads: Quad[] = []
  let failure: (Error & { context?: { line?: number } }) | undefined
  new Parser({ format: mediaType }).parse(input, (error, quad) => {
    if (error) failure ??= error
    else if (quad) quads.push(quad)
  })
  const take = (): Quad[] => {
    if (failure !== undefined) throw fail(failure.message, failure.context?.line)
    const taken = quads
    quads = []
    return taken
  }
  for await (const piece of text) {
    input.emit('data', piece)
    yield* take()
  }
  input.emit('end')
  yield* take()
}
