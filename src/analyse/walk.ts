import type { QueryEngine } from '../query/engine.ts'
import { askInBatches } from './ask.ts'
import { hop } from './trace-hop.ts'
import { begin } from './trace-start.ts'
import {
  nodesPerRequest,
  runOf,
  type Asking,
  type Direction,
  type Strength,
  type Trace,
  type TraceEdge,
  type TraceNode,
  type TraceOptions,
} from './trace.ts'

/**
 * Walks the records hop by hop, breadth first: first along what was seen until that ends, then on from there along what
 * is possible. So each node is followed once, and is `seen` exactly if a way of seen hops leads to it.
 */
export async function walk(
  engine: QueryEngine,
  direction: Direction,
  asked: string,
  options: TraceOptions = {},
): Promise<Trace> {
  const asking: Asking = { engine, signal: options.signal }
  const { start, edges: firstEdges } = await begin(asking, direction, asked)
  const reached = new Map<string, { strength: Strength; depth: number }>()
  const edges = new Map<string, TraceEdge>()
  const { maxNodes = 100_000, maxHops = Number.POSITIVE_INFINITY, withinRun = false } = options
  let truncated: Trace['truncated']
  let pending = new Map<string, number>()
  let hops = 0

  const follow = (strength: Strength, found: readonly TraceEdge[]): string[] => {
    const next: string[] = []
    for (const edge of found) {
      edges.set(`${edge.from} ${edge.to} ${edge.relation}`, edge)
      const depth = (reached.get(edge.from)?.depth ?? 0) + 1
      if (reached.has(edge.to)) continue
      if (strength === 'seen' && edge.strength === 'possible') {
        pending.set(edge.to, Math.min(depth, pending.get(edge.to) ?? depth))
      } else if (reached.size >= maxNodes) {
        truncated = { by: 'nodes', limit: maxNodes }
      } else {
        reached.set(edge.to, { strength, depth })
        next.push(edge.to)
      }
    }
    return next
  }

  for (const iri of start.iris) reached.set(iri, { strength: 'seen', depth: 0 })
  for (const strength of ['seen', 'possible'] as const) {
    let frontier = strength === 'seen' ? startingFrontier(start.iris, follow(strength, firstEdges)) : []
    const waiting = pending
    pending = new Map()
    if (strength === 'possible') {
      for (const [iri, depth] of waiting) {
        if (reached.has(iri)) continue
        reached.set(iri, { strength, depth })
        frontier.push(iri)
      }
    }
    while (frontier.length > 0) {
      options.signal?.throwIfAborted()
      const nearEnough = frontier.filter((iri) => (reached.get(iri)?.depth ?? 0) < maxHops)
      if (nearEnough.length < frontier.length) truncated ??= { by: 'hops', limit: maxHops }
      if (nearEnough.length === 0) break
      const runs = new Set([...reached.keys()].flatMap((iri) => runOf(iri) ?? [])).size
      options.onProgress?.({
        hops: hops++,
        nodes: reached.size,
        waiting: frontier.length + pending.size,
        runs,
      })
      frontier = follow(strength, await hop(asking, direction, nearEnough, withinRun))
    }
  }

  const kept = [...edges.values()].filter(({ from, to }) => reached.has(from) && reached.has(to))
  const nodes = await describe(asking, reached)
  const runs = [...new Set(nodes.flatMap(({ run }) => (run === undefined ? [] : [run])))]
  return { direction, start, nodes, edges: kept, runs, ...(truncated === undefined ? {} : { truncated }) }
}

/** A content or a run is only a way in: its versions are what is followed. */
function startingFrontier(iris: readonly string[], entered: readonly string[]): string[] {
  return [...iris.filter((iri) => iri.includes('#') && runOf(iri) !== undefined), ...entered]
}

async function describe(
  asking: Asking,
  reached: ReadonlyMap<string, { strength: Strength; depth: number }>,
): Promise<TraceNode[]> {
  const inRecords = [...reached.keys()].filter((iri) => runOf(iri) !== undefined)
  const rows = await askInBatches(
    asking.engine,
    'nodes',
    'node',
    inRecords,
    nodesPerRequest,
    {},
    asking.signal,
  )
  const told = new Map(rows.map((row) => [row['node']?.value, row]))
  const nodes: TraceNode[] = []
  for (const [iri, { strength, depth }] of reached) {
    const row = told.get(iri)
    const run = runOf(iri)
    const value = row?.['value']?.value
    const node: TraceNode = {
      iri,
      kind: (row?.['kind']?.value ?? (run === undefined ? 'Content' : 'Unknown')) as TraceNode['kind'],
      label: row?.['label']?.value ?? value ?? row?.['valueType']?.value ?? iri,
      strength,
      depth,
    }
    if (run !== undefined) node.run = run
    for (const name of ['value', 'valueType', 'content', 'calledFrom'] as const) {
      const told = row?.[name]?.value
      if (told !== undefined) node[name] = told
    }
    nodes.push(node)
  }
  return nodes
}
