import { TrigReader } from '../rdf/trig-reader.ts'
import type { TripleTable } from '../rdf/triple-table.ts'
import { parseBatches } from './parse.ts'
import type { GraphText } from './serialize.ts'

/** A stored graph, of which there may be the bytes too. */
export interface GraphBytes extends GraphText {
  bytes?(): AsyncIterable<Uint8Array>
}

/**
 * Reads a stored graph into a table. What was written by us and not edited since is read from its bytes, an order of
 * magnitude faster; all else as RDF of its format.
 *
 * @param emptyTable called once or twice
 * @param onProgress called with the triples that were read until now, whenever some were
 * @returns the table, not sealed
 * @throws ParseError with file, line and column, and what reading the graph throws
 */
export async function readTable(
  graph: GraphBytes,
  emptyTable: () => TripleTable,
  onProgress: (triples: number) => void,
): Promise<TripleTable> {
  const fast = await readOwnLayout(graph, emptyTable, onProgress)
  if (fast !== undefined) return fast
  const table = emptyTable()
  let read = 0
  for await (const quads of parseBatches(graph.text(), {
    format: graph.mediaType,
    file: graph.file ?? graph.graph,
  })) {
    for (const { subject, predicate, object } of quads) table.add(subject, predicate, object)
    onProgress((read += quads.length))
  }
  return table
}

async function readOwnLayout(
  graph: GraphBytes,
  emptyTable: () => TripleTable,
  onProgress: (triples: number) => void,
): Promise<TripleTable | undefined> {
  if (graph.bytes === undefined || graph.mediaType !== 'application/trig') return undefined
  const table = emptyTable()
  const reader = new TrigReader(table)
  for await (const chunk of graph.bytes()) {
    if (!reader.read(chunk)) return undefined
    onProgress(reader.tripleCount)
  }
  return reader.isComplete ? table : undefined
}
