import { EndpointError } from '../errors.ts'
import type { Endpoint } from './endpoint.ts'
import { readAnswer, sendRequest } from './send-request.ts'

/** One term of SPARQL 1.1 Query Results JSON, section 3.2.2. */
export interface JsonTerm {
  type: 'uri' | 'literal' | 'typed-literal' | 'bnode'
  value: string
  datatype?: string
  'xml:lang'?: string
}

interface JsonResults {
  boolean?: boolean
  results?: { bindings: Record<string, JsonTerm>[] }
}

/**
 * Rows of a SELECT. Asked by form, because long GETs are refused and a bare query body hangs Virtuoso; answered in JSON,
 * because its end can be checked where a cut CSV looks complete.
 * @throws EndpointError also when the answer is not JSON to its end
 */
export async function select(
  endpoint: Pick<Endpoint, 'name' | 'query' | 'credentials'>,
  sparql: string,
  signal?: AbortSignal,
): Promise<Record<string, JsonTerm>[]> {
  const { results } = await ask(endpoint, sparql, signal)
  if (!Array.isArray(results?.bindings)) throw notSparql(endpoint, 'no bindings')
  return results.bindings
}

/** Whether `ASK {}` is answered with yes: as SPARQL has it, or as a table of one cell, which is Virtuoso's way. */
export async function answersSparql(
  endpoint: Pick<Endpoint, 'name' | 'query' | 'credentials'>,
  signal?: AbortSignal,
): Promise<boolean> {
  const { boolean, results } = await ask(endpoint, 'ASK {}', signal)
  return boolean === true || results?.bindings?.length === 1
}

async function ask(
  endpoint: Pick<Endpoint, 'name' | 'query' | 'credentials'>,
  sparql: string,
  signal?: AbortSignal,
): Promise<JsonResults> {
  const response = await sendRequest(endpoint.query, endpoint.credentials, {
    method: 'POST',
    headers: {
      accept: 'application/sparql-results+json',
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    },
    body: new URLSearchParams({ query: sparql }).toString(),
    signal,
  })
  const text = await readAnswer(response, `Cannot ask ${endpoint.name}`, endpoint.credentials)
  try {
    const answer: unknown = JSON.parse(text)
    if (typeof answer === 'object' && answer !== null) return answer
  } catch (error) {
    throw notSparql(endpoint, 'no JSON', error)
  }
  throw notSparql(endpoint, 'no object')
}

function notSparql(endpoint: Pick<Endpoint, 'name' | 'query'>, what: string, cause?: unknown): EndpointError {
  return new EndpointError(`${endpoint.name} did not answer with SPARQL results (${what})`, {
    place: { iri: endpoint.query },
    advice: 'Check the address, or whether the server cut its answer short.',
    cause,
  })
}
