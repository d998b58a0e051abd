import { EndpointError, QueryError } from '../errors.ts'
import type { Endpoint } from '../sparql/endpoint.ts'
import { readAnswer, sendRequest } from '../sparql/send-request.ts'
import { Dataset } from './dataset.ts'
import type { QueryEngine, Scope } from './engine.ts'
import type { Answer } from '../sparql/answer.ts'
import { queryForm } from '../sparql/query-form.ts'
import { servicesOf } from './split-query.ts'
import { querySyntax } from './query-syntax.ts'
import { readSparqlJson } from '../sparql/read-results.ts'

export type QueryEndpoint = Pick<Endpoint, 'name' | 'query' | 'credentials'>

/**
 * Asks one SPARQL 1.1 endpoint (https://www.w3.org/TR/sparql11-protocol/#query-via-post-urlencoded). Answers are taken
 * as JSON, or N-Triples for graphs, and read to their end: one that breaks off is an error, never a shorter answer.
 */
export class RemoteEngine implements QueryEngine {
  readonly sources: readonly string[]
  readonly endpoint: QueryEndpoint
  readonly #timeout: number | undefined

  /** @param timeout milliseconds until the whole answer is there */
  constructor(endpoint: QueryEndpoint, timeout?: number) {
    this.endpoint = endpoint
    this.sources = [endpoint.name]
    this.#timeout = timeout
  }

  async query(sparql: string, _scope?: Scope, signal?: AbortSignal): Promise<Answer> {
    signal?.throwIfAborted()
    if (/\bservice\b/i.test(sparql)) await this.#allowServices(sparql)
    try {
      return await this.#ask(sparql, signal)
    } catch (cause) {
      signal?.throwIfAborted()
      throw cause
    }
  }

  async close(): Promise<void> {}

  async #ask(sparql: string, signal: AbortSignal | undefined): Promise<Answer> {
    const form = queryForm(sparql)
    const graph = form === 'CONSTRUCT' || form === 'DESCRIBE'
    const response = await this.#send(
      sparql,
      graph ? 'application/n-triples' : 'application/sparql-results+json',
      signal,
    )
    if (response.status === 400) await refuse(sparql, this.endpoint.name, response)
    const doing = `Cannot ask ${this.endpoint.name}`
    const text = await readAnswer(response, doing, this.endpoint.credentials)
    return graph ? this.#readGraph(text) : this.#readRows(text)
  }

  /** A server would ask any other that a query names; only what people gave as a source is asked. */
  async #allowServices(sparql: string): Promise<void> {
    for (const service of servicesOf((await querySyntax()).parse(sparql))) {
      if (service !== this.endpoint.query && service !== this.endpoint.name) throw foreignService(service)
    }
  }

  #send(sparql: string, accept: string, signal: AbortSignal | undefined): Promise<Response> {
    const { query, credentials } = this.endpoint
    return sendRequest(query, credentials, {
      method: 'POST',
      headers: { accept, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: new URLSearchParams({ query: sparql }).toString(),
      ...(this.#timeout === undefined ? {} : { timeout: this.#timeout }),
      signal,
    })
  }

  async #readRows(text: string): Promise<Answer> {
    const { DataFactory } = await import('n3')
    try {
      return readSparqlJson(text, DataFactory)
    } catch (cause) {
      throw this.#unreadable(text, cause)
    }
  }

  async #readGraph(text: string): Promise<Answer> {
    const dataset = await Dataset.create()
    try {
      dataset.load([text], 'application/n-triples')
    } catch (cause) {
      throw this.#unreadable(text, cause)
    }
    return dataset.query('CONSTRUCT WHERE { ?s ?p ?o }')
  }

  #unreadable(text: string, cause: unknown): EndpointError {
    const place = { iri: this.endpoint.query }
    const start = text.trimStart()
    if (start === '') {
      return new EndpointError(`${this.endpoint.name} answered with nothing`, {
        cause,
        place,
        advice:
          'Ask again; if it stays so, the query asks the server for something that it cannot reach or do.',
      })
    }
    if (isJson(start)) {
      return new EndpointError(`${this.endpoint.name} answered with JSON that is no SPARQL result`, {
        cause,
        place,
        advice: 'Give the address of its query endpoint; it often ends in /sparql or /query.',
      })
    }
    if (start.startsWith('{')) {
      return new EndpointError(
        `${this.endpoint.name} broke off in the middle of its answer, after ${text.length.toLocaleString('en')} characters`,
        {
          cause,
          place,
          advice: 'Ask for less at a time (a LIMIT, one run), or raise the time-out of the server.',
        },
      )
    }
    const said = start.split('\n')[0]?.slice(0, 80) ?? ''
    return new EndpointError(`${this.endpoint.name} did not answer as a SPARQL endpoint does, but: ${said}`, {
      cause,
      place,
      advice: 'Give the address of its query endpoint; it often ends in /sparql or /query.',
    })
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

export function foreignService(url: string | undefined): QueryError {
  return new QueryError(
    `The query asks SERVICE ${url === undefined ? '?variable' : `<${url}>`}, not one of its sources`,
    {
      ...(url === undefined ? {} : { place: { iri: url } }),
      advice: 'Name it by its address, and as a source too, if it is to be asked.',
    },
  )
}

/** A 400 for a query that is malformed says so with its line and column; else in the server's words. */
async function refuse(sparql: string, name: string, response: Response): Promise<never> {
  const said = (await response.text().catch(() => '')).trim().split('\n')[0]?.slice(0, 160) ?? ''
  const checker = await Dataset.create()
  checker.query(sparql)
  throw new QueryError(`${name} refused the query: ${said === '' ? 'it does not say why' : said}`, {
    place: { iri: response.url },
    advice: 'It is SPARQL 1.1, but this server wants it put otherwise.',
  })
}
