import { EndpointError, UsageError, type EndpointFault } from '../errors.ts'
import { answersSparql } from './ask.ts'
import type { Credentials, Endpoint, Layout } from './endpoint.ts'
import { findCredentials } from './find-credentials.ts'
import { sendRequest } from './send-request.ts'

/** Faults after which another address of the same server is tried: it answered, but not in SPARQL. */
const answered: ReadonlySet<EndpointFault | undefined> = new Set(['status', 'not-sparql', 'broke-off'])

interface Candidate {
  layout: Layout
  query: string
  update: string | undefined
  data: string | undefined
}

const saysNo = '“no” to ASK {}'
const unknownServer = 'SPARQL as no known server'

/** Last path segments that people copy along with a store's address. */
const services = /\/(query|sparql|update|data|store|get|statements)$/

/**
 * Finds out where a server takes queries, updates and graphs, by asking it. A person gives one URL: of a Fuseki dataset
 * (`http://host:3030/ds`), an Oxigraph server, an RDF4J or GraphDB repository (`…/repositories/ID`), a Virtuoso server
 * or its /sparql, or any of their service addresses. Any other SPARQL endpoint can be asked, but not pushed to.
 * @throws UsageError for what is no http(s) URL or carries a password
 * @throws EndpointError when nobody answers there, or nobody who speaks SPARQL
 */
export async function recogniseEndpoint(
  url: string,
  { environment = process.env, signal }: { environment?: NodeJS.ProcessEnv; signal?: AbortSignal } = {},
): Promise<Endpoint> {
  const given = parseUrl(url)
  const credentials = findCredentials(given.href, environment)
  const name = given.href.replace(/\/$/, '')
  /** What was answered → the addresses that answered so. */
  const answers = new Map<string, string[]>()
  for (const candidate of candidatesFor(given)) {
    const found = await tryCandidate(candidate, name, credentials, signal)
    if (typeof found !== 'string') return found
    answers.set(found, [...(answers.get(found) ?? []), candidate.query])
  }
  const heard = [...answers].map(([answer, addresses]) => `${answer} at ${addresses.join(', ')}`)
  // Whatever the address, it answers like this: it says nothing of what is there.
  if ([...answers.keys()].every((answer) => /^5\d\d/.test(answer))) {
    throw new EndpointError(`The server at ${name} cannot answer now: it answered ${heard.join('; ')}`, {
      place: { iri: name },
      advice: 'Try again later, or ask whoever runs it.',
    })
  }
  throw new EndpointError(
    `There is no SPARQL store of a known layout at ${name}: it answered ${heard.join('; ')}`,
    {
      place: { iri: name },
      advice:
        'Give the address of the store itself (Fuseki: http://host:3030/DATASET; RDF4J: …/repositories/ID), or name its ' +
        'query, update and data URLs under [stores.NAME] in vampira.toml.',
    },
  )
}

function parseUrl(text: string): URL {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new UsageError(`‹${text}› is not the URL of a server`, {
      advice: 'Give an http:// or https:// URL.',
    })
  }
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') {
    url.username = ''
    url.password = ''
    const { user, password } = findCredentials(url.href).variables
    throw new UsageError(
      `The URL of ${url.host} carries a password, which would end up in histories and logs`,
      {
        advice: `Set ${user} and ${password} instead, and give ${url.href}.`,
      },
    )
  }
  url.hash = ''
  url.search = ''
  return url
}

function candidatesFor(url: URL): Candidate[] {
  const { origin } = url
  const whole = url.href.replace(/\/+$/, '')
  const base = whole.replace(services, '')
  const candidates: Candidate[] = []
  if (/\/repositories\/[^/]+$/.test(base)) {
    const data = `${base}/rdf-graphs/service`
    candidates.push({ layout: 'rdf4j', query: base, update: `${base}/statements`, data })
  }
  // The headers of the answer say which of the two it is.
  for (const service of ['query', 'sparql']) {
    candidates.push({
      layout: 'fuseki',
      query: `${base}/${service}`,
      update: `${base}/update`,
      data: `${base}/data`,
    })
  }
  candidates.push({
    layout: 'virtuoso',
    query: `${origin}/sparql`,
    update: `${origin}/sparql`,
    data: `${origin}/sparql-graph-crud`,
  })
  candidates.push({ layout: 'sparql', query: whole, update: undefined, data: undefined })
  return candidates
}

/** @returns the endpoint, or what the server answered instead of being one */
async function tryCandidate(
  candidate: Candidate,
  name: string,
  credentials: Credentials,
  signal: AbortSignal | undefined,
): Promise<Endpoint | string> {
  const endpoint = { name, ...candidate, credentials }
  const { headers, status } = await sendRequest(`${candidate.query}?query=ASK%7B%7D`, credentials, {
    method: 'GET',
    headers: { accept: 'application/sparql-results+json' },
    timeout: 30_000,
    signal,
  }).then(async (response) => {
    await response.body?.cancel()
    return response
  })
  // A server that asks for a password is there. The error of the question then names the variables for it.
  if (status === 401 || status === 403) return (await answersSparql(endpoint, signal)) ? endpoint : saysNo
  if (status !== 200) return String(status)
  const answer = await answersSparql(endpoint, signal).catch(faultIfItAnswered)
  if (typeof answer === 'string') return answer
  if (!answer) return saysNo
  const server = headers.get('server') ?? ''
  switch (candidate.layout) {
    case 'fuseki': {
      if (/^Oxigraph\b/i.test(server)) {
        const base = candidate.query.replace(services, '')
        return { ...endpoint, layout: 'oxigraph', update: `${base}/update`, data: `${base}/store` }
      }
      return headers.has('fuseki-request-id') || /fuseki/i.test(server) ? endpoint : unknownServer
    }
    case 'virtuoso':
      return /virtuoso/i.test(server) ? endpoint : unknownServer
    case 'rdf4j':
      return (await isGraphDb(candidate.query, credentials)) ? { ...endpoint, layout: 'graphdb' } : endpoint
    default:
      return endpoint
  }
}

/** GraphDB keeps RDF4J's addresses and adds a management API of its own. */
async function isGraphDb(repository: string, credentials: Credentials): Promise<boolean> {
  const url = repository.replace(/\/repositories\/[^/]+$/, '/rest/repositories')
  const response = await sendRequest(url, credentials, { method: 'GET', timeout: 10_000 }).catch(
    () => undefined,
  )
  await response?.body?.cancel()
  return response?.ok === true && (response.headers.get('content-type') ?? '').includes('json')
}

/** What a server answered that answers in another way: it may have another layout. Any other failure ends the search. */
function faultIfItAnswered(error: unknown): string {
  if (!(error instanceof EndpointError) || !answered.has(error.fault)) throw error
  return error.status === undefined ? '200 and no SPARQL' : `${error.status} to a question`
}
