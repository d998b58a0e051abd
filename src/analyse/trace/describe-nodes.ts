import { askInBatches } from '../ask.ts'
import { metricName } from '../../last-word.ts'
import { numberOf } from '../read-row.ts'
import type { Reached } from './trace-graph.ts'
import { runOf, type Asking, type TraceNode } from './trace.ts'

/** Says what nodes are, in the order in which they were reached. */
export async function describeNodes(
  asking: Asking,
  reached: ReadonlyMap<string, Reached>,
): Promise<TraceNode[]> {
  const inRecords = [...reached.keys()].filter((iri) => runOf(iri) !== undefined)
  const rows = await askInBatches(asking, 'nodes', 'node', inRecords)
  const described = new Map(rows.map((row) => [row['node']?.value, row]))
  const nodes: TraceNode[] = []
  for (const [iri, { strength, depth }] of reached) {
    const row = described.get(iri)
    const run = runOf(iri)
    const value = row?.['value']?.value
    const metric = row?.['metric']?.value
    const node: TraceNode = {
      iri,
      kind: (row?.['kind']?.value ?? (run === undefined ? 'Content' : 'Unknown')) as TraceNode['kind'],
      label:
        row?.['label']?.value ??
        (metric && `${metricName(metric)} ${value ?? ''}`) ??
        value ??
        row?.['valueType']?.value ??
        iri,
      strength,
      depth,
    }
    if (run !== undefined) node.run = run
    for (const name of ['value', 'valueType', 'content', 'calledFrom', 'component'] as const) {
      const text = row?.[name]?.value
      if (text !== undefined) node[name] = text
    }
    const callCount = row && numberOf(row, 'callCount')
    if (callCount !== undefined) node.callCount = callCount
    nodes.push(node)
  }
  return nodes
}
