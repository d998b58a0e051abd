import type { Dataset } from './dataset.ts'
import { loadGraph } from './load-graph.ts'
import type { Store } from '../store/store.ts'

/** Triples that are kept in memory of records that were asked before: 0.2 GiB. */
const keptTriples = 400_000

interface OpenRecord {
  dataset: Dataset
  triples: number
}

/**
 * Records that are asked alone, each in a dataset of its own, so that the memory of a walk through a thousand of them
 * is bounded by the largest. The latest ones stay open.
 */
export class OpenRecords {
  /** The one that was asked last stands last. */
  readonly #open = new Map<string, OpenRecord>()

  /** The record of a run, where it is open. */
  get(run: string): Dataset | undefined {
    const open = this.#open.get(run)
    if (open === undefined) return undefined
    this.#open.delete(run)
    this.#open.set(run, open)
    return open.dataset
  }

  /**
   * @param dataset an empty one, which is filled
   * @param triples how many the record has
   * @throws StoreError that says what is wrong with the record
   */
  async open(dataset: Dataset, store: Store, run: string, triples: number): Promise<Dataset> {
    this.#makeRoom(triples)
    try {
      await loadGraph(dataset, store, run, await store.graph(run, 'record'))
    } catch (error) {
      dataset.free()
      throw error
    }
    this.#open.set(run, { dataset, triples })
    return dataset
  }

  clear(): void {
    for (const { dataset } of this.#open.values()) dataset.free()
    this.#open.clear()
  }

  #makeRoom(triples: number): void {
    let sum = triples
    for (const open of this.#open.values()) sum += open.triples
    for (const [run, open] of this.#open) {
      if (sum <= keptTriples) return
      open.dataset.free()
      this.#open.delete(run)
      sum -= open.triples
    }
  }
}
