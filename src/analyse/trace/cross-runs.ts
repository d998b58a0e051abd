import { askInBatches, text } from '../ask.ts'
import { compareTimes } from '../compare-times.ts'
import { filesHolding, type FileNode } from './file-nodes.ts'
import type { Asking, Direction, TraceEdge } from './trace.ts'

/** A run that read or wrote a content. */
export interface ContentUse {
  content: string
  run: string
  role: string
  started: string
  ended: string | undefined
  url: string
}

/** Who read or wrote these contents, or what was at these places: from the summaries of all runs. */
export async function contentUses(
  asking: Asking,
  by: { content: readonly string[] } | { url: readonly string[] },
): Promise<ContentUse[]> {
  const [parameter, terms] = 'content' in by ? (['content', by.content] as const) : (['url', by.url] as const)
  const rows = await askInBatches(asking, 'who-used-a-file', parameter, terms, { limit: 1_000_000 })
  return rows.map((row) => ({
    content: text(row, 'content'),
    run: text(row, 'run'),
    role: text(row, 'role'),
    started: text(row, 'started'),
    ended: row['ended']?.value,
    url: text(row, 'url'),
  }))
}

/**
 * From file versions to those of other runs that hold the same bytes. Back: a file that a run read and did not make,
 * to where other runs made it, unless they started after the reader had ended. Onward: a file that a run made, to where
 * other runs read it without having made it, unless they had ended before the maker started.
 */
export async function crossRuns(
  asking: Asking,
  direction: Direction,
  files: readonly FileNode[],
): Promise<TraceEdge[]> {
  const leaving = files.filter(({ maker }) => (maker === undefined) === (direction === 'lineage'))
  const contents = [...new Set(leaving.flatMap(({ content }) => content ?? []))]
  const uses = await contentUses(asking, { content: contents })
  const times = new Map(uses.map(({ run, started, ended }) => [run, { started, ended }]))
  const role = direction === 'lineage' ? 'generated' : 'used'
  const used = uses.filter((use) => use.role === role)
  const runs = new Set(used.map(({ run }) => run))
  const there = new Set(used.map(({ content, run }) => `${content} ${run}`))
  if (runs.size === 0) return []
  const arrivals = new Map<string, FileNode[]>()
  for (const version of await filesHolding(asking, contents, [...runs])) {
    if ((version.maker !== undefined) !== (direction === 'lineage')) continue
    if (!there.has(`${version.content} ${version.run}`)) continue
    const same = arrivals.get(version.content ?? '') ?? []
    arrivals.set(version.content ?? '', same)
    same.push(version)
  }
  const edges: TraceEdge[] = []
  for (const from of leaving) {
    for (const to of arrivals.get(from.content ?? '') ?? []) {
      if (to.run === from.run) continue
      const [maker, reader] = direction === 'lineage' ? [to, from] : [from, to]
      const made = times.get(maker.run)?.started
      const read = times.get(reader.run)?.ended
      if (made !== undefined && read !== undefined && compareTimes(made, read) > 0) continue
      edges.push({ from: from.iri, to: to.iri, relation: 'same content', strength: 'seen' })
    }
  }
  return edges
}
