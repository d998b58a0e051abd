import type { Quad } from '@rdfjs/types'
import { read } from '../formats/ntriples.ts'

/**
 * The triples of an N-Triples document, each once: a graph is a set, whatever a server writes.
 * @throws ParseError, with the line, for text that is no N-Triples or ends early
 */
export async function readTriples(text: string): Promise<Quad[]> {
  const { Store } = await import('n3')
  const triples = new Store()
  for await (const batch of read(text, {})) triples.addQuads([...batch])
  return [...triples]
}
