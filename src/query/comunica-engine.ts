import type { QueryEngine as Comunica } from '@comunica/query-sparql-rdfjs-lite'
import type { Quad, Term } from '@rdfjs/types'
import { QueryError, VampiraError } from '../errors.ts'
import { endedBy } from './ended-by.ts'
import type { QueryEngine, Scope } from './engine.ts'
import type { Answer, Row } from '../sparql/answer.ts'
import { updateRefused } from './malformed-query.ts'
import { querySyntax } from './query-syntax.ts'

/** A term, or null where anything matches. Anything matches a variable, too. */
export type Match = Term | null | undefined

/** Subject, predicate, object and graph. */
export type Pattern = readonly [Match, Match, Match, Match]

/** Quads by pattern, each at most once: what Comunica needs of whatever it is to answer over. */
export interface QuadSource {
  match(...pattern: Pattern): Iterable<Quad> | AsyncIterable<Quad>
  /** How many quads match, or roughly: joins are ordered by it. */
  count(...pattern: Pattern): number | Promise<number>
}

/**
 * Answers by Comunica over quad patterns. The default graph is the union of all. It is the engine for what must cross
 * sources; a question that one source can answer alone is answered there an order of magnitude faster.
 */
export class ComunicaEngine implements QueryEngine {
  readonly sources: readonly string[]
  readonly #source: QuadSource

  constructor(sources: readonly string[], source: QuadSource) {
    this.sources = sources
    this.#source = source
  }

  async query(sparql: string, _scope?: Scope, signal?: AbortSignal): Promise<Answer> {
    signal?.throwIfAborted()
    const failed = new AbortController()
    const stop = signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal])
    try {
      return await endedBy(stop, answer(sparql, this.#source, { failed, stop }))
    } catch (cause) {
      signal?.throwIfAborted()
      if (cause instanceof VampiraError) throw cause
      // Throws for a malformed query. Comunica's own error has no field that says so.
      ;(await querySyntax()).parse(sparql)
      throw new QueryError(`Cannot answer the query: ${String(cause).split('\n')[0]}`, { cause })
    }
  }

  async close(): Promise<void> {}
}

/** How a question ends before its answer: by a failure of the source, or because the caller stops. */
interface Ending {
  /** Aborted with the first error of the source. */
  failed: AbortController
  /** Aborted by either. */
  stop: AbortSignal
}

async function answer(sparql: string, source: QuadSource, { failed, stop }: Ending): Promise<Answer> {
  const comunica = await loadComunica()
  const result = await comunica.query(sparql, {
    sources: [await watch(source, failed)],
    unionDefaultGraph: true,
  })
  switch (result.resultType) {
    case 'bindings': {
      const { variables } = await result.metadata()
      const rows: Row[] = []
      for (const bindings of await readAll(await result.execute(), stop)) {
        rows.push(Object.fromEntries([...bindings].map(([variable, term]) => [variable.value, term])))
      }
      return { type: 'bindings', variables: variables.map(({ value }) => value), rows }
    }
    case 'boolean':
      return { type: 'boolean', value: await result.execute() }
    case 'quads':
      return { type: 'quads', quads: await readAll(await result.execute(), stop) }
    default:
      throw updateRefused()
  }
}

/**
 * The source as Comunica takes one. Its errors go to `failed` and never into Comunica, which wraps them, throws some of
 * them where nobody can catch them, and after a failed count waits for ever.
 */
async function watch(source: QuadSource, failed: AbortController) {
  const { Readable } = await import('node:stream')
  async function* match(pattern: Pattern): AsyncGenerator<Quad> {
    try {
      yield* source.match(...pattern)
    } catch (cause) {
      failed.abort(cause)
    }
  }
  return {
    match: (...pattern: Pattern) => Readable.from(match(pattern)),
    countQuads: async (...pattern: Pattern) => {
      try {
        return await source.count(...pattern)
      } catch (cause) {
        failed.abort(cause)
        return 0
      }
    },
  }
}

interface ResultStream<T> {
  toArray(): Promise<T[]>
  destroy(): void
}

async function readAll<T>(stream: ResultStream<T>, stop: AbortSignal): Promise<T[]> {
  const end = () => stream.destroy()
  stop.addEventListener('abort', end)
  if (stop.aborted) end()
  return stream.toArray()
}

let loaded: Promise<Comunica> | undefined

/** Loaded at the first question that needs it, and kept: wiring its parts takes longer than most answers. */
function loadComunica(): Promise<Comunica> {
  loaded ??= import('@comunica/query-sparql-rdfjs-lite').then(({ QueryEngine }) => new QueryEngine())
  return loaded
}
