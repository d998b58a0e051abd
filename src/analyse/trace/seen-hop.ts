import { askInBatches, text } from '../ask.ts'
import { filesAmong, type FileNode } from './file-nodes.ts'
import type { Asking, Direction, TraceEdge } from './trace.ts'

export interface SeenHop {
  edges: TraceEdge[]
  /** Those of the nodes that are versions of files. */
  files: FileNode[]
}

/** The edges that lead one hop on along what was seen, within the records of the nodes. */
export async function seenHop(
  asking: Asking,
  direction: Direction,
  nodes: readonly string[],
): Promise<SeenHop> {
  const query = direction === 'lineage' ? 'seen-sources' : 'seen-targets'
  const edges: TraceEdge[] = []
  for (const row of await askInBatches(asking, query, 'node', nodes)) {
    const relation = text(row, 'relation') as TraceEdge['relation']
    edges.push({ from: text(row, 'node'), to: text(row, 'to'), relation, strength: 'seen' })
  }
  return { edges, files: await filesAmong(asking, nodes) }
}
