import factory from '@rdfjs/data-model'
import { countOf, formatCount } from '../../count-of.ts'
import { ParseError, QueryError, StoreError } from '../../errors.ts'
import { readTable } from '../../formats/read-table.ts'
import type { TermFactory } from '../../rdf/term-table.ts'
import { TripleTable } from '../../rdf/triple-table.ts'
import { writeIri, writeTerm } from '../../rdf/write-term.ts'
import type { Answer, Row } from '../../sparql/answer.ts'
import type { Store, StoredGraph } from '../../store/store.ts'
import type { Dataset } from '../dataset.ts'
import { orderRows } from '../order-rows.ts'
import { findParts } from './find-parts.ts'
import { findSlice, SliceTooLarge } from './find-slice.ts'
import type { FoundTriples } from './found-triples.ts'
import { partingOf } from './parting.ts'
import { planQuery } from './query-plan.ts'
import type { Part } from './slice-plan.ts'

/** Triples of one record that Oxigraph gets for one question: half of what its memory takes, as an answer needs some. */
const mostAtOnce = 6_000_000

/** Of those, the share of one part of an answer: its rows stay beside those of the others. */
const shareOfPart = 1 / 2

/** What a triple takes while a record is sorted; two thirds of it stay. */
const bytesPerTriple = 45

export interface ReadOptions {
  /** How many triples the record has, as its store says. */
  tripleCount: number
  /** Called with the triples that were read until now. */
  onProgress: (read: number) => void
  signal: AbortSignal | undefined
  /** Triples that one question may need at once; 6 million if not given. */
  largestSlice?: number
}

/**
 * A record that is too large for Oxigraph. It is kept as a table of numbers, and each question is answered by Oxigraph
 * over those triples that it can need.
 */
export class LargeRecord {
  readonly #graph: string
  #table: TripleTable | undefined
  /** An instance of Oxigraph to answer in. */
  readonly #oxigraph: Dataset

  readonly #mostAtOnce: number

  private constructor(graph: string, table: TripleTable, oxigraph: Dataset, most: number) {
    this.#graph = graph
    this.#mostAtOnce = most
    this.#table = table
    this.#oxigraph = oxigraph
  }

  /**
   * @throws StoreError that says what is wrong with the record
   * @throws QueryError where there is not enough memory for it
   */
  static async read(
    oxigraph: Dataset,
    store: Store,
    graph: StoredGraph,
    { tripleCount, onProgress, signal, largestSlice }: ReadOptions,
  ): Promise<LargeRecord> {
    const needed = tripleCount * bytesPerTriple
    const free = process.availableMemory()
    if (needed > free)
      throw notEnoughMemory(graph, store, tripleCount, `about ${gib(needed)}, and ${gib(free)} are free`)
    let table: TripleTable
    try {
      table = await readTable(
        graph,
        () => new TripleTable(factory as TermFactory),
        (read) => {
          signal?.throwIfAborted()
          onProgress(read)
        },
      )
      table.seal()
    } catch (cause) {
      // What typed arrays throw that get no memory.
      if (cause instanceof RangeError) throw notEnoughMemory(graph, store, tripleCount, gib(needed), cause)
      if (!(cause instanceof ParseError)) throw cause
      throw new StoreError(`Cannot read ${graph.graph} in ${store.location}: ${cause.message}`, {
        cause,
        ...(cause.place && { place: cause.place }),
        advice:
          'The file is damaged: restore it from a copy, or move the run out of the store and ask again.',
      })
    }
    return new LargeRecord(graph.graph, table, oxigraph, largestSlice ?? mostAtOnce)
  }

  free(): void {
    this.#table = undefined
    this.#oxigraph.free()
  }

  /**
   * Answers from this record alone; where that needs too much of it at once, in parts.
   *
   * @throws QueryError for a query that needs too much of it and has no parts
   */
  async query(sparql: string): Promise<Answer> {
    const table = this.#table!
    const part = await planQuery(sparql, true)
    try {
      return this.#askSlice(sparql, findSlice(table, part, this.#mostAtOnce))
    } catch (cause) {
      return (await this.#askInParts(sparql, part, cause).catch(this.#refuse)) ?? this.#refuse(cause)
    }
  }

  #askSlice(sparql: string, slice: FoundTriples): Answer {
    const dataset = this.#oxigraph.beside()
    try {
      dataset.load(linesOf(slice, this.#table!, this.#graph), 'application/n-quads')
      return dataset.query(sparql)
    } finally {
      dataset.free()
    }
  }

  /** Undefined where that does not help against what went wrong. */
  async #askInParts(sparql: string, part: Part, cause: unknown): Promise<Answer | undefined> {
    if (!(cause instanceof SliceTooLarge)) return undefined
    const table = this.#table!
    const parting = await partingOf(sparql)
    if (parting === undefined) return undefined
    const parts = findParts(table, part, parting.variables, this.#mostAtOnce * shareOfPart)
    if (parts === undefined) return undefined
    const rows: Row[] = []
    for (const { slice, isMeant } of parts) {
      const answer = this.#askSlice(sparql, slice)
      if (answer.type === 'bindings') for (const row of answer.rows) if (isMeant(row)) rows.push(row)
    }
    return { type: 'bindings', variables: parting.selected, rows: orderRows(rows, parting.order) }
  }

  /**
   * Puts into a dataset of other graphs what a query can need of this record, in its graph.
   *
   * @throws QueryError for a query that needs too much of it
   */
  async addSlice(dataset: Dataset, sparql: string): Promise<void> {
    const table = this.#table!
    const part = await planQuery(sparql, false)
    let slice: FoundTriples
    try {
      slice = findSlice(table, part, this.#mostAtOnce)
    } catch (cause) {
      return this.#refuse(cause)
    }
    dataset.load(linesOf(slice, table, this.#graph), 'application/n-quads')
  }

  /** Throws what went wrong, in words of a question where too much was needed. */
  readonly #refuse = (cause: unknown): never => {
    if (!(cause instanceof SliceTooLarge)) throw cause
    throw new QueryError(
      `The question needs more than ${countOf(this.#mostAtOnce, 'triple')} at once of ${this.#graph}, which has ` +
        formatCount(this.#table!.size),
      {
        cause,
        place: { iri: this.#graph },
        advice:
          'Name more of what is asked for: classes, properties, nodes; or push it to a SPARQL server (vampira push ' +
          'URL) and ask that.',
      },
    )
  }
}

function* linesOf(slice: FoundTriples, { terms }: TripleTable, graph: string): Generator<string> {
  const ending = ` ${writeIri(graph)} .\n`
  const predicates = new Map<number, string>()
  let text = ''
  let [subject, subjectText] = [-1, '']
  for (const [s, p, o] of slice) {
    if (s !== subject) [subject, subjectText] = [s, writeTerm(terms.term(s))]
    let predicate = predicates.get(p)
    if (predicate === undefined) predicates.set(p, (predicate = writeTerm(terms.term(p))))
    text += `${subjectText} ${predicate} ${writeTerm(terms.term(o))}${ending}`
    if (text.length < 1 << 20) continue
    yield text
    text = ''
  }
  yield text
}

function gib(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`
}

function notEnoughMemory(
  { graph }: StoredGraph,
  { location }: Store,
  triples: number,
  needed: string,
  cause?: unknown,
): QueryError {
  return new QueryError(
    `There is not enough memory to read ${graph} of ${location}: its ${countOf(triples, 'triple')} take ${needed}`,
    {
      cause,
      place: { iri: graph },
      advice:
        'Close other programs, ask on a larger machine, or push the run to a SPARQL server (vampira push URL) and ask that.',
    },
  )
}
