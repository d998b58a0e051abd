import type { ServerResponse } from 'node:http'
import type { QueryEndpoint } from '../../src/sparql/endpoint.ts'
import { endpointAt, listen } from '../sparql/listen.ts'

/** How an endpoint may fail; what a working one does is tried on real servers, in test/integration. */
export const faults = {
  'breaks off in the middle of its answer': (response: ServerResponse) => {
    response.writeHead(200, { ...json, 'content-length': String(answer.length) })
    response.write(answer.slice(0, answer.length / 2), () => response.destroy())
  },
  'ends its answer in the middle as if that were its end': (response: ServerResponse) => {
    response.writeHead(200, json)
    response.end(answer.slice(0, answer.length / 2))
  },
  'writes an error message behind its answer': (response: ServerResponse) => {
    response.writeHead(200, json)
    response.end(`${answer}\nQuery timed out`)
  },
  'answers 200 with nothing': (response: ServerResponse) => {
    response.writeHead(200, json)
    response.end()
  },
  'answers with a web page': (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end('<html><title>Please log in</title></html>')
  },
  'answers with JSON that is no SPARQL result': (response: ServerResponse) => {
    response.writeHead(200, json)
    response.end('{"message": "ok"}')
  },
  'asks for a password': (response: ServerResponse) => {
    response.writeHead(401)
    response.end()
  },
  fails: (response: ServerResponse) => {
    response.writeHead(500)
    response.end('java.lang.OutOfMemoryError: Java heap space\n at Thing')
  },
  'refuses the query': (response: ServerResponse) => {
    response.writeHead(400)
    response.end('Unsupported: GROUP_CONCAT')
  },
  'says that its time was up': (response: ServerResponse) => {
    response.writeHead(200, {
      ...json,
      'x-sql-state': 'S1TAT',
      'x-sql-message':
        'RC...: Returning incomplete results, query interrupted by result timeout.  Activity: 5 rnd',
      'x-exec-milliseconds': '2826',
    })
    response.end(answer)
  },
  'says that it gives a part': (response: ServerResponse) => {
    response.writeHead(206, json)
    response.end(answer)
  },
  'never answers': () => {},
  'answers slower than anyone waits': (response: ServerResponse) => {
    response.writeHead(200, json)
    response.write(answer.slice(0, 10))
  },
} satisfies Record<string, (response: ServerResponse) => void>

const json = { 'content-type': 'application/sparql-results+json' }
const answer = JSON.stringify({
  head: { vars: ['s'] },
  results: {
    bindings: Array.from({ length: 100 }, (_, n) => ({ s: { type: 'uri', value: `urn:thing:${n}` } })),
  },
})

/** An endpoint with this fault. It is closed when the test ends. */
export async function startFaulty(fault: keyof typeof faults): Promise<{ endpoint: QueryEndpoint }> {
  const { url } = await listen((response) => faults[fault](response))
  return { endpoint: endpointAt(`${url}/sparql`) }
}
