import type { RunEntry } from '../store/store.ts'
import type { Dataset } from './dataset.ts'
import type { FoundRun } from './found-run.ts'
import { LargeRecord } from './large/large-record.ts'
import { OpenRecord } from './open-record.ts'

/** Triples that are kept in memory of records that were asked before: 0.2 GiB where Oxigraph has them all. */
const keptTriples = 400_000

/**
 * Triples of the largest record that Oxigraph gets whole. A table takes a third of the memory and two thirds of the time
 * to read, and answers a small question in 1.4 ms where Oxigraph takes 0.8.
 */
const largestLoaded = 500_000

export interface RecordOptions {
  /** Triples of the largest record that is loaded into Oxigraph, half a million if not given. Larger ones are read into tables. */
  largestLoaded?: number
  /** Triples of a large record that one question may need at once; six million if not given. */
  largestSlice?: number
  /** Called while a large record is read, with how many of how many triples are. */
  onReading?: (read: number, total: number) => void
}

/**
 * Records that are asked alone, each by itself, so that the memory of a walk through a thousand of them is bounded by the
 * largest. The latest ones stay open.
 */
export class OpenRecords {
  readonly #options: RecordOptions
  /** The one that was asked last stands last. */
  readonly #open = new Map<string, { record: OpenRecord | LargeRecord; triples: number }>()
  readonly #leftToOxigraph = new WeakSet()

  constructor(options: RecordOptions) {
    this.#options = options
  }

  /** Whether a record is to be a table. */
  isLarge({ tripleCount }: RunEntry): boolean {
    return tripleCount > (this.#options.largestLoaded ?? largestLoaded)
  }

  /** The record of a run, where it is open. */
  get(run: string): OpenRecord | LargeRecord | undefined {
    const open = this.#open.get(run)
    if (open === undefined) return undefined
    this.#open.delete(run)
    this.#open.set(run, open)
    return open.record
  }

  /**
   * @param emptyDataset makes a dataset for it, where one is needed
   * @throws StoreError that says what is wrong with a large record; a smaller one is read when it is asked
   */
  async open(
    found: FoundRun,
    emptyDataset: () => Promise<Dataset>,
    signal: AbortSignal | undefined,
  ): Promise<OpenRecord | LargeRecord> {
    const { id, tripleCount } = found.entry
    if (this.isLarge(found.entry)) return this.openLarge(found, await emptyDataset(), signal)
    this.#makeRoom(tripleCount)
    const record = new OpenRecord(found, emptyDataset, this.#leftToOxigraph)
    this.#open.set(id, { record, triples: tripleCount })
    return record
  }

  /** Like `open`, for one that is large. */
  async openLarge(
    { store, entry: { id, tripleCount } }: FoundRun,
    empty: Dataset,
    signal: AbortSignal | undefined,
  ): Promise<LargeRecord> {
    const open = this.get(id)
    if (open instanceof LargeRecord) return open
    this.#makeRoom(tripleCount)
    const record = await LargeRecord.read(empty, store, await store.graph(id, 'record'), {
      tripleCount,
      onProgress: (read) => this.#options.onReading?.(read, tripleCount),
      signal,
      ...(this.#options.largestSlice !== undefined && { largestSlice: this.#options.largestSlice }),
    })
    this.#open.set(id, { record, triples: tripleCount })
    return record
  }

  clear(): void {
    for (const { record } of this.#open.values()) record.free()
    this.#open.clear()
  }

  #makeRoom(triples: number): void {
    let sum = triples
    for (const open of this.#open.values()) sum += open.triples
    for (const [run, open] of this.#open) {
      if (sum <= keptTriples) return
      open.record.free()
      this.#open.delete(run)
      sum -= open.triples
    }
  }
}
