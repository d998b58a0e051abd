import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import {
  findFormat,
  formatOf,
  largestRecord,
  parseQuads,
  readQuads,
  resolveRun,
  UsageError,
} from '../src/index.ts'
import type { RunEntry, Store, StoreCounts } from '../src/index.ts'
import { openLocalStore } from './sources.ts'
import type { Terminal } from './terminal.ts'

/** A record to be checked: of a run in the store, or of a file. */
export interface Target {
  name: string
  quads: Awaited<ReturnType<typeof readQuads>>
  basis: 'record' | 'summary'
  /** What else the store holds; absent for a file. */
  store?: StoreCounts
}

/** Reads what `validate` is given, one at a time: files by their name, everything else is a run. */
export async function* openTargets(
  terminal: Terminal,
  given: readonly string[],
  where: string | undefined,
): AsyncGenerator<Target> {
  let store: Store | undefined
  let runs: RunEntry[] = []
  for (const text of given.length === 0 ? ['last'] : given) {
    if (existsSync(text) || findFormat(text) !== undefined) {
      yield await readFileTarget(text)
      continue
    }
    if (store === undefined) {
      store = await openLocalStore(where)
      runs = await store.runs()
    }
    yield await readRunTarget(terminal, store, runs, resolveRun(runs, text))
  }
}

async function readFileTarget(file: string): Promise<Target> {
  const format = formatOf(file).name
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(
      `Cannot read ${file}: ${cause.code === 'ENOENT' ? 'there is no such file' : cause.code}`,
      {
        cause,
      },
    )
  })
  const quads = await readQuads(text, { format, file, baseIri: pathToFileURL(resolve(file)).href })
  // A summary beside its record speaks of the same run at another detail: the record alone is checked.
  const records = quads.filter((quad) => quad.graph.value.endsWith('#record'))
  return { name: file, quads: records.length === 0 ? quads : records, basis: 'record' }
}

async function readRunTarget(
  terminal: Terminal,
  store: Store,
  runs: readonly RunEntry[],
  run: RunEntry,
): Promise<Target> {
  const basis = run.tripleCount > largestRecord ? 'summary' : 'record'
  const graph = await store.graph(run.id, basis)
  const progress = terminal.progress(`Reading ${run.label}`)
  const quads: Target['quads'] = []
  try {
    for await (const quad of parseQuads(graph.text(), { format: graph.mediaType, file: graph.graph })) {
      if (quads.push(quad) % 10_000 === 0) progress.update(`${quads.length} triples`)
    }
  } finally {
    progress.done()
  }
  const others = runs.filter((each) => each.name !== run.name)
  return {
    name: run.label,
    quads,
    basis,
    store: {
      completedRunsOfThisPipeline: runs.filter(
        (each) => each.name === run.name && each.status === 'Completed',
      ).length,
      otherRuns: runs.length - 1,
      otherPipelines: new Set(others.map((each) => each.name)).size,
    },
  }
}
