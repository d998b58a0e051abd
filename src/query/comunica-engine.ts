import type { QueryEngine as Comunica } from '@comunica/query-sparql-rdfjs-lite'
import type { Quad, Term } from '@rdfjs/types'
import { QueryError, VampiraError } from '../errors.ts'
import type { QueryEngine, Scope } from './engine.ts'
import type { Answer, Row } from '../sparql/answer.ts'
import { querySyntax } from './query-syntax.ts'

/** A term, or null where anything matches. */
export type Match = Term | null | undefined

/** Quads by pattern, each at most once: what Comunica needs of whatever it is to answer over. */
export interface QuadSource {
  match(subject: Match, predicate: Match, object: Match, graph: Match): Iterable<Quad> | AsyncIterable<Quad>
  /** How many quads match, or roughly: joins are ordered by it. */
  count(subject: Match, predicate: Match, object: Match, graph: Match): number | Promise<number>
}

/**
 * Answers by Comunica over quad patterns. The default graph is the union of all. It is the engine for what must cross
 * sources; a question that one source can answer alone is answered there an order of magnitude faster.
 */
export class ComunicaEngine implements QueryEngine {
  readonly sources: readonly string[]
  readonly #open: (scope: Scope | undefined, signal: AbortSignal | undefined) => Promise<QuadSource>

  constructor(
    sources: readonly string[],
    open: (scope: Scope | undefined, signal: AbortSignal | undefined) => Promise<QuadSource>,
  ) {
    this.sources = sources
    this.#open = open
  }

  async query(sparql: string, scope?: Scope, signal?: AbortSignal): Promise<Answer> {
    signal?.throwIfAborted()
    const source = await this.#open(scope, signal)
    const [comunica, { Readable }] = await Promise.all([loadComunica(), import('node:stream')])
    // What a source throws inside Comunica's streams comes out wrapped, or not at all.
    let failure: unknown
    const remember = <T>(run: () => T): T => {
      try {
        return run()
      } catch (cause) {
        failure ??= cause
        throw cause
      }
    }
    const adapter = {
      match: (...pattern: [Match, Match, Match, Match]) => {
        const stream = Readable.from(remember(() => source.match(...pattern)))
        stream.on('error', (cause) => (failure ??= cause))
        return stream
      },
      countQuads: async (...pattern: [Match, Match, Match, Match]) => {
        try {
          return await source.count(...pattern)
        } catch (cause) {
          failure ??= cause
          throw cause
        }
      },
    }
    try {
      const result = await comunica.query(sparql, {
        sources: [adapter as never],
        unionDefaultGraph: true,
      })
      switch (result.resultType) {
        case 'bindings': {
          const { variables } = await result.metadata()
          const rows: Row[] = []
          await drain(await result.execute(), signal, (bindings) => {
            const row: Record<string, Term> = {}
            for (const [variable, term] of bindings) row[variable.value] = term as Term
            rows.push(row)
          })
          return { type: 'bindings', variables: variables.map(({ value }) => value), rows }
        }
        case 'boolean':
          return { type: 'boolean', value: await result.execute() }
        case 'quads': {
          const quads: Quad[] = []
          await drain(await result.execute(), signal, (quad) => quads.push(quad as Quad))
          return { type: 'quads', quads }
        }
        default:
          throw new QueryError('Cannot run an update: this only answers questions', { malformed: true })
      }
    } catch (cause) {
      signal?.throwIfAborted()
      if (failure instanceof VampiraError) throw failure
      if (cause instanceof VampiraError) throw cause
      // Throws for a malformed query. Comunica's own error has no field that says so.
      ;(await querySyntax()).parse(sparql)
      throw new QueryError(`Cannot answer the query: ${String((failure ?? cause) as Error).split('\n')[0]}`, {
        cause: failure ?? cause,
      })
    }
  }

  async close(): Promise<void> {}
}

let loaded: Promise<Comunica> | undefined

/** Loaded at the first question that needs it, and kept: wiring its parts takes longer than most answers. */
function loadComunica(): Promise<Comunica> {
  loaded ??= import('@comunica/query-sparql-rdfjs-lite').then(({ QueryEngine }) => new QueryEngine())
  return loaded
}

interface Drainable<T> {
  on(event: 'data', listener: (item: T) => void): unknown
  on(event: 'end', listener: () => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  destroy?: () => void
}

function drain<T>(
  stream: Drainable<T>,
  signal: AbortSignal | undefined,
  each: (item: T) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      stream.destroy?.()
      reject(signal?.reason as Error)
    }
    signal?.addEventListener('abort', stop, { once: true })
    const settle = (end: () => void) => () => {
      signal?.removeEventListener('abort', stop)
      end()
    }
    stream.on('error', (error) => settle(() => reject(error))())
    stream.on('end', settle(resolve))
    stream.on('data', each)
  })
}
