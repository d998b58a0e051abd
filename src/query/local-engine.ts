import type { Quad } from '@rdfjs/types'
import { homeGraph, runsIn } from '../formats/home-graph.ts'
import { fileIri, readRdfFile } from '../formats/read-file.ts'
import { largestRecord } from '../rdf/largest-record.ts'
import { graphIri } from '../rdf/run-names.ts'
import type { RunEntry, Store } from '../store/store.ts'
import { checkServices } from './check-services.ts'
import { Dataset } from './dataset.ts'
import { endedBy } from './ended-by.ts'
import type { QueryEngine, Scope } from './engine.ts'
import { loadGraph } from './load-graph.ts'
import { LoadedSummaries } from './loaded-summaries.ts'
import type { ListedStore, SummaryOptions } from './loaded-summaries.ts'
import { findRun, type FoundRun } from './found-run.ts'
import type { OpenRecord } from './open-record.ts'
import { OpenRecords, type RecordOptions } from './open-records.ts'
import type { LargeRecord } from './large/large-record.ts'
import { recordTooLarge } from './record-too-large.ts'
import { SmallRuns } from './small/small-runs.ts'
import { onlyRecord, recordsWanted, summariesWanted, wantsManySummaries } from './scope.ts'
import type { Answer } from '../sparql/answer.ts'
import { TabledSummaries, type TabledOptions } from './table/tabled-summaries.ts'

export interface LocalEngineOptions extends SummaryOptions, RecordOptions, TabledOptions {
  /** Called with a sentence that says what was left out of an answer. */
  onNotice?: (sentence: string) => void
  /** Reads what is sound of a broken file, and tells `onNotice` what is left out. Without it, that is an error. */
  lenient?: boolean
}

/** Graphs that a question may read. */
export interface LocalGraphs {
  dataset: Dataset
  /** Their names; undefined for all that are in the dataset. */
  graphs: readonly string[] | undefined
  /** Whether triples of files stand in the default graph. */
  loose: boolean
}

/**
 * Answers over local stores and RDF files, all in one Oxigraph dataset, where what is quicker (`small/`, `table/`) cannot:
 * summaries are loaded at the first question, records when a question's scope asks for them. A record that is asked alone
 * is opened by itself, and does not stay. Of a record that is too large for that, each question gets what it can need of
 * it. A run that is in two stores is there once.
 */
export class LocalEngine implements QueryEngine {
  readonly sources: readonly string[]
  readonly #stores: readonly Store[]
  readonly #files: readonly string[]
  readonly #options: LocalEngineOptions
  #dataset: Dataset | undefined
  readonly #summaries: LoadedSummaries
  readonly #records = new Map<string, string>()
  readonly #tabled: TabledSummaries | undefined
  readonly #alone: OpenRecords
  readonly #small: SmallRuns | undefined
  /** What the stores listed when a record was last looked for in vain. */
  #listed: readonly ListedStore[] = []
  #fileGraphs: readonly string[] | undefined
  #loose = false
  #busy: Promise<unknown> = Promise.resolve()

  constructor(stores: readonly Store[], files: readonly string[] = [], options: LocalEngineOptions = {}) {
    this.#stores = stores
    this.#files = files
    this.#options = options
    this.#summaries = new LoadedSummaries(options)
    this.#tabled = files.length > 0 ? undefined : TabledSummaries.over(stores, options.images, options)
    this.#alone = new OpenRecords(options)
    this.#small = files.length > 0 ? undefined : new SmallRuns(stores)
    this.sources = [...stores.map((store) => store.location), ...files]
  }

  query(sparql: string, scope: Scope = {}, signal?: AbortSignal): Promise<Answer> {
    return this.#inTurn(signal, async () => {
      await checkServices(sparql, [])
      const quick =
        (await this.#small?.query(sparql, scope)) ?? (await this.#tabled?.answer(sparql, scope, signal))
      if (quick !== undefined) return quick
      const alone = await this.#openAlone(scope, signal)
      if (alone !== undefined) return alone.query(sparql)
      const { dataset, large } = await this.#load(scope, signal, (entry) => this.#alone.isLarge(entry))
      const slices: string[] = []
      try {
        for (const each of large) {
          slices.push(graphIri(each.entry.id, 'record'))
          const record = await this.#alone.openLarge(each, dataset.beside(), signal)
          await record.addSlice(dataset, sparql)
        }
        const graphs = this.#narrowed(scope)
        return dataset.query(sparql, graphs && [...graphs, ...slices])
      } finally {
        for (const graph of slices) dataset.drop(graph)
      }
    })
  }

  /**
   * Loads what the scope asks for and calls `use` with it.
   *
   * @throws QueryError where a record is too large to be loaded whole
   */
  withGraphs<T>(
    scope: Scope = {},
    signal: AbortSignal | undefined,
    use: (local: LocalGraphs) => T | Promise<T>,
  ): Promise<T> {
    return this.#inTurn(signal, async () => {
      const isTooLarge = ({ tripleCount }: RunEntry) => tripleCount > largestRecord
      const { dataset, large } = await this.#load(scope, signal, isTooLarge)
      for (const { entry } of large) throw recordTooLarge(entry)
      return use({ dataset, graphs: this.#narrowed(scope), loose: this.#loose })
    })
  }

  /**
   * One question at a time: loading is asynchronous, and none may see half a run. So the others wait. One whose signal is
   * aborted ends at once.
   */
  #inTurn<T>(signal: AbortSignal | undefined, answer: () => Promise<T>): Promise<T> {
    const result = this.#busy.then(() => {
      signal?.throwIfAborted()
      return answer()
    })
    this.#busy = result.catch(() => undefined)
    return signal === undefined ? result : endedBy(signal, result)
  }

  async close(): Promise<void> {
    await this.#busy
    await this.#summaries.clear()
    await this.#tabled?.clear()
    this.#dataset = undefined
    this.#records.clear()
    this.#alone.clear()
    this.#small?.clear()
    this.#listed = []
    this.#fileGraphs = undefined
  }

  /** The record that the scope asks for, if that is all that it asks for, and no file is asked too. */
  async #openAlone(
    scope: Scope,
    signal: AbortSignal | undefined,
  ): Promise<OpenRecord | LargeRecord | undefined> {
    if (this.#files.length > 0) return undefined
    if (scope.records === 'all') this.#listed = await this.#list()
    const run = onlyRecord(scope, this.#listed)
    if (run === undefined || this.#records.has(run)) return undefined
    const open = this.#alone.get(run)
    if (open !== undefined) return open
    if (findRun(this.#listed, run) === undefined) this.#listed = await this.#list()
    const found = findRun(this.#listed, run)
    if (found === undefined) return undefined
    const emptyDataset = async () => this.#dataset?.beside() ?? (await Dataset.create())
    return this.#alone.open(found, emptyDataset, signal)
  }

  async #list(): Promise<ListedStore[]> {
    const listed: ListedStore[] = []
    for (const store of this.#stores) listed.push({ store, runs: await store.runs() })
    return listed
  }

  /** The dataset, with what the scope asks for in it, and the runs whose records are too large for it. */
  async #load(
    scope: Scope,
    signal: AbortSignal | undefined,
    isLarge: (entry: RunEntry) => boolean,
  ): Promise<{ dataset: Dataset; large: readonly FoundRun[] }> {
    const large: FoundRun[] = []
    const listed = await this.#list()
    if (wantsManySummaries(scope)) this.#dataset ??= await this.#summaries.begin(listed, signal)
    const dataset = (this.#dataset ??= await Dataset.create())
    this.#fileGraphs ??= await this.#loadFiles(dataset, listed)
    for (const each of listed) {
      await this.#summaries.load(dataset, each, summariesWanted(scope), signal)
      large.push(...(await this.#loadRecords(dataset, each, scope, signal, isLarge)))
    }
    return { dataset, large }
  }

  async #loadRecords(
    dataset: Dataset,
    { store, runs }: ListedStore,
    scope: Scope,
    signal: AbortSignal | undefined,
    isLarge: (entry: RunEntry) => boolean,
  ): Promise<FoundRun[]> {
    const wanted = recordsWanted(scope)
    const missing = runs.filter(({ id }) => wanted(id) && !this.#records.has(id))
    for (const [index, entry] of missing.entries()) {
      signal?.throwIfAborted()
      if (!isLarge(entry)) {
        const graph = await store.graph(entry.id, 'record')
        await loadGraph(dataset, store, entry.id, graph)
        this.#records.set(entry.id, graph.graph)
      }
      this.#options.onProgress?.(index + 1, missing.length)
    }
    return missing.filter(isLarge).map((entry) => ({ store, entry }))
  }

  /** The graphs of the scope, where more than those have been loaded for earlier questions. */
  #narrowed(scope: Scope): string[] | undefined {
    const records = [...this.#records].filter(([run]) => recordsWanted(scope)(run))
    const { runs, graphs } = this.#summaries.graphsOf(summariesWanted(scope))
    if (records.length === this.#records.size && runs === this.#summaries.size) return undefined
    return [...(this.#fileGraphs ?? []), ...graphs, ...records.map(([, graph]) => graph)]
  }

  /**
   * Loads the files of RDF. Returns the names of their graphs. A record by itself is not found by what reads summaries,
   * and no answer should be empty without a word.
   */
  async #loadFiles(dataset: Dataset, listed: readonly ListedStore[]): Promise<string[]> {
    const { lenient, onNotice = () => {} } = this.#options
    const graphs: string[] = []
    const fileOfRun = new Map<string, string>()
    const summarised = new Set(listed.flatMap(({ runs }) => runs.map(({ id }) => id)))
    for (const file of this.#files) {
      const quads = await readRdfFile(file, lenient ? { onLeftOut: onNotice } : {})
      const about = runsIn(quads)
      for (const run of about.runs) fileOfRun.set(run, file)
      for (const run of about.summarised) summarised.add(run)
      graphs.push(...this.#addQuads(dataset, quads, homeGraph(about, fileIri(file))))
    }
    for (const [run, file] of fileOfRun) {
      if (summarised.has(run)) continue
      onNotice(
        `${file} has the record of ${run} without its summary, so questions over runs, lineage and impact do not ` +
          'find it. Write both: vampira export RUN --to trig --part both',
      )
    }
    return graphs
  }

  /** Adds what a file has. Returns the names of its graphs. */
  #addQuads(dataset: Dataset, quads: readonly Quad[], home: string | undefined): string[] {
    dataset.add(quads, home)
    const graphs = new Set(quads.map(({ graph }) => (graph.termType === 'DefaultGraph' ? home : graph.value)))
    if (graphs.delete(undefined)) this.#loose = true
    return [...graphs] as string[]
  }
}
