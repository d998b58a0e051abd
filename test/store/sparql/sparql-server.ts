import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { namedNode, Store } from 'oxigraph'

export interface Fault {
  /** Asked before each request with its number from 1; true when it answered (or broke the line) itself. */
  (request: IncomingMessage, response: ServerResponse, n: number): boolean | Promise<boolean>
}

/** The SPARQL and Graph Store protocols over an Oxigraph store, on loopback, with faults on demand. */
export async function startSparqlServer(fault: Fault = () => false): Promise<{
  url: string
  store: Store
  /** `PUT {run}#record` and the like, in order, of the requests that were carried out. */
  log: string[]
  /** Changes how it misbehaves from now on. */
  misbehave(fault: Fault): void
  close(): Promise<void>
}> {
  const store = new Store()
  const log: string[] = []
  let current = fault
  let n = 0
  const server = createServer((request, response) => {
    void (async () => {
      if (await current(request, response, ++n)) return
      const url = new URL(request.url ?? '/', 'http://localhost')
      const body = await readBody(request)
      const asked = { method: request.method ?? '', url, body, response }
      if (url.pathname === '/query') answerQuery(store, asked)
      else if (url.pathname === '/store') answerGraph(store, log, asked)
      else response.writeHead(404).end('No such service')
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    store,
    log,
    misbehave(next) {
      current = next
      n = 0
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A request that was read, and where its answer goes. */
interface Asked {
  method: string
  url: URL
  body: string
  response: ServerResponse
}

function answerQuery(store: Store, { url, body, response }: Asked): void {
  const query = url.searchParams.get('query') ?? new URLSearchParams(body).get('query') ?? ''
  const isGraph = /^\s*(?:CONSTRUCT|DESCRIBE)\b/i.test(query)
  const type = isGraph ? 'application/n-triples' : 'application/sparql-results+json'
  const results = store.query(query, { results_format: type })
  response.writeHead(200, { 'content-type': type, server: 'Oxigraph/test' }).end(results)
}

function answerGraph(store: Store, log: string[], { method, url, body, response }: Asked): void {
  const graph = namedNode(url.searchParams.get('graph') ?? '')
  const isThere = store.match(null, null, null, graph).length > 0
  if (method === 'GET') {
    if (!isThere) return void response.writeHead(404).end()
    const text = store.dump({ format: 'application/n-triples', from_graph_name: graph })
    return void response.writeHead(200, { 'content-type': 'application/n-triples' }).end(text)
  }
  log.push(`${method} ${graph.value}`)
  if (method === 'PUT' || method === 'DELETE') store.update(`DROP SILENT GRAPH <${graph.value}>`)
  if (method === 'PUT' || method === 'POST') {
    store.load(body, { format: 'application/n-triples', to_graph_name: graph })
  }
  response.writeHead(204).end()
}

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString('utf8')
}
