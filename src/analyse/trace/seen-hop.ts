import { askInBatches, text } from '../ask.ts'
import { crossRuns } from './cross-runs.ts'
import { filesAmong, type FileNode } from './file-nodes.ts'
import type { Asking, Direction, TraceEdge } from './trace.ts'

export interface SeenHop {
  edges: TraceEdge[]
  /** Those of the nodes that are versions of files. */
  files: FileNode[]
}

/** The edges that lead one hop on along what was seen: within records, and from run to run by content. */
export async function seenHop(
  asking: Asking,
  direction: Direction,
  nodes: readonly string[],
  withinRun: boolean,
): Promise<SeenHop> {
  if (nodes.length === 0) return { edges: [], files: [] }
  const query = direction === 'lineage' ? 'seen-sources' : 'seen-targets'
  const edges: TraceEdge[] = []
  for (const row of await askInBatches(asking, query, 'node', nodes)) {
    const relation = text(row, 'relation') as TraceEdge['relation']
    edges.push({ from: text(row, 'node'), to: text(row, 'to'), relation, strength: 'seen' })
  }
  const files = await filesAmong(asking, nodes)
  if (withinRun || files.length === 0) return { edges, files }
  return { edges: [...edges, ...(await crossRuns(asking, direction, files))], files }
}
