import { describeNodes } from './describe-nodes.ts'
import { filesHolding, type FileNode } from './file-nodes.ts'
import { PossibleHops } from './possible-hops.ts'
import type { Entry } from './run-queue.ts'
import { seenHop, type SeenHop } from './seen-hop.ts'
import { TraceGraph } from './trace-graph.ts'
import type { Asking, Direction, Strength, TraceEdge, TraceNode } from './trace.ts'

/** What a walk has found in the record of one run. */
export interface WalkedRun {
  nodes: readonly TraceNode[]
  /** Those that lead into the run included. */
  edges: readonly TraceEdge[]
  /** Files from which the walk may go on in other runs. */
  files: readonly { file: FileNode; strength: Strength; depth: number }[]
  /** Ways into it that lead nowhere: it holds no such file. */
  deadEnds: readonly Entry['to'][]
  /** Which limits it met. */
  truncated: { nodes: boolean; hops: boolean }
}

export interface RunLimits {
  maxNodes: number
  maxHops: number
  /** Called before each hop; it may throw. */
  onHop: (progress: { nodes: number; waiting: number }) => void
}

/**
 * Walks the record of one run hop by hop, breadth first: first along what was seen until that ends, then on from there
 * along what is possible. So each node is followed once, and is `seen` exactly if a way of seen hops leads to it.
 */
export async function walkRun(
  asking: Asking,
  direction: Direction,
  run: string,
  entries: readonly Entry[],
  { maxNodes, maxHops, onHop }: RunLimits,
): Promise<WalkedRun> {
  const graph = new TraceGraph(maxNodes)
  const into = await enter(asking, run, entries)
  const arrive = (strength: Strength) =>
    into.flatMap(({ entry, node }) => {
      const arrived = entry.strength === strength && graph.arrive(node, entry)
      // A run is only a way in: its files are what is followed.
      return arrived && node !== run ? [node] : []
    })
  let tooFar = false
  const near = (nodes: readonly string[]) => {
    const followed = nodes.filter((iri) => graph.depthOf(iri) < maxHops)
    tooFar ||= followed.length < nodes.length
    onHop({ nodes: graph.reached.size, waiting: followed.length })
    return followed
  }

  const seen: { nodes: readonly string[]; hop: SeenHop }[] = []
  for (let waiting = near(arrive('seen')); waiting.length > 0;) {
    const { nearest, others } = takeNearest(graph, waiting)
    const hop = await seenHop(asking, direction, nearest)
    seen.push({ nodes: nearest, hop })
    waiting = [...others, ...near(graph.follow(hop.edges, 'seen'))]
  }

  const files = seen.flatMap(({ hop }) => hop.files)
  const possible = new PossibleHops(asking, graph, direction)
  const arrived = arrive('possible')
  const through = await possible.hop(
    seen.flatMap(({ nodes }) => nodes),
    { edges: seen.flatMap(({ hop }) => hop.edges), files: [...files] },
  )
  let frontier = [...arrived, ...through]
  while ((frontier = near(frontier)).length > 0) {
    const hop = await seenHop(asking, direction, frontier)
    files.push(...hop.files)
    const seenFirst = graph.follow(hop.edges, 'possible')
    frontier = [...seenFirst, ...(await possible.hop(frontier, hop))]
  }

  const { nodes: found, edges } = graph.finish()
  const ways = into.flatMap(({ entry, node }): TraceEdge[] =>
    entry.from === undefined || !graph.reached.has(node)
      ? []
      : [
          {
            from: entry.from,
            to: node,
            relation: entry.relation,
            strength: entry.relation === 'same bytes' ? 'possible' : 'seen',
          },
        ],
  )
  return {
    nodes: await describeNodes(asking, found),
    edges: [...ways, ...edges],
    files: files.map((file) => ({ file, ...graph.reached.get(file.iri)! })),
    deadEnds: entries.filter((each) => into.every(({ entry }) => entry !== each)).map(({ to }) => to),
    truncated: { nodes: graph.truncated, hops: tooFar },
  }
}

/** The nodes of a run that each way in leads to, the nearest to the start first. */
async function enter(
  asking: Asking,
  run: string,
  entries: readonly Entry[],
): Promise<{ entry: Entry; node: string }[]> {
  const contents = [...new Set(entries.flatMap(({ to }) => ('content' in to ? to.content : [])))]
  const held = await filesHolding(asking, contents, [run])
  const nearestFirst = entries.toSorted((one, other) => one.depth - other.depth)
  return nearestFirst.flatMap((entry) => {
    const { to } = entry
    if ('node' in to) return [{ entry, node: to.node }]
    const suited = held.filter(
      ({ content, maker, url }) =>
        content === to.content &&
        suits(to.files, maker !== undefined) &&
        (to.url === undefined || url === to.url),
    )
    return (to.files === 'made' && to.url !== undefined ? lastVersions(suited) : suited).map(({ iri }) => ({
      entry,
      node: iri,
    }))
  })
}

/** Of versions of one content, those that were left by the last writer of each path. */
function lastVersions(files: readonly FileNode[]): FileNode[] {
  const last = new Map<string | undefined, FileNode>()
  const inOrder = files.toSorted((one, other) => one.iri.localeCompare(other.iri, 'en', { numeric: true }))
  for (const file of inOrder) {
    const known = last.get(file.url)
    if (known === undefined || known.isGone) last.set(file.url, file)
  }
  return [...last.values()]
}

function suits(wanted: 'made' | 'read' | 'all', isMade: boolean): boolean {
  return wanted === 'all' || isMade === (wanted === 'made')
}

/** Those of the nodes that are as near to the start as any: a run may be entered at several distances. */
function takeNearest(
  graph: TraceGraph,
  waiting: readonly string[],
): { nearest: readonly string[]; others: readonly string[] } {
  const depth = waiting.reduce((least, iri) => Math.min(least, graph.depthOf(iri)), Number.POSITIVE_INFINITY)
  return {
    nearest: waiting.filter((iri) => graph.depthOf(iri) === depth),
    others: waiting.filter((iri) => graph.depthOf(iri) !== depth),
  }
}
