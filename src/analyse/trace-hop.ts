import type { Row } from '../query/engine.ts'
import { askInBatches, text } from './ask.ts'
import { crossRuns } from './cross-runs.ts'
import { filesAmong, type FileVersion } from './file-versions.ts'
import { nodesPerRequest, type Asking, type Direction, type TraceEdge } from './trace.ts'

/** All edges that lead one hop on from these nodes of records; across runs too, unless `withinRun`. */
export async function hop(
  asking: Asking,
  direction: Direction,
  nodes: readonly string[],
  withinRun: boolean,
): Promise<TraceEdge[]> {
  const edges: TraceEdge[] = []
  for (const row of await inBatches(asking, direction, 'node', nodes)) {
    edges.push({
      from: text(row, 'node'),
      to: text(row, direction === 'lineage' ? 'source' : 'target'),
      relation: text(row, 'relation') as TraceEdge['relation'],
      strength: text(row, 'strength') as TraceEdge['strength'],
    })
  }
  const files = await filesAmong(asking, nodes)
  if (files.length === 0) return edges
  edges.push(
    ...(await (direction === 'lineage' ? readsBelow(asking, files) : writesAbove(asking, files, edges))),
  )
  if (!withinRun) edges.push(...(await crossRuns(asking, direction, files)))
  return edges
}

/** A file that a call wrote may be made of what any call below it read. */
async function readsBelow(asking: Asking, files: readonly FileVersion[]): Promise<TraceEdge[]> {
  const written = new Map<string, Set<string>>()
  for (const { file, maker } of files) if (maker !== undefined) addTo(written, maker, file)
  const edges: TraceEdge[] = []
  await spread(written, async (calls) => {
    const found: { from: string; to: string }[] = []
    for (const row of await inBatches(asking, 'reads-below', 'caller', calls)) {
      const caller = text(row, 'caller')
      const read = row['file']?.value
      if (read === undefined) found.push({ from: caller, to: text(row, 'callee') })
      else for (const file of written.get(caller) ?? []) if (file !== read) edges.push(below(file, read))
    }
    return found
  })
  return edges
}

/** The other way: a file that a call read may be in what any call above it wrote. */
async function writesAbove(
  asking: Asking,
  files: readonly FileVersion[],
  edges: readonly TraceEdge[],
): Promise<TraceEdge[]> {
  const versions = new Set(files.map(({ file }) => file))
  const read = new Map<string, Set<string>>()
  for (const { from, to, relation } of edges)
    if (relation === 'used' && versions.has(from)) addTo(read, to, from)
  const found: TraceEdge[] = []
  await spread(read, async (calls) => {
    const callers: { from: string; to: string }[] = []
    for (const row of await inBatches(asking, 'writes-above', 'callee', calls)) {
      const callee = text(row, 'callee')
      const written = row['file']?.value
      callers.push({ from: callee, to: text(row, 'caller') })
      if (written === undefined) continue
      for (const file of read.get(callee) ?? []) if (file !== written) found.push(below(file, written))
    }
    return callers
  })
  return found
}

/** Hands what is known of calls on to the calls that `step` leads to, until nothing new comes. */
async function spread(
  known: Map<string, Set<string>>,
  step: (calls: readonly string[]) => Promise<{ from: string; to: string }[]>,
): Promise<void> {
  let calls = [...known.keys()]
  while (calls.length > 0) {
    const changed = new Set<string>()
    for (const { from, to } of await step(calls)) {
      for (const file of known.get(from) ?? []) if (addTo(known, to, file)) changed.add(to)
    }
    calls = [...changed]
  }
}

function addTo(sets: Map<string, Set<string>>, key: string, item: string): boolean {
  const set = sets.get(key) ?? new Set()
  sets.set(key, set)
  const size = set.size
  return set.add(item).size > size
}

function below(from: string, to: string): TraceEdge {
  return { from, to, relation: 'below', strength: 'possible' }
}

function inBatches(
  asking: Asking,
  query: string,
  parameter: string,
  terms: readonly string[],
): Promise<Row[]> {
  return askInBatches(asking.engine, query, parameter, terms, nodesPerRequest, {}, asking.signal)
}
