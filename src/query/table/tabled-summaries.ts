import { readQuads } from '../../formats/parse.ts'
import type { RunEntry, Store, StoredGraph } from '../../store/store.ts'
import type { Answer } from '../../sparql/answer.ts'
import type { Scope } from '../engine.ts'
import { summariesWanted, wantsManySummaries } from '../scope.ts'
import { NotHere } from './expression.ts'
import { GraphTable } from './graph-table.ts'
import { readTableFile, writeTableFile } from './table-file.ts'
import { answerFrom, readTableQuery } from './table-query.ts'

/** Below this, Oxigraph has loaded them as soon. */
const fewestRuns = 30
/** Triples that a kept table must be missing to be made anew. */
const fewestNewTriples = 50_000
/** Milliseconds after which it is looked for notes again: one answer asks several questions, one after the other. */
const notesAgain = 1000
/** Runs whose notes are looked for at the same time. */
const runsAtOnce = 64

export interface TabledOptions {
  /** Runs that a store must have; thirty if not given. */
  fewestTabled?: number
  /** Called after each run with how many of how many runs were read. */
  onProgress?: (read: number, total: number) => void
}

/**
 * The summaries of a store, and the notes on them, as a table that is kept in a folder. Most ready-made questions look at
 * one summary after the other: those it answers, many times as fast as a store of all quads. All else is left to that.
 * A new run is seen at once; a note that is added to a run which it already holds, after a second at most.
 */
export class TabledSummaries {
  readonly #store: Store
  readonly #folder: string
  readonly #options: TabledOptions
  #table: GraphTable | undefined
  /** Names of the graphs that are in it, by run. */
  #known = new Map<string, Set<string>>()
  /** When it was looked for notes last. */
  #notesLooked = -Infinity
  #saving: Promise<unknown> = Promise.resolve()
  /** Whether it holds something that a table cannot. */
  #isUnfit = false

  /**
   * That of the only store, where it is all that is asked and may be kept.
   *
   * @param folders where what is read of a store may be kept
   */
  static over(
    [store, ...others]: readonly Store[],
    folders: ReadonlyMap<Store, string> | undefined,
    options: TabledOptions,
  ): TabledSummaries | undefined {
    const folder = store && folders?.get(store)
    if (store === undefined || folder === undefined || others.length > 0) return undefined
    return new TabledSummaries(store, folder, options)
  }

  constructor(store: Store, folder: string, options: TabledOptions) {
    this.#store = store
    this.#folder = folder
    this.#options = options
  }

  /** Undefined for a question that it leaves to Oxigraph. */
  async answer(sparql: string, scope: Scope, signal: AbortSignal | undefined): Promise<Answer | undefined> {
    if (this.#isUnfit || scope.records !== undefined) return undefined
    // Once it is there, it is quicker for a few runs as well than to load them one by one.
    if (!wantsManySummaries(scope) && this.#table === undefined) return undefined
    const query = await readTableQuery(sparql)
    if (query === undefined) return undefined
    const runs = await this.#store.runs()
    if (runs.length < (this.#options.fewestTabled ?? fewestRuns)) return undefined
    const table = await this.#load(runs, signal)
    if (table === undefined) return undefined
    try {
      return answerFrom(table, query, summariesWanted(scope))
    } catch (error) {
      if (error instanceof NotHere) return undefined
      throw error
    }
  }

  /** Forgets the table. Resolves when what is being written of it is on the disk. */
  async clear(): Promise<void> {
    await this.#saving
    this.#table = undefined
    this.#known.clear()
  }

  async #load(runs: readonly RunEntry[], signal: AbortSignal | undefined): Promise<GraphTable | undefined> {
    const listed = new Set(runs.map(({ id }) => id))
    if (this.#table === undefined) this.#take(await readTableFile(this.#folder))
    if (![...this.#known.keys()].every((run) => listed.has(run))) this.#take(undefined)
    const table = (this.#table ??= new GraphTable())
    const before = table.size
    try {
      if (performance.now() - this.#notesLooked > notesAgain) {
        await this.#addNotes(table, [...this.#known], signal)
        this.#notesLooked = performance.now()
      }
      const missing = runs.filter(({ id }) => !this.#known.has(id))
      for (const [index, { id }] of missing.entries()) {
        signal?.throwIfAborted()
        await this.#add(table, id, await this.#store.graph(id, 'summary'))
        for (const notes of await this.#store.notes(id)) await this.#add(table, id, notes)
        this.#options.onProgress?.(index + 1, missing.length)
      }
    } catch {
      this.#take(undefined)
      signal?.throwIfAborted()
      // A term that no table holds, or a summary that cannot be read: Oxigraph says so.
      this.#isUnfit = true
      return undefined
    }
    if (table.size - before > Math.max(fewestNewTriples, before / 10)) {
      // A full disk or a folder of somebody else: the question is answered all the same.
      const publish = await writeTableFile(this.#folder, table).catch(() => undefined)
      if (publish !== undefined) this.#saving = publish().catch(() => undefined)
    }
    return table
  }

  #take(table: GraphTable | undefined): void {
    this.#notesLooked = -Infinity
    this.#table = table
    this.#known = new Map()
    for (const { run, name } of table?.graphs ?? []) this.#graphsOf(run).add(table!.term(name).value)
  }

  #graphsOf(run: string): Set<string> {
    let graphs = this.#known.get(run)
    if (graphs === undefined) this.#known.set(run, (graphs = new Set()))
    return graphs
  }

  async #addNotes(
    table: GraphTable,
    known: readonly (readonly [string, ReadonlySet<string>])[],
    signal: AbortSignal | undefined,
  ): Promise<void> {
    for (let first = 0; first < known.length; first += runsAtOnce) {
      signal?.throwIfAborted()
      const some = known.slice(first, first + runsAtOnce)
      const notes = await Promise.all(some.map(([run]) => this.#store.notes(run)))
      for (const [index, [run, graphs]] of some.entries())
        for (const graph of notes[index]!) if (!graphs.has(graph.graph)) await this.#add(table, run, graph)
    }
  }

  async #add(table: GraphTable, run: string, graph: StoredGraph): Promise<void> {
    const quads = await readQuads(graph.text(), { format: graph.mediaType, file: graph.file ?? graph.graph })
    table.add(run, quads)
    this.#graphsOf(run).add(graph.graph)
  }
}
