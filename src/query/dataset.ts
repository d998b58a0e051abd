import factory from '@rdfjs/data-model'
import type { Quad, Term } from '@rdfjs/types'
import type * as Oxigraph from 'oxigraph'
import { QueryError } from '../errors.ts'
import { nquadsLine, writeIri } from '../rdf/write-term.ts'
import type { Answer } from '../sparql/answer.ts'
import { malformedQuery } from './malformed-query.ts'
import { isOutOfMemory, lessMemoryAdvice } from './out-of-memory.ts'
import { queryForm } from '../sparql/query-form.ts'
import { readSparqlJson } from '../sparql/read-results.ts'
import { readSparqlTsv } from '../sparql/read-tsv.ts'

/** Quads in memory, answered by Oxigraph. Its calls are synchronous: a question under way cannot be stopped. */
export class Dataset {
  readonly #store: Oxigraph.Store

  private constructor(store: Oxigraph.Store) {
    this.#store = store
  }

  static async create(): Promise<Dataset> {
    const { Store } = await import('oxigraph')
    return new Dataset(new Store())
  }

  /**
   * Over a store that is there.
   * @param store an Oxigraph.Store, whose package's types would else be among those of ours
   */
  static over(store: object): Dataset {
    return new Dataset(store as Oxigraph.Store)
  }

  /** An empty one in the same instance of Oxigraph, whose code has been made quick already. */
  beside(): Dataset {
    const Store = this.#store.constructor as typeof Oxigraph.Store
    return new Dataset(new Store())
  }

  /** Gives the memory of its quads back. It must not be used after that. */
  free(): void {
    // Its package leaves this out of its types.
    ;(this.#store as unknown as { free(): void }).free()
  }

  get size(): number {
    return this.#store.size
  }

  /**
   * Adds RDF text.
   *
   * @throws Error as the parser put it, with line and column, after which a part may have been loaded.
   */
  load(text: string | Iterable<string>, mediaType: string): void {
    this.#store.load(text, { format: mediaType, no_transaction: true })
  }

  /**
   * Adds quads; what stands in the default graph goes to `graph` where that is given. Their blank nodes are not those of
   * other calls.
   */
  add(quads: readonly Quad[], graph?: string): void {
    // As text, which Oxigraph takes as quickly; it refuses quads one by one that it would read.
    this.#store.load(chunksOf(quads), {
      format: 'application/n-quads',
      lenient: true,
      no_transaction: true,
      ...(graph === undefined ? {} : { to_graph_name: factory.namedNode(graph) as never }),
    })
  }

  /** Takes a graph out. */
  drop(graph: string): void {
    this.#store.update(`DROP SILENT GRAPH ${writeIri(graph)}`)
  }

  /** The quads that have these terms; null stands for any. */
  match(
    subject?: Term | null,
    predicate?: Term | null,
    object?: Term | null,
    graph?: Term | null,
  ): readonly Quad[] {
    const [s, p, o, g] = [subject, predicate, object, graph] as never[]
    return this.#store.match(s, p, o, g) as unknown as Quad[]
  }

  /**
   * Asks; the default graph is what stands in no named one together with the named ones, of which those of `graphs` are
   * read where they are given.
   *
   * @throws QueryError with line and column for a malformed query.
   */
  query(sparql: string, graphs?: readonly string[]): Answer {
    const form = queryForm(sparql)
    const named = graphs?.map((graph) => factory.namedNode(graph)) as never[] | undefined
    const options =
      named === undefined
        ? { use_default_graph_as_union: true }
        : { default_graph: [...named, factory.defaultGraph() as never], named_graphs: named }
    try {
      if (form === 'CONSTRUCT' || form === 'DESCRIBE') {
        const quads = this.#store.query(sparql, options) as Oxigraph.Quad[]
        // Oxigraph's terms live in its own memory and are freed with it.
        return { type: 'quads', quads: quads.map((quad) => factory.fromQuad(quad as unknown as Quad)) }
      }
      const ask = (format: string) =>
        this.#store.query(sparql, { ...options, results_format: format }) as string
      return form === 'SELECT' ? readSolutions(ask) : readSparqlJson(ask('json'))
    } catch (cause) {
      throw translate(sparql, cause)
    }
  }
}

function readSolutions(ask: (format: string) => string): Answer {
  const tsv = ask('tsv')
  try {
    return readSparqlTsv(tsv)
  } catch {
    return readSparqlJson(ask('json'))
  }
}

function* chunksOf(quads: readonly Quad[]): Generator<string, void, undefined> {
  for (let first = 0; first < quads.length; first += 1000) {
    yield `${quads
      .slice(first, first + 1000)
      .map(nquadsLine)
      .join('\n')}\n`
  }
}

/** `error at 2:9: expected one of …`. Oxigraph's errors have no fields; the others are of the evaluation. */
const parserError = /^error at (\d+):(\d+): (.*)$/s

function translate(sparql: string, cause: unknown): QueryError {
  const message = cause instanceof Error ? cause.message : String(cause)
  const [, line, column, reason] = parserError.exec(message) ?? []
  if (reason !== undefined) {
    const at = { line: Number(line), column: Number(column) }
    // [_] stands for anything else.
    return malformedQuery(sparql, { at, reason: reason.replace(/,? ?\[_\]/g, ''), cause })
  }
  if (isOutOfMemory(cause)) {
    return new QueryError('There is not enough memory to answer the query', {
      cause,
      advice: lessMemoryAdvice,
    })
  }
  return new QueryError(`Cannot answer the query: ${message.split('\n')[0]}`, {
    cause,
    advice: 'Ask for less at a time: one run, fewer variables, a LIMIT.',
  })
}
