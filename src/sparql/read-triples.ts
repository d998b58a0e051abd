import type { Quad } from '@rdfjs/types'

/**
 * The triples of an N-Triples document, each once: a graph is a set, whatever a server writes.
 * @throws Error, with the line, for text that is no N-Triples or ends early
 */
export async function readTriples(text: string): Promise<Quad[]> {
  const { Parser, Store } = await import('n3')
  return [...new Store(new Parser({ format: 'N-Triples' }).parse(text))]
}
