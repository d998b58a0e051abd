import type { Answer } from '../sparql/answer.ts'
import type { Dataset } from './dataset.ts'
import type { FoundRun } from './found-run.ts'
import { loadGraph } from './load-graph.ts'
import { NotHere } from './table/expression.ts'
import { RecordTable } from './table/record-table.ts'
import { answerFrom, readTableQuery, type TableQuery } from './table/table-query.ts'

/**
 * A record that is asked alone. It is read into a table, which answers most ready-made questions; for the first other one
 * it is loaded into Oxigraph as well.
 */
export class OpenRecord {
  readonly #found: FoundRun
  readonly #emptyDataset: () => Promise<Dataset>
  readonly #leftToOxigraph: WeakSet<object>
  /** Null where no table is enough for the record. */
  #table: RecordTable | null | undefined
  #dataset: Dataset | undefined

  /** @param leftToOxigraph algebra of questions that a table was found not to answer; of all records */
  constructor(found: FoundRun, emptyDataset: () => Promise<Dataset>, leftToOxigraph: WeakSet<object>) {
    this.#found = found
    this.#emptyDataset = emptyDataset
    this.#leftToOxigraph = leftToOxigraph
  }

  /** @throws StoreError that says what is wrong with the record */
  async query(sparql: string): Promise<Answer> {
    const query = await readTableQuery(sparql)
    const isNew = query !== undefined && !this.#leftToOxigraph.has(query.algebra)
    return (isNew ? await this.#askTable(query) : undefined) ?? (await this.#load()).query(sparql)
  }

  free(): void {
    this.#table = undefined
    this.#dataset?.free()
    this.#dataset = undefined
  }

  async #askTable(query: TableQuery): Promise<Answer | undefined> {
    const { store, entry } = this.#found
    if (this.#table === undefined)
      this.#table = (await RecordTable.read(entry.id, await store.graph(entry.id, 'record'))) ?? null
    if (this.#table === null) return undefined
    try {
      return answerFrom(this.#table, query, () => true)
    } catch (error) {
      if (!(error instanceof NotHere)) throw error
      this.#leftToOxigraph.add(query.algebra)
      return undefined
    }
  }

  async #load(): Promise<Dataset> {
    if (this.#dataset !== undefined) return this.#dataset
    const { store, entry } = this.#found
    const dataset = await this.#emptyDataset()
    try {
      await loadGraph(dataset, store, entry.id, await store.graph(entry.id, 'record'))
    } catch (error) {
      dataset.free()
      throw error
    }
    return (this.#dataset = dataset)
  }
}
