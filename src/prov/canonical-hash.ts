import type { Prefixes } from '../rdf/prefixes.ts'
import { LineDigest } from './line-digest.ts'
import { NodeReader } from './node-reader.ts'
import type { Comparison } from './node-shape.ts'

/*
 * The RDFC-1.0 hash of a graph without blank nodes: its triples as canonical N-Quads, the graph's name left out, sorted
 * by code point, each once, SHA-256 (https://www.w3.org/TR/rdf-canon/, section 4.3 and the note on blank-node-free input).
 */

/** Hash of what a `TrigSink` wrote, given its chunks, as `sha-256:` and hexadecimal. */
export async function hashTrig(chunks: readonly string[], prefixes: Prefixes): Promise<string> {
  const reader = new NodeReader(prefixes, comparisonFor(chunks))
  for (const text of chunks) reader.find(text)
  return reader.hash()
}

/** Hash of canonical N-Quads lines without graph names, each ending in ` .`, in any order. */
export function hashLines(lines: readonly string[]): string {
  const digest = new LineDigest()
  for (const line of [...new Set(lines)].sort(comparisonFor(lines))) digest.add(line, '', '', '\n')
  return digest.result()
}

/** JavaScript sorts by UTF-16 code units, which differ from code points where there are surrogates. */
function comparisonFor(texts: readonly string[]): Comparison {
  if (texts.some((text) => /[\ud800-\udfff]/.test(text))) {
    return (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))
  }
  return (a, b) => (a < b ? -1 : a > b ? 1 : 0)
}
