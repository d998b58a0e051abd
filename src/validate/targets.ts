import { statSync } from 'node:fs'
import type { Quad } from '@rdfjs/types'
import { VampiraError } from '../errors.ts'
import { findFileFormat } from '../formats/formats.ts'
import { parseQuads } from '../formats/parse.ts'
import { readRdfFile, unknownFormat } from '../formats/read-file.ts'
import type { AskedRecords, ListedRun, Part, Store } from '../store/store.ts'
import { resolveRun } from '../store/resolve-run.ts'
import { largestRecord } from '../rdf/largest-record.ts'
import type { StoreCounts } from './check-completeness.ts'

/** A record to be checked: of a run in the store, or of a file. */
export interface Target {
  name: string
  quads: Quad[]
  basis: 'record' | 'summary'
  /** What else the store holds; absent for a file. */
  store?: StoreCounts
}

export interface TargetOptions {
  /** Opens the store in which runs are looked up. Called only when a target is not a file. */
  openStore: () => Promise<Store | AskedRecords>
  /** Called while a record is read, with its name and the triples so far. */
  onProgress?: (name: string, triples: number) => void
  /** Makes reading files lenient, as `readRdfFile` does; called with what is left out. */
  onLeftOut?: (sentence: string) => void
}

/**
 * Reads records to check, one at a time. A target that is named as an RDF file is read from there;
 * everything else is a run of the store (`last`, a name, the beginning of an id).
 *
 * @throws UsageError for a file that cannot be read and a run that is not there; ParseError for a file that is not RDF
 */
export async function* readTargets(
  given: readonly string[],
  { openStore, onProgress = () => {}, onLeftOut }: TargetOptions,
): AsyncGenerator<Target> {
  let store: Store | AskedRecords | undefined
  let runs: readonly ListedRun[] = []
  try {
    for (const text of given.length === 0 ? ['last'] : given) {
      if (findFileFormat(text) !== undefined) {
        yield await readFileTarget(text, onLeftOut)
        continue
      }
      let run: ListedRun
      try {
        if (store === undefined) {
          store = await openStore()
          runs = await store.runs()
        }
        run = resolveRun(runs, text)
      } catch (error) {
        // A file may have the name of a pipeline, and is meant only where no run is.
        throw error instanceof VampiraError && isFile(text) ? unknownFormat(text) : error
      }
      yield await readRunTarget(store, runs, run, onProgress)
    }
  } finally {
    if (store !== undefined && 'close' in store) await store.close()
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

async function readFileTarget(file: string, onLeftOut: TargetOptions['onLeftOut']): Promise<Target> {
  const quads = await readRdfFile(file, onLeftOut && { onLeftOut })
  // A summary in the same file describes the same run in less detail. Only the record is checked.
  const records = quads.filter((quad) => quad.graph.value.endsWith('#record'))
  return { name: file, quads: records.length === 0 ? quads : records, basis: 'record' }
}

async function readRunTarget(
  store: Store | AskedRecords,
  runs: readonly ListedRun[],
  run: ListedRun,
  onProgress: (name: string, triples: number) => void,
): Promise<Target> {
  const tripleCount = 'count' in store ? await store.count(run.id, 'record') : (run.tripleCount ?? 0)
  const basis = tripleCount > largestRecord ? 'summary' : 'record'
  const quads: Quad[] = []
  for await (const quad of readGraph(store, run.id, basis))
    if (quads.push(quad) % 10_000 === 0) onProgress(run.label, quads.length)
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

async function* readGraph(store: Store | AskedRecords, run: string, part: Part): AsyncIterable<Quad> {
  if ('quads' in store) return yield* await store.quads(run, part)
  const graph = await store.graph(run, part)
  yield* parseQuads(graph.text(), { format: graph.mediaType, file: graph.graph })
}
