import { setTimeout as sleep } from 'node:timers/promises'
import { EndpointError } from '../../errors.ts'
import { formatOf } from '../../formats/formats.ts'
import type { Endpoint } from '../../sparql/endpoint.ts'
import { brokenOff, errorCodeOf, readAnswer, refuseFailure, sendRequest } from '../../sparql/send-request.ts'

/** How a remote store is written to. */
export interface WriteOptions {
  /** Milliseconds for one request. */
  timeout?: number
  /** Milliseconds before each further try of a request that the server refused for the moment. */
  retryDelays?: readonly number[]
}

/** Answers and failures after which the same request may be sent again: nothing was begun, or the server is busy. */
const busy = new Set([429, 502, 503, 504])
const broken = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])

/**
 * Puts triples into a named graph by the Graph Store Protocol: PUT replaces it (section 5.3), POST adds to it (5.5).
 * Both may be repeated, since a graph is a set and the triples have no blank nodes. A request that timed out is not
 * repeated: the server may still be at it, and would undo what came after.
 * @param ntriples complete lines, so that no server ever sees a body it cannot parse
 */
export async function writeGraph(
  endpoint: Endpoint,
  graph: string,
  method: 'PUT' | 'POST',
  ntriples: string,
  { timeout, retryDelays = [500, 2000, 5000] }: WriteOptions = {},
): Promise<void> {
  const doing = `Cannot write ‹${graph}› to ${endpoint.name}`
  for (let attempt = 0; ; attempt++) {
    const delay = retryDelays[attempt]
    try {
      const response = await sendRequest(graphUrl(endpoint, graph), endpoint.credentials, {
        method,
        headers: { 'content-type': `${formatOf('ntriples').mediaType}; charset=utf-8` },
        // In UTF-8, as the content type states: without the charset RDF4J reads Latin-1.
        body: Buffer.from(ntriples, 'utf8'),
        ...(timeout === undefined ? {} : { timeout }),
      })
      if (delay === undefined || !busy.has(response.status)) {
        await readAnswer(response, doing, endpoint.credentials)
        return
      }
      await response.body?.cancel()
    } catch (error) {
      if (delay === undefined || !broken.has(errorCodeOf(error))) throw error
    }
    await sleep(delay)
  }
}

/** Removes a named graph; one that is not there is no failure. */
export async function deleteGraph(endpoint: Endpoint, graph: string): Promise<void> {
  const response = await sendRequest(graphUrl(endpoint, graph), endpoint.credentials, { method: 'DELETE' })
  if (response.status === 404) return void (await response.body?.cancel())
  await readAnswer(response, `Cannot remove ‹${graph}› from ${endpoint.name}`, endpoint.credentials)
}

/** The text of a named graph as N-Triples, in pieces as they come; nothing for a graph that is not there. */
export async function* readGraph(
  endpoint: Endpoint,
  graph: string,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  const doing = `Cannot read ‹${graph}› of ${endpoint.name}`
  const response = await sendRequest(graphUrl(endpoint, graph), endpoint.credentials, {
    method: 'GET',
    headers: { accept: formatOf('ntriples').mediaType },
    signal,
  })
  if (response.status === 404) return void (await response.body?.cancel())
  await refuseFailure(response, doing, endpoint.credentials)
  if (response.body === null) return
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const piece of response.body) yield decoder.decode(piece, { stream: true })
    yield decoder.decode()
  } catch (error) {
    throw brokenOff(doing, response, error)
  }
}

function graphUrl(endpoint: Endpoint, graph: string): string {
  if (endpoint.data === undefined) {
    throw new EndpointError(`${endpoint.name} can be asked, but where it takes graphs is not known`, {
      place: { iri: endpoint.query },
      advice: 'Name its query, update and data URLs under [stores.NAME] in vampira.toml, and push to NAME.',
    })
  }
  return `${endpoint.data}${endpoint.data.includes('?') ? '&' : '?'}graph=${encodeURIComponent(graph)}`
}
