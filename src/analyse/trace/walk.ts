import type { QueryEngine } from '../../query/engine.ts'
import { askInBatches, text } from '../ask.ts'
import { CrossRuns } from './cross-runs.ts'
import { walkForeign } from './foreign-walk.ts'
import { RunQueue } from './run-queue.ts'
import { begin } from './trace-start.ts'
import type { Suspect } from './suspect.ts'
import type { SuspectBeginning } from './suspect-start.ts'
import {
  runOf,
  type Asking,
  type Direction,
  type RestingAnswer,
  type Trace,
  type TraceNode,
  type TraceOptions,
} from './trace.ts'
import { walkRun, type WalkedRun } from './walk-run.ts'

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
 * What came from something: the mirror of `lineage`. It finds exactly those things whose lineage leads back to it. Of a
 * component or some of its versions (`source-extractor<2.26`), of a value of a parameter (`survey.smooth(std=2.5)`), of a
 * package (`numpy<2.1`), a person or a machine it is what came from each run, or each call, that it touched.
 *
 * @throws UsageError for a file that cannot be read and of which no run knows.
 */
export async function impact(
  engine: QueryEngine,
  of: string | Suspect,
  options: TraceOptions = {},
): Promise<Trace> {
  const trace = await walk(engine, 'impact', of, options, async (asking, between) => {
    const { beginAtSuspect } = await import('./suspect-start.ts')
    return beginAtSuspect(asking, between, of)
  })
  const { findRemadeRuns } = await import('./remade-runs.ts')
  const remake = await findRemadeRuns({ engine, signal: options.signal }, trace)
  return remake.length === 0 ? trace : { ...trace, remake }
}

/**
 * Walks the record of one run to its end, then that of the next into which a file leads: so one record is open at a
 * time, and of the others only what was reached is kept.
 */
async function walk(
  engine: QueryEngine,
  direction: Direction,
  asked: string | Suspect,
  options: TraceOptions,
  beginElsewhere?: (asking: Asking, between: CrossRuns) => Promise<SuspectBeginning | undefined>,
): Promise<Trace> {
  const { maxNodes = 100_000, maxHops = Number.POSITIVE_INFINITY, withinRun = false, signal } = options
  const asking: Asking = { engine, signal }
  const between = new CrossRuns(asking, direction, options.allRuns ?? false)
  const suspected = await beginElsewhere?.(asking, between)
  const { start, crossings } = suspected ?? (await begin(asking, between, asked as string))
  const whole = suspected?.whole ?? new Map<string, WalkedRun>()
  const [iri] = start.iris
  if (!start.known && start.url === undefined && iri !== undefined && suspected === undefined) {
    // No run knows it: it may stand in PROV that others wrote.
    const { nodes, edges } = await walkForeign(asking, direction, iri, { maxNodes, maxHops })
    const answers = direction === 'impact' && runOf(iri) === iri ? await answersOn(asking, [iri]) : []
    return {
      direction,
      start: { ...start, known: edges.length > 0 || answers.length > 0 },
      nodes,
      ...(answers.length > 0 && { answers }),
      edges,
      runs: [],
      alike: [],
    }
  }
  const queue = new RunQueue(direction)
  for (const { run, started, entry } of crossings) queue.add(run, started, entry)
  const walked = new Map(whole)
  const goOn = async (found: WalkedRun) => {
    if (withinRun) return
    for (const { run, started, entry } of await between.fromRun(found))
      if (!whole.has(run)) queue.add(run, started, entry)
  }
  for (const found of whole.values()) await goOn(found)
  const shared = start.iris.filter((iri) => runOf(iri) === undefined).map(contentNode)

  let hops = 0
  for (let next = queue.take(); next !== undefined; next = queue.take()) {
    const { run, entries } = next
    walked.delete(run)
    const before = [...walked.values()].reduce((sum, { nodes }) => sum + nodes.length, shared.length)
    const found = await walkRun(asking, direction, run, entries, {
      maxNodes: maxNodes - before,
      maxHops,
      onHop: ({ nodes, waiting }) => {
        signal?.throwIfAborted()
        const runs = walked.size + 1
        const runsWaiting = queue.size
        options.onProgress?.({ hops: ++hops, nodes: before + nodes, waiting, runs, runsWaiting })
      },
    })
    walked.set(run, found)
    queue.close(run, found.deadEnds)
    if (found.truncated.nodes) break
    await goOn(found)
  }

  const parts = [...walked.values()]
  const nodes = [...shared, ...parts.flatMap((part) => part.nodes)].map((node) => {
    const { run, content } = node
    const otherMakers = run === undefined || content === undefined ? 0 : between.otherMakers(run, content)
    return otherMakers > 0 ? { ...node, otherMakers } : node
  })
  const runs = [...new Set(nodes.flatMap(({ run }) => run ?? []))]
  const limit = parts.some(({ truncated }) => truncated.nodes)
    ? ({ by: 'nodes', limit: maxNodes } as const)
    : parts.some(({ truncated }) => truncated.hops)
      ? ({ by: 'hops', limit: maxHops } as const)
      : undefined
  const answers = direction === 'impact' ? await answersOn(asking, [...walked.keys()]) : []
  return {
    direction,
    start,
    nodes: [...new Map(nodes.map((node) => [node.iri, node])).values()],
    ...(answers.length > 0 && { answers }),
    edges: parts.flatMap(({ edges }) => edges),
    runs,
    alike: between.alike(runs),
    ...(limit === undefined ? {} : { truncated: limit }),
  }
}

/** Advice that rests on these runs is reached as well. */
async function answersOn(asking: Asking, runs: readonly string[]): Promise<RestingAnswer[]> {
  const rows = await askInBatches(asking, 'answers', 'run', runs)
  const answers = rows.map((row) => ({
    answer: text(row, 'answer'),
    question: text(row, 'question'),
    started: text(row, 'started'),
  }))
  return [...new Map(answers.map((each) => [each.answer, each])).values()]
}

/** A content that was asked about, which is in no run's record alone. */
function contentNode(iri: string): TraceNode {
  return { iri, kind: 'Content', label: iri, strength: 'seen', depth: 0 }
}
