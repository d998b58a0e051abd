import { statSync } from 'node:fs'
import { UsageError, VampiraError } from '../errors.ts'
import { findFileFormat } from '../formats/formats.ts'
import { parseRdfFile, unknownFormat } from '../formats/read-file.ts'
import { readTable } from '../formats/read-table.ts'
import { graphIri } from '../rdf/run-names.ts'
import { TripleTable } from '../rdf/triple-table.ts'
import type { AskedRecords, ListedRun, Store } from '../store/store.ts'
import { resolveRun } from '../store/resolve-run.ts'
import type { StoreCounts } from './check-completeness.ts'

/** A record to be checked: of a run in the store, or of a file. */
export interface Target {
  name: string
  /** Its triples, not sealed yet. */
  record: TripleTable
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
  /** The store was named by the user: to give files alone is then refused, since nothing would be asked of it. */
  isStoreNamed?: boolean
}

/**
 * Reads records to check, one at a time. A target that is named as an RDF file is read from there;
 * everything else is a run of the store (`last`, a name, the beginning of an id).
 *
 * @throws UsageError for a file that cannot be read and a run that is not there; ParseError for a file that is not RDF
 */
export async function* readTargets(
  given: readonly string[],
  { openStore, onProgress = () => {}, onLeftOut, isStoreNamed = false }: TargetOptions,
): AsyncGenerator<Target> {
  const files = given.filter((text) => findFileFormat(text) !== undefined)
  if (isStoreNamed && files.length > 0 && files.length === given.length)
    throw new UsageError(`--store is not used: ${files.join(', ')} is read as it is`, {
      advice: 'Leave --store out; or name a run of the store, of which the other runs are counted.',
    })
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
  const { DataFactory } = await import('n3')
  let record: TripleTable | undefined
  const rest = new TripleTable(DataFactory)
  for await (const quads of parseRdfFile(file, onLeftOut && { onLeftOut })) {
    for (const { subject, predicate, object, graph } of quads) {
      // A summary in the same file describes the same run in less detail. Only the record is checked.
      const table = graph.value.endsWith('#record') ? (record ??= new TripleTable(DataFactory, graph)) : rest
      table.add(subject, predicate, object)
    }
  }
  return { name: file, record: record ?? rest }
}

async function readRunTarget(
  store: Store | AskedRecords,
  runs: readonly ListedRun[],
  run: ListedRun,
  onProgress: (name: string, triples: number) => void,
): Promise<Target> {
  const { DataFactory } = await import('n3')
  const emptyTable = () => new TripleTable(DataFactory, DataFactory.namedNode(graphIri(run.id, 'record')))
  let told = 0
  const record = await readRecord(store, run.id, emptyTable, (triples) => {
    for (; told + 10_000 <= triples; told += 10_000) onProgress(run.label, told + 10_000)
  })
  const others = runs.filter((each) => each.name !== run.name)
  return {
    name: run.label,
    record,
    store: {
      completedRunsOfThisPipeline: runs.filter(
        (each) => each.name === run.name && each.status === 'Completed',
      ).length,
      otherRuns: runs.length - 1,
      otherPipelines: new Set(others.map((each) => each.name)).size,
    },
  }
}

async function readRecord(
  store: Store | AskedRecords,
  run: string,
  emptyTable: () => TripleTable,
  onProgress: (triples: number) => void,
): Promise<TripleTable> {
  if (!('quads' in store)) return readTable(await store.graph(run, 'record'), emptyTable, onProgress)
  const table = emptyTable()
  let read = 0
  for (const { subject, predicate, object } of await store.quads(run)) {
    table.add(subject, predicate, object)
    onProgress(++read)
  }
  return table
}
