import { QueryError, StoreError } from '../errors.ts'
import { homeGraph } from '../formats/home-graph.ts'
import { fileIri, readRdfFile } from '../formats/read-file.ts'
import { largestRecord } from '../rdf/largest-record.ts'
import type { Store, StoredGraph } from '../store/store.ts'
import { Dataset } from './dataset.ts'
import { endedBy } from './ended-by.ts'
import type { QueryEngine, Scope } from './engine.ts'
import type { Answer } from '../sparql/answer.ts'

export interface LocalEngineOptions {
  /** Called with a sentence that says what was left out of an answer. */
  onNotice?: (sentence: string) => void
  /** Called after each run with how many of how many runs of a store have been looked through. */
  onProgress?: (loaded: number, total: number) => void
}

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
    this.#dataset = undefined
    this.#summaries.clear()
    this.#records.clear()
    this.#fileGraphs = undefined
  }

  /** The dataset, with what the scope asks for in it. */
  async #load(scope: Scope, signal: AbortSignal | undefined): Promise<Dataset> {
    const dataset = (this.#dataset ??= await Dataset.create())
    if (this.#fileGraphs === undefined) {
      const graphs: string[] = []
      for (const file of this.#files) graphs.push(...(await loadFile(dataset, file)))
      this.#fileGraphs = graphs
    }
    for (const store of this.#stores) {
      const runs = await store.runs()
      const wanted = recordsWanted(scope)
      let done = 0
      for (const run of runs) {
        signal?.throwIfAborted()
        if (wantsSummaries(scope) && !this.#summaries.has(run.id)) {
          const graphs = [await store.graph(run.id, 'summary'), ...(await store.notes(run.id))]
          for (const graph of graphs) await loadGraph(dataset, store, run.id, graph)
          this.#summaries.set(
            run.id,
            graphs.map((graph) => graph.graph),
          )
        }
        if (wanted(run.id) && !this.#records.has(run.id)) {
          if (run.tripleCount > largestRecord) this.#leaveOut(run.id, run.tripleCount, scope)
          else {
            const graph = await store.graph(run.id, 'record')
            await loadGraph(dataset, store, run.id, graph)
            this.#records.set(run.id, graph.graph)
          }
        }
        this.#options.onProgress?.(++done, runs.length)
      }
    }
    return dataset
  }

  /** The graphs of the scope, where more than those have been loaded for earlier questions. */
  #narrowed(scope: Scope): string[] | undefined {
    const wanted = recordsWanted(scope)
    const records = [...this.#records].filter(([run]) => wanted(run))
    const summaries = wantsSummaries(scope) ? [...this.#summaries.values()].flat() : []
    if (records.length === this.#records.size && (wantsSummaries(scope) || this.#summaries.size === 0))
      return undefined
    return [...(this.#fileGraphs ?? []), ...summaries, ...records.map(([, graph]) => graph)]
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

function wantsSummaries(scope: Scope): boolean {
  return scope.summaries ?? scope.records === undefined
}

function recordsWanted(scope: Scope): (run: string) => boolean {
  if (scope.records === undefined) return () => false
  if (scope.records === 'all') return () => true
  const runs = new Set(scope.records)
  return (run) => runs.has(run)
}

/** Loads a file of RDF. Returns the names of its graphs: triples outside of a named one are put into one, too. */
async function loadFile(dataset: Dataset, file: string): Promise<string[]> {
  const quads = await readRdfFile(file)
  const home = homeGraph(quads) ?? fileIri(file)
  dataset.add(quads, home)
  return [...new Set(quads.map(({ graph }) => (graph.termType === 'DefaultGraph' ? home : graph.value)))]
}

async function loadGraph(dataset: Dataset, store: Store, run: string, graph: StoredGraph): Promise<void> {
  const chunks: string[] = []
  for await (const chunk of graph.text()) chunks.push(chunk)
  try {
    dataset.load(chunks, graph.mediaType)
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
