import type { RunEntry, Store } from '../store/store.ts'
import type { Dataset } from './dataset.ts'
import { openImagedDataset } from './image/imaged-dataset.ts'
import type { LoadedGraphs } from './image/summary-image.ts'
import { loadGraph } from './load-graph.ts'

/** A store and what it lists. */
export interface ListedStore {
  store: Store
  runs: readonly RunEntry[]
}

export interface SummaryOptions {
  /** Folders in which an image of a store's summaries may be kept. Without one, all are loaded in every process. */
  images?: ReadonlyMap<Store, string>
  /** Called after each run with how many of how many runs of a store have been looked through. */
  onProgress?: (loaded: number, total: number) => void
}

/** Below this, loading takes no longer than to look for an image. */
const fewestRunsOfImage = 30
/** Quads that an image must be missing to be made anew: what loads in a quarter of a second. */
const fewestNewQuads = 50_000
/** Runs whose notes are looked for at the same time. */
const runsAtOnce = 64

/** The summaries of runs, and the notes on them, that are in a dataset. */
export class LoadedSummaries {
  readonly #options: SummaryOptions
  readonly #graphs = new Map<string, readonly string[]>()
  #imaging: Promise<unknown> = Promise.resolve()

  constructor(options: SummaryOptions) {
    this.#options = options
  }

  /** How many runs have theirs in the dataset. */
  get size(): number {
    return this.#graphs.size
  }

  /** Names of the graphs of these runs. */
  graphsOf(wanted: (run: string) => boolean): { runs: number; graphs: string[] } {
    const found = [...this.#graphs].filter(([run]) => wanted(run))
    return { runs: found.length, graphs: found.flatMap(([, graphs]) => graphs) }
  }

  /**
   * A dataset that has all summaries of the first store that may have an image, by its image and by what came since.
   * What came since is in the next image, as soon as that is worth the writing.
   *
   * @returns undefined where there is nothing to gain, or no image can be used or made in this process
   */
  async begin(stores: readonly ListedStore[], signal: AbortSignal | undefined): Promise<Dataset | undefined> {
    const first = stores.find(({ store }) => this.#options.images?.has(store))
    if (first === undefined || first.runs.length < fewestRunsOfImage) return undefined
    const folder = this.#options.images!.get(first.store)!
    const imaged = await openImagedDataset(folder, new Set(first.runs.map(({ id }) => id)))
    if (imaged === undefined) return undefined
    const { dataset, quads, graphs, save } = imaged
    try {
      await this.#takeOver(dataset, first.store, graphs, signal)
      await this.load(dataset, first, () => true, signal)
    } catch (error) {
      // The dataset goes, and what was in it.
      this.#graphs.clear()
      throw error
    }
    // To count quads, Oxigraph goes through all of them.
    const isMore = countGraphs(this.#graphs) > countGraphs(graphs)
    if (isMore && dataset.size - quads > Math.max(fewestNewQuads, quads / 10)) {
      // A full disk or a folder of somebody else: the question is answered all the same.
      const publish = await save(this.#graphs).catch(() => undefined)
      if (publish !== undefined) this.#imaging = publish().catch(() => undefined)
    }
    return dataset
  }

  /** Loads what of these runs is not there. */
  async load(
    dataset: Dataset,
    { store, runs }: ListedStore,
    wanted: (run: string) => boolean,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const missing = runs.filter(({ id }) => wanted(id) && !this.#graphs.has(id))
    for (const [index, { id }] of missing.entries()) {
      signal?.throwIfAborted()
      const graphs = [await store.graph(id, 'summary'), ...(await store.notes(id))]
      for (const graph of graphs) await loadGraph(dataset, store, id, graph)
      this.#graphs.set(
        id,
        graphs.map(({ graph }) => graph),
      )
      this.#options.onProgress?.(index + 1, missing.length)
    }
  }

  /** Forgets them. Resolves when an image that is being written is on the disk. */
  async clear(): Promise<void> {
    await this.#imaging
    this.#graphs.clear()
  }

  /** What an image has, and the notes that were added to its runs since. */
  async #takeOver(
    dataset: Dataset,
    store: Store,
    graphs: LoadedGraphs,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const runs = [...graphs]
    for (let first = 0; first < runs.length; first += runsAtOnce) {
      signal?.throwIfAborted()
      const some = runs.slice(first, first + runsAtOnce)
      const notes = await Promise.all(some.map(([run]) => store.notes(run)))
      for (const [index, [run, known]] of some.entries()) {
        const added = notes[index]!.filter(({ graph }) => !known.includes(graph))
        for (const graph of added) await loadGraph(dataset, store, run, graph)
        this.#graphs.set(run, [...known, ...added.map(({ graph }) => graph)])
      }
    }
  }
}

function countGraphs(graphs: LoadedGraphs): number {
  return [...graphs.values()].reduce((sum, { length }) => sum + length, 0)
}
