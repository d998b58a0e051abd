import { formatOf } from '../formats/formats.ts'
import type { Answer, Row } from './answer.ts'
import type { QueryEndpoint } from './endpoint.ts'
import { queryForm } from './query-form.ts'
import { readSparqlJson } from './read-results.ts'
import type { TakePartial } from './partial-answer.ts'
import { readTriples } from './read-triples.ts'
import { readAnswer, sendRequest } from './send-request.ts'
import { unreadableAnswer } from './unreadable-answer.ts'

export interface AskOptions extends TakePartial {
  /** Milliseconds until the whole answer is there; two minutes if not given. */
  timeout?: number | undefined
  signal?: AbortSignal | undefined
}

/**
 * Asks one SPARQL 1.1 endpoint and reads its whole answer. The query is sent as a form
 * (https://www.w3.org/TR/sparql11-protocol/#query-via-post-urlencoded), because servers refuse long GETs, and Virtuoso
 * hangs when the body is the bare query. The answer comes as JSON, or as N-Triples for graphs: in these an answer that
 * was cut off is an error, while a CSV that was cut off looks complete.
 * @throws EndpointError when there is no answer, or no complete one, or none in SPARQL
 */
export async function askEndpoint(
  endpoint: QueryEndpoint,
  sparql: string,
  { timeout, signal, onPartial }: AskOptions = {},
): Promise<Answer> {
  const form = queryForm(sparql)
  const isGraph = form === 'CONSTRUCT' || form === 'DESCRIBE'
  const response = await sendRequest(endpoint.query, endpoint.credentials, {
    method: 'POST',
    headers: {
      accept: isGraph ? formatOf('ntriples').mediaType : 'application/sparql-results+json',
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    },
    body: new URLSearchParams({ query: sparql }).toString(),
    ...(timeout === undefined ? {} : { timeout }),
    signal,
  })
  const text = await readAnswer(response, `Cannot ask ${endpoint.name}`, endpoint.credentials, {
    onPartial,
  })
  try {
    return isGraph ? { type: 'quads', quads: await readTriples(text) } : readSparqlJson(text)
  } catch (cause) {
    throw unreadableAnswer(endpoint, text, cause)
  }
}

/**
 * The rows of a SELECT.
 * @throws EndpointError as {@link askEndpoint} does
 */
export async function select(
  endpoint: QueryEndpoint,
  sparql: string,
  signal?: AbortSignal,
): Promise<readonly Row[]> {
  const answer = await askEndpoint(endpoint, sparql, { signal })
  if (answer.type === 'bindings') return answer.rows
  throw unreadableAnswer(endpoint, '{}', new Error('the answer to a SELECT has no bindings'))
}

/** Whether the endpoint says yes to `ASK {}`: in SPARQL's way, or in Virtuoso's, as a table of one cell. */
export async function answersSparql(endpoint: QueryEndpoint, signal?: AbortSignal): Promise<boolean> {
  const answer = await askEndpoint(endpoint, 'ASK {}', { signal })
  return answer.type === 'boolean' ? answer.value : answer.type === 'bindings' && answer.rows.length === 1
}
