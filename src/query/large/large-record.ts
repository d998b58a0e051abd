import factory from '@rdfjs/data-model'
import { countOf, formatCount } from '../../count-of.ts'
import { ParseError, QueryError, StoreError } from '../../errors.ts'
import { readTable } from '../../formats/read-table.ts'
import type { TermFactory } from '../../rdf/term-table.ts'
import { TripleTable } from '../../rdf/triple-table.ts'
import { writeIri, writeTerm } from '../../rdf/write-term.ts'
import type { Answer } from '../../sparql/answer.ts'
import type { Store, StoredGraph } from '../../store/store.ts'
import type { Dataset } from '../dataset.ts'
import { findSlice, SliceTooLarge } from './find-slice.ts'
import type { FoundTriples } from './found-triples.ts'
import { planQuery } from './query-plan.ts'

/** Triples of one record that Oxigraph gets for one question: half of what its memory takes, as an answer needs some. */
const mostAtOnce = 6_000_000

/** What a triple takes while a record is sorted; two thirds of it stay. */
const bytesPerTriple = 45

export interface ReadOptions {
  /** How many triples the record has, as its store says. */
  tripleCount: number
  /** Called with the triples that were read until now. */
  onProgress: (read: number) => void
  signal: AbortSignal | undefined
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

  private constructor(graph: string, table: TripleTable, oxigraph: Dataset) {
    this.#graph = graph
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
    { tripleCount, onProgress, signal }: ReadOptions,
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
    return new LargeRecord(graph.graph, table, oxigraph)
  }

  free(): void {
    this.#table = undefined
    this.#oxigraph.free()
  }

  /** Answers from this record alone. @throws QueryError */
  async query(sparql: string): Promise<Answer> {
    const dataset = this.#oxigraph.beside()
    try {
      await this.addSlice(dataset, sparql, true)
      return dataset.query(sparql)
    } finally {
      dataset.free()
    }
  }

  /**
   * Puts into a dataset what a query can need of this record, in its graph.
   *
   * @param alone whether it is the only graph there
   * @throws QueryError for a query that needs too much of it
   */
  async addSlice(dataset: Dataset, sparql: string, alone: boolean): Promise<void> {
    const table = this.#table!
    let slice: FoundTriples
    try {
      slice = findSlice(table, await planQuery(sparql, alone), mostAtOnce)
    } catch (cause) {
      if (!(cause instanceof SliceTooLarge)) throw cause
      throw new QueryError(
        `The question needs more than ${countOf(mostAtOnce, 'triple')} at once of ${this.#graph}, which has ` +
          formatCount(table.size),
        {
          cause,
          place: { iri: this.#graph },
          advice:
            'Name more of what is asked for: classes, properties, nodes; or push it to a SPARQL server (vampira push ' +
            'URL) and ask that.',
        },
      )
    }
    dataset.load(linesOf(slice, table, this.#graph), 'application/n-quads')
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
