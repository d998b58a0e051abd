import { countOf, formatCount } from '../count-of.ts'
import { QueryError } from '../errors.ts'
import { homeGraph } from '../formats/home-graph.ts'
import { fileIri, readRdfFile } from '../formats/read-file.ts'
import { largestRecord } from '../rdf/largest-record.ts'
import type { Store } from '../store/store.ts'
import { checkServices } from './check-services.ts'
import { Dataset } from './dataset.ts'
import { endedBy } from './ended-by.ts'
import type { QueryEngine, Scope } from './engine.ts'
import { loadGraph } from './load-graph.ts'
import { LoadedSummaries } from './loaded-summaries.ts'
import type { ListedStore, SummaryOptions } from './loaded-summaries.ts'
import { OpenRecords } from './open-records.ts'
import { onlyRecord, recordsWanted, summariesWanted, wantsAllSummaries } from './scope.ts'
import type { Answer } from '../sparql/answer.ts'

export interface LocalEngineOptions extends SummaryOptions {
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
 * Answers over local stores and RDF files, all in one Oxigraph dataset: summaries are loaded at the first question,
 * records when a question's scope asks for them. A record that is asked alone is in a dataset of its own, which does not
 * stay. A run that is in two stores is there once.
 */
export class LocalEngine implements QueryEngine {
  readonly sources: readonly string[]
  readonly #stores: readonly Store[]
  readonly #files: readonly string[]
  readonly #options: LocalEngineOptions
  #dataset: Dataset | undefined
  readonly #summaries: LoadedSummaries
  readonly #records = new Map<string, string>()
  readonly #alone = new OpenRecords()
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
    this.sources = [...stores.map((store) => store.location), ...files]
  }

  query(sparql: string, scope?: Scope, signal?: AbortSignal): Promise<Answer> {
    return this.withGraphs(scope, signal, async ({ dataset, graphs }) => {
      await checkServices(sparql, [])
      return dataset.query(sparql, graphs)
    })
  }

  /**
   * Loads what the scope asks for and calls `use` with it. One call at a time: loading is asynchronous, and none may
   * see half a run. So the others wait until `use` has ended. A call whose signal is aborted ends at once.
   */
  withGraphs<T>(
    scope: Scope = {},
    signal: AbortSignal | undefined,
    use: (local: LocalGraphs) => T | Promise<T>,
  ): Promise<T> {
    const result = this.#busy.then(async () => {
      signal?.throwIfAborted()
      const alone = await this.#openAlone(onlyRecord(scope))
      if (alone !== undefined) return use({ dataset: alone, graphs: undefined, loose: false })
      const dataset = await this.#load(scope, signal)
      return use({ dataset, graphs: this.#narrowed(scope), loose: this.#loose })
    })
    this.#busy = result.catch(() => undefined)
    return signal === undefined ? result : endedBy(signal, result)
  }

  async close(): Promise<void> {
    await this.#busy
    await this.#summaries.clear()
    this.#dataset = undefined
    this.#records.clear()
    this.#alone.clear()
    this.#listed = []
    this.#fileGraphs = undefined
  }

  /** The record of this run in a dataset of its own; undefined where no store has it, or files are asked too. */
  async #openAlone(run: string | undefined): Promise<Dataset | undefined> {
    if (run === undefined || this.#files.length > 0 || this.#records.has(run)) return undefined
    const open = this.#alone.get(run)
    if (open !== undefined) return open
    const find = () => this.#listed.find(({ runs }) => runs.some(({ id }) => id === run))
    if (find() === undefined) this.#listed = await this.#list()
    const { store, runs } = find() ?? {}
    const entry = runs?.find(({ id }) => id === run)
    if (store === undefined || entry === undefined || entry.tripleCount > largestRecord) return undefined
    const empty = this.#dataset?.beside() ?? (await Dataset.create())
    return this.#alone.open(empty, store, run, entry.tripleCount)
  }

  async #list(): Promise<ListedStore[]> {
    const listed: ListedStore[] = []
    for (const store of this.#stores) listed.push({ store, runs: await store.runs() })
    return listed
  }

  /** The dataset, with what the scope asks for in it. */
  async #load(scope: Scope, signal: AbortSignal | undefined): Promise<Dataset> {
    const listed = await this.#list()
    if (wantsAllSummaries(scope)) this.#dataset ??= await this.#summaries.begin(listed, signal)
    const dataset = (this.#dataset ??= await Dataset.create())
    if (this.#fileGraphs === undefined) {
      const graphs: string[] = []
      for (const file of this.#files) graphs.push(...(await this.#loadFile(dataset, file)))
      this.#fileGraphs = graphs
    }
    for (const each of listed) {
      await this.#summaries.load(dataset, each, summariesWanted(scope), signal)
      await this.#loadRecords(dataset, each, scope, signal)
    }
    return dataset
  }

  async #loadRecords(
    dataset: Dataset,
    { store, runs }: ListedStore,
    scope: Scope,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const wanted = recordsWanted(scope)
    const missing = runs.filter(({ id }) => wanted(id) && !this.#records.has(id))
    for (const [index, { id, tripleCount }] of missing.entries()) {
      signal?.throwIfAborted()
      if (tripleCount > largestRecord) this.#leaveOut(id, tripleCount, scope)
      else {
        const graph = await store.graph(id, 'record')
        await loadGraph(dataset, store, id, graph)
        this.#records.set(id, graph.graph)
      }
      this.#options.onProgress?.(index + 1, missing.length)
    }
  }

  /** The graphs of the scope, where more than those have been loaded for earlier questions. */
  #narrowed(scope: Scope): string[] | undefined {
    const records = [...this.#records].filter(([run]) => recordsWanted(scope)(run))
    const { runs, graphs } = this.#summaries.graphsOf(summariesWanted(scope))
    if (records.length === this.#records.size && runs === this.#summaries.size) return undefined
    return [...(this.#fileGraphs ?? []), ...graphs, ...records.map(([, graph]) => graph)]
  }

  /** Loads a file of RDF. Returns the names of its graphs. */
  async #loadFile(dataset: Dataset, file: string): Promise<string[]> {
    const { lenient, onNotice = () => {} } = this.#options
    const quads = await readRdfFile(file, lenient ? { onLeftOut: onNotice } : {})
    const home = homeGraph(quads, fileIri(file))
    dataset.add(quads, home)
    const graphs = new Set(quads.map(({ graph }) => (graph.termType === 'DefaultGraph' ? home : graph.value)))
    if (graphs.delete(undefined)) this.#loose = true
    return [...graphs] as string[]
  }

  #leaveOut(run: string, triples: number, scope: Scope): void {
    const sentence = `The record of run ${run} has ${countOf(triples, 'triple')}, more than the ${formatCount(largestRecord)} that are loaded`
    if (scope.records !== 'all') {
      throw new QueryError(`${sentence}`, {
        place: { iri: run },
        advice: 'Ask its summary, or push it to a SPARQL server and ask that.',
      })
    }
    this.#options.onNotice?.(`${sentence}; it is left out of this answer.`)
  }
}
