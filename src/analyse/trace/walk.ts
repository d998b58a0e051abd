import type { QueryEngine } from '../../query/engine.ts'
import { describeNodes } from './describe-nodes.ts'
import { PossibleHops } from './possible-hops.ts'
import { seenHop, type SeenHop } from './seen-hop.ts'
import { TraceGraph } from './trace-graph.ts'
import { begin } from './trace-start.ts'
import { runOf, type Asking, type Direction, type Trace, type TraceOptions } from './trace.ts'

/**
 * What something came from: a file on disk by its path, or a content, run, file version, value or call by its IRI.
 * Back through the records of the run that made it, and from run to run through files with the same bytes.
 *
 * @throws UsageError for a file that cannot be read and of which no run knows.
 */
export function lineage(engine: QueryEngine, of: string, options: TraceOptions = {}): Promise<Trace> {
  return walk(engine, 'lineage', of, options)
}

/**
 * What came from something: the mirror of `lineage`. It finds exactly those things whose lineage leads back to it.
 *
 * @throws UsageError for a file that cannot be read and of which no run knows.
 */
export function impact(engine: QueryEngine, of: string, options: TraceOptions = {}): Promise<Trace> {
  return walk(engine, 'impact', of, options)
}

/**
 * Walks the records hop by hop, breadth first: first along what was seen until that ends, then on from there along what
 * is possible. So each node is followed once, and is `seen` exactly if a way of seen hops leads to it.
 */
async function walk(
  engine: QueryEngine,
  direction: Direction,
  asked: string,
  options: TraceOptions = {},
): Promise<Trace> {
  const { maxNodes = 100_000, maxHops = Number.POSITIVE_INFINITY, withinRun = false, signal } = options
  const asking: Asking = { engine, signal }
  const { start, edges: first } = await begin(asking, direction, asked)
  const graph = new TraceGraph(maxNodes)
  for (const iri of start.iris) graph.start(iri)
  const entered = graph.follow(first, 'seen')
  // A content or a run is only a way in: its versions are what is followed.
  const nodesAsked = start.iris.filter((iri) => iri.includes('#') && runOf(iri) !== undefined)

  let hops = 0
  let tooFar = false
  const near = (nodes: readonly string[]) => {
    signal?.throwIfAborted()
    const followed = nodes.filter((iri) => graph.depthOf(iri) < maxHops)
    tooFar ||= followed.length < nodes.length
    const runs = new Set([...graph.reached.keys()].flatMap((iri) => runOf(iri) ?? [])).size
    options.onProgress?.({ hops: ++hops, nodes: graph.reached.size, waiting: followed.length, runs })
    return followed
  }

  const seen: { nodes: readonly string[]; hop: SeenHop }[] = []
  for (let frontier = near([...nodesAsked, ...entered]); frontier.length > 0;) {
    const hop = await seenHop(asking, direction, frontier, withinRun)
    seen.push({ nodes: frontier, hop })
    frontier = near(graph.follow(hop.edges, 'seen'))
  }

  const possible = new PossibleHops(asking, graph, direction)
  let frontier = await possible.hop(
    seen.flatMap(({ nodes }) => nodes),
    { edges: seen.flatMap(({ hop }) => hop.edges), files: seen.flatMap(({ hop }) => hop.files) },
  )
  while ((frontier = near(frontier)).length > 0) {
    const hop = await seenHop(asking, direction, frontier, withinRun)
    const seenFirst = graph.follow(hop.edges, 'possible')
    frontier = [...seenFirst, ...(await possible.hop(frontier, hop))]
  }

  const { nodes: found, edges } = graph.finish()
  const nodes = await describeNodes(asking, found)
  const runs = [...new Set(nodes.flatMap(({ run }) => run ?? []))]
  const limit = graph.truncated
    ? ({ by: 'nodes', limit: maxNodes } as const)
    : tooFar
      ? ({ by: 'hops', limit: maxHops } as const)
      : undefined
  return { direction, start, nodes, edges, runs, ...(limit === undefined ? {} : { truncated: limit }) }
}
