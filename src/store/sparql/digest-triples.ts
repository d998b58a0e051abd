import type { Quad } from '@rdfjs/types'
import { createHash } from 'node:crypto'
import { canonicalTriple } from '../../sparql/canonical-triple.ts'
import type { Precision } from '../../sparql/canonical-triple.ts'

/** What a graph holds, as far as two stores can agree on it. */
export interface GraphDigest {
  /** Distinct triples. */
  count: number
  /** SHA-256, hex, over the sorted SHA-256 of the triples' canonical lines. */
  digest: string
}

/**
 * Counts and digests the triples of one graph. Sorts the digests of the lines, not the lines: that is as good for a
 * comparison, and takes 32 bytes of memory a triple.
 */
export async function digestTriples(quads: AsyncIterable<Quad>, precision: Precision): Promise<GraphDigest> {
  const lines = new Set<string>()
  for await (const quad of quads) {
    lines.add(createHash('sha256').update(canonicalTriple(quad, precision)).digest('binary'))
  }
  const whole = createHash('sha256')
  for (const line of [...lines].toSorted()) whole.update(line, 'binary')
  return { count: lines.size, digest: whole.digest('hex') }
}
