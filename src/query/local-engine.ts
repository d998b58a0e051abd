import { QueryError, StoreError } from '../errors.ts'
import { homeGraph } from '../formats/home-graph.ts'
import { fileIri, readRdfFile } from '../formats/read-file.ts'
import { largestRecord } from '../rdf/largest-record.ts'
import type { RunEntry, Store, StoredGraph } from '../store/store.ts'
import { Dataset } from './dataset.ts'
import { endedBy } from './ended-by.ts'
import type { QueryEngine, Scope } from './engine.ts'
import { openImagedDataset } from './image/imaged-dataset.ts'
import { recordsWanted, summariesWanted, wantsAllSummaries } from './scope.ts'
import type { Answer } from '../sparql/answer.ts'

export interface LocalEngineOptions {
  /** Folders in which an image of a store's summaries may be kept. Without one, all are loaded in every process. */
  images?: ReadonlyMap<Store, string>
  /** Called with a sentence that says what was left out of an answer. */
  onNotice?: (sentence: string) => void
  /** Called after each run with how many of how many runs of a store have been looked through. */
  onProgress?: (loaded: number, total: number) => void
}

interface ListedStore {
  store: Store
  runs: readonly RunEntry[]
}

/** Below this, loading takes no longer than to look for an image. */
const fewestRunsOfImage = 30
/** Quads that an image must be missing to be made anew: what loads in a quarter of a second. */
const fewestNewQuads = 50_000

/** Graphs that a question may read. */
export interface LocalGraphs {
  dataset: Dataset
  /** Their names; undefined for all that are in the dataset. */
  graphs: readonly string[] | undefined
}

/**
 * Answers over local stores and RDF files, all in one Oxigraph dataset: summaries are loaded at the first question,
 * records when a question's scope asks for them. A run that is in two stores is there once.
 */
export class LocalEngine implements QueryEngine {
  readonly sources: readonly string[]
  readonly #stores: readonly Store[]
  readonly #files: readonly string[]
  readonly #options: LocalEngineOptions
  #dataset: Dataset | undefined
  readonly #summaries = new Map<string, readonly string[]>()
  readonly #records = new Map<string, string>()
  #fileGraphs: readonly string[] | undefined
  #busy: Promise<unknown> = Promise.resolve()
  #imaging: Promise<unknown> = Promise.resolve()

  constructor(stores: readonly Store[], files: readonly string[] = [], options: LocalEngineOptions = {}) {
    this.#stores = stores
    this.#files = files
    this.#options = options
    this.sources = [...stores.map((store) => store.location), ...files]
  }

  query(sparql: string, scope?: Scope, signal?: AbortSignal): Promise<Answer> {
    return this.withGraphs(scope, signal, ({ dataset, graphs }) => dataset.query(sparql, graphs))
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
      const dataset = await this.#load(scope, signal)
      return use({ dataset, graphs: this.#narrowed(scope) })
    })
    this.#busy = result.catch(() => undefined)
    return signal === undefined ? result : endedBy(signal, result)
  }

  async close(): Promise<void> {
    await this.#busy
    await this.#imaging
    this.#dataset = undefined
    this.#summaries.clear()
    this.#records.clear()
    this.#fileGraphs = undefined
  }

  /** The dataset, with what the scope asks for in it. */
  async #load(scope: Scope, signal: AbortSignal | undefined): Promise<Dataset> {
    const listed: ListedStore[] = []
    for (const store of this.#stores) listed.push({ store, runs: await store.runs() })
    const begun = this.#dataset ?? (await this.#beginWithImage(scope, listed, signal))
    const dataset = (this.#dataset = begun ?? (await Dataset.create()))
    if (this.#fileGraphs === undefined) {
      const graphs: string[] = []
      for (const file of this.#files) graphs.push(...(await loadFile(dataset, file)))
      this.#fileGraphs = graphs
    }
    for (const each of listed) {
      await this.#loadSummaries(dataset, each, summariesWanted(scope), signal)
      await this.#loadRecords(dataset, each, scope, signal)
    }
    return dataset
  }

  /**
   * The first of the stores whose summaries have an image, with all its summaries loaded. What was missing in the image
   * is in the next one, as soon as it is worth the writing.
   */
  async #beginWithImage(
    scope: Scope,
    listed: readonly ListedStore[],
    signal: AbortSignal | undefined,
  ): Promise<Dataset | undefined> {
    if (!wantsAllSummaries(scope)) return undefined
    const first = listed.find(({ store }) => this.#options.images?.has(store))
    if (first === undefined || first.runs.length < fewestRunsOfImage) return undefined
    const folder = this.#options.images!.get(first.store)!
    const imaged = await openImagedDataset(folder, new Set(first.runs.map(({ id }) => id)))
    if (imaged === undefined) return undefined
    const { dataset, graphs, save } = imaged
    for (const [run, names] of graphs) this.#summaries.set(run, names)
    const size = dataset.size
    await this.#loadSummaries(dataset, first, () => true, signal)
    if (dataset.size - size > Math.max(fewestNewQuads, size / 10)) {
      // A full disk or a folder of somebody else: the question is answered all the same.
      const publish = await save(this.#summaries).catch(() => undefined)
      this.#imaging = publish?.().catch(() => undefined) ?? this.#imaging
    }
    return dataset
  }

  async #loadSummaries(
    dataset: Dataset,
    { store, runs }: ListedStore,
    wanted: (run: string) => boolean,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const missing = runs.filter(({ id }) => wanted(id) && !this.#summaries.has(id))
    for (const [index, { id }] of missing.entries()) {
      signal?.throwIfAborted()
      const graphs = [await store.graph(id, 'summary'), ...(await store.notes(id))]
      for (const graph of graphs) await loadGraph(dataset, store, id, graph)
      this.#summaries.set(
        id,
        graphs.map((graph) => graph.graph),
      )
      this.#options.onProgress?.(index + 1, missing.length)
    }
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
    const summaries = [...this.#summaries].filter(([run]) => summariesWanted(scope)(run))
    if (records.length === this.#records.size && summaries.length === this.#summaries.size) return undefined
    return [
      ...(this.#fileGraphs ?? []),
      ...summaries.flatMap(([, graphs]) => graphs),
      ...records.map(([, graph]) => graph),
    ]
  }

  #leaveOut(run: string, triples: number, scope: Scope): void {
    const sentence = `The record of run ${run} has ${triples.toLocaleString('en')} triples, more than the ${largestRecord.toLocaleString('en')} that are loaded`
    if (scope.records !== 'all') {
      throw new QueryError(`${sentence}`, {
        place: { iri: run },
        advice: 'Ask its summary, or push it to a SPARQL server and ask that.',
      })
    }
    this.#options.onNotice?.(`${sentence}; it is left out of this answer.`)
  }
}

/** Loads a file of RDF. Returns the names of its graphs: triples outside of a named one are put into one, too. */
async function loadFile(dataset: Dataset, file: string): Promise<string[]> {
  const quads = await readRdfFile(file)
  const home = homeGraph(quads) ?? fileIri(file)
  dataset.add(quads, home)
  return [...new Set(quads.map(({ graph }) => (graph.termType === 'DefaultGraph' ? home : graph.value)))]
}

async function loadGraph(dataset: Dataset, store: Store, run: string, graph: StoredGraph): Promise<void> {
  // One text: Oxigraph reads many small chunks at half the speed.
  let text = ''
  for await (const chunk of graph.text()) text += chunk
  try {
    dataset.load(text, graph.mediaType)
  } catch (cause) {
    throw new StoreError(
      `Cannot read ${graph.graph} in ${store.location}: ${(cause instanceof Error ? cause.message : String(cause)).split('\n')[0]}`,
      {
        cause,
        place: { iri: run },
        advice:
          'The file is damaged: restore it from a copy, or move the run out of the store and ask again.',
      },
    )
  }
}
