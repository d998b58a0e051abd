import { askInBatches, text } from '../ask.ts'
import type { Asking, Direction, TraceEdge, TraceNode } from './trace.ts'

/**
 * A walk over PROV-O that vampira did not write, in whatever graph it stands: along generation, usage, derivation and
 * what PROV-O says is one of these, direct or qualified. What the file says is seen.
 */
export async function walkForeign(
  asking: Asking,
  direction: Direction,
  start: string,
  { maxNodes, maxHops }: { maxNodes: number; maxHops: number },
): Promise<{ nodes: TraceNode[]; edges: TraceEdge[] }> {
  const [from, to] = direction === 'lineage' ? (['node', 'source'] as const) : (['source', 'node'] as const)
  const nodes = new Map([[start, nodeOf(start, 0)]])
  const edges: TraceEdge[] = []
  let frontier = [start]
  for (let depth = 1; frontier.length > 0 && depth <= maxHops; depth++) {
    const next: string[] = []
    for (const row of await askInBatches(asking, 'prov-hops', from, frontier)) {
      const [here, there] = [text(row, from), text(row, to)]
      edges.push({
        from: here,
        to: there,
        relation: text(row, 'relation') as TraceEdge['relation'],
        strength: 'seen',
      })
      if (nodes.has(there) || nodes.size >= maxNodes) continue
      nodes.set(there, nodeOf(there, depth))
      next.push(there)
    }
    frontier = next
  }
  return { nodes: [...nodes.values()], edges: edges.filter((edge) => nodes.has(edge.to)) }
}

function nodeOf(iri: string, depth: number): TraceNode {
  return { iri, kind: 'Unknown', label: iri, strength: 'seen', depth }
}
