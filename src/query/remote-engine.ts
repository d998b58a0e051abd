import { EndpointError, QueryError } from '../errors.ts'
import type { Answer } from '../sparql/answer.ts'
import { askEndpoint } from '../sparql/ask.ts'
import type { AskOptions } from '../sparql/ask.ts'
import type { QueryEndpoint } from '../sparql/endpoint.ts'
import { checkServices } from './check-services.ts'
import { Dataset } from './dataset.ts'
import type { QueryEngine, Scope } from './engine.ts'

/** Asks one SPARQL 1.1 endpoint, which gets each query whole. */
export class RemoteEngine implements QueryEngine {
  readonly sources: readonly string[]
  readonly endpoint: QueryEndpoint
  readonly #options: Omit<AskOptions, 'signal'>

  constructor(endpoint: QueryEndpoint, options: Omit<AskOptions, 'signal'> = {}) {
    this.endpoint = endpoint
    this.sources = [endpoint.name]
    this.#options = options
  }

  async query(sparql: string, _scope?: Scope, signal?: AbortSignal): Promise<Answer> {
    signal?.throwIfAborted()
    await checkServices(sparql, [this.endpoint.query, this.endpoint.name])
    try {
      return await askEndpoint(this.endpoint, sparql, { ...this.#options, signal })
    } catch (cause) {
      signal?.throwIfAborted()
      if (cause instanceof EndpointError && cause.status === 400)
        throw await whyRefused(sparql, this.endpoint, cause)
      throw cause
    }
  }

  async close(): Promise<void> {}
}

/**
 * What is wrong with a query that a server refused with 400.
 * @returns an error in the server's words, for a query that is right
 * @throws QueryError with line and column, for one that is malformed: servers seldom name them
 */
async function whyRefused(
  sparql: string,
  { name, query }: QueryEndpoint,
  refusal: EndpointError,
): Promise<QueryError> {
  const checker = await Dataset.create()
  checker.query(sparql)
  return new QueryError(`${name} refused the query: ${refusal.said || 'it does not say why'}`, {
    place: { iri: query },
    advice: 'It is SPARQL 1.1, but this server wants it put otherwise.',
    cause: refusal,
  })
}
