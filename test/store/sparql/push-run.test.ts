import type { ServerResponse } from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import { EndpointError, StoreError } from '../../../src/errors.ts'
import { listPushedRuns } from '../../../src/store/sparql/list-pushed.ts'
import { pushRun } from '../../../src/store/sparql/push-run.ts'
import { endpoint, server, startServerForEach } from './fresh-server.ts'
import { storeOf, writeRun } from './written-run.ts'

startServerForEach()

const run = 'urn:uuid:019343c2-8a10-7c3e-9d55-3f2b7a1c0001'
const { record, summary } = writeRun(run, 50)
const store = storeOf(run, record, summary)
const quick = { retryDelays: [0, 0], chunkSize: 100 }

afterEach(() => {
  vi.useRealTimers()
})

/** The requests that changed a graph of the run. */
const writes = (): string[] =>
  server.log.filter((line) => line.includes(run)).map((line) => line.replace(run, ''))

test('A run goes over in chunks, record first and summary last, and is the same there', async () => {
  const seen: number[] = []
  const { graphs } = await pushRun(store, endpoint, run, {
    ...quick,
    onProgress: ({ sentTriples }) => seen.push(sentTriples),
  })
  // 50 calls of 7 triples and the run's two; what stands twice in the text counts once.
  expect(graphs.map(({ part, count, outcome }) => [part, count, outcome])).toEqual([
    ['record', 352, 'sent'],
    ['summary', 4, 'sent'],
  ])
  expect(writes()).toEqual(['PUT #record', 'POST #record', 'POST #record', 'POST #record', 'PUT #summary'])
  expect(seen).toEqual([100, 200, 300, 353, 4])
  expect(await listPushedRuns(endpoint)).toEqual(new Set([run]))
  expect(
    server.store.query(`SELECT ?t { GRAPH <${run}#record> { <${run}#call-7> ?p ?t FILTER isLiteral(?t) } }`),
  ).toHaveLength(5)
})

test('A run that is there is not sent again', async () => {
  await pushRun(store, endpoint, run, quick)
  server.log.length = 0
  const { graphs } = await pushRun(store, endpoint, run, quick)
  expect(graphs.map(({ outcome }) => outcome)).toEqual(['there', 'there'])
  expect(writes()).toEqual([])
})

test('Notes that were added later follow without the rest', async () => {
  await pushRun(store, endpoint, run, quick)
  server.log.length = 0
  const note = `GRAPH <${run}#notes-1> { <${run}> <http://www.w3.org/2000/01/rdf-schema#comment> "later" }`
  await pushRun(storeOf(run, record, summary, [note]), endpoint, run, quick)
  expect(writes()).toEqual(['PUT #notes-1'])
})

test('A record that differs there is replaced, and the run is not seen meanwhile', async () => {
  await pushRun(store, endpoint, run, quick)
  server.store.update(
    `DELETE WHERE { GRAPH <${run}#record> { <${run}#call-3> ?p ?o } } ; INSERT DATA { GRAPH <${run}#record> { ${Array.from({ length: 7 }, (_, n) => `<urn:x> <urn:y> ${n} .`).join(' ')} } }`,
  )
  server.log.length = 0
  const { graphs } = await pushRun(store, endpoint, run, quick)
  expect(graphs.map(({ outcome }) => outcome)).toEqual(['sent', 'sent'])
  expect(writes()[0]).toBe('DELETE #summary')
  expect(writes().at(-1)).toBe('PUT #summary')
  expect(
    (await pushRun(store, endpoint, run, quick)).graphs.every(({ outcome }) => outcome === 'there'),
  ).toBe(true)
})

test('A run with notes whose record differs there is not seen while it is replaced', async () => {
  const note = `GRAPH <${run}#notes-1> { <${run}> <http://www.w3.org/2000/01/rdf-schema#comment> "a" }`
  const noted = storeOf(run, record, summary, [note])
  await pushRun(noted, endpoint, run, quick)
  server.store.update(`DELETE WHERE { GRAPH <${run}#record> { <${run}#call-3> ?p ?o } }`)
  server.log.length = 0
  const { graphs } = await pushRun(noted, endpoint, run, quick)
  expect(graphs.map(({ part, outcome }) => [part, outcome])).toEqual([
    ['record', 'sent'],
    ['notes', 'there'],
    ['summary', 'sent'],
  ])
  expect([writes()[0], writes().at(-1)]).toEqual(['DELETE #summary', 'PUT #summary'])
})

test('A summary that differs there is replaced, and its record is left alone', async () => {
  await pushRun(store, endpoint, run, quick)
  server.store.update(`DELETE WHERE { GRAPH <${run}#summary> { <${run}#component-1> ?p ?o } }`)
  server.log.length = 0
  await pushRun(store, endpoint, run, quick)
  expect(writes()).toEqual(['PUT #summary'])
})

// The summary has two triples of its components, and two that make the run seen.
test.each([
  { components: 96, requests: ['PUT'] },
  { components: 97, requests: ['PUT', 'POST'] },
  { components: 98, requests: ['PUT', 'POST'] },
  { components: 248, requests: ['PUT', 'POST', 'POST'] },
])(
  'A summary of $components more triples, a hundred a request, is seen when its last request is there',
  async ({ components, requests }) => {
    const extra = Array.from(
      { length: components },
      (_, n) => `<${run}#component-${n + 2}> <urn:p> "${n}" <${run}#summary> .\n`,
    ).join('')
    const sealed: unknown[] = []
    server.misbehave((request) => {
      const isWrite = request.method === 'PUT' || request.method === 'POST'
      if (isWrite && request.url?.includes('summary')) {
        sealed.push(
          server.store.query(
            `ASK { GRAPH <${run}#summary> { { ?g a <https://w3id.org/vampira#Summary> } UNION { <${run}> ?p ?o } } }`,
          ),
        )
      }
      return false
    })
    await pushRun(storeOf(run, record, summary + extra), endpoint, run, quick)
    expect(writes().filter((line) => line.endsWith('#summary'))).toEqual(
      requests.map((method) => `${method} #summary`),
    )
    expect(sealed).toEqual(requests.map(() => false))
    expect(await listPushedRuns(endpoint)).toEqual(new Set([run]))
  },
)

test('A summary that the server does not keep whole is removed, so that the run is not seen', async () => {
  server.misbehave((request) => {
    if (request.method === 'GET')
      server.store.update(`DELETE WHERE { GRAPH <${run}#summary> { <${run}#component-1> ?p ?o } }`)
    return false
  })
  const failure = await pushRun(store, endpoint, run, quick).catch((error: unknown) => error)
  expect(failure).toMatchObject({
    message: expect.stringMatching(/holds 2 triples where 4 were sent in ‹.*#summary›$/),
    place: { iri: `${run}#summary` },
    advice: expect.stringContaining('Push again'),
  })
  expect(writes().at(-1)).toBe('DELETE #summary')
})

test('A record that the server does not keep whole stays there, for the next push to compare', async () => {
  server.misbehave((request) => {
    if (request.method === 'GET')
      server.store.update(`DELETE WHERE { GRAPH <${run}#record> { <${run}#call-9> ?p ?o } }`)
    return false
  })
  await expect(pushRun(store, endpoint, run, quick)).rejects.toThrow('holds 345 triples where 352 were sent')
  expect(writes().filter((line) => !/^(PUT|POST) #record$/.test(line))).toEqual([])
})

test('A server that gives a graph back in broken N-Triples is named in the error', async () => {
  server.misbehave((request, response) => {
    if (request.method !== 'GET' || !request.url?.includes('record')) return false
    response.writeHead(200, { 'content-type': 'application/n-triples' }).end('<urn:a> <urn:b> oops .\n')
    return true
  })
  const failure = await pushRun(store, endpoint, run, quick).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(EndpointError)
  expect(failure).toMatchObject({
    message: expect.stringMatching(/ gave ‹.*#record› back in broken N-Triples: /),
    place: { iri: `${run}#record`, line: 1 },
  })
})

const answer = (status: number, text: string) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(text)
}

test.each([
  { fault: 'an error', act: answer(500, 'out of memory\n at x'), message: 'it answered 500 (out of memory)' },
  {
    fault: 'a full disk',
    act: answer(500, 'write failed: No space left on device'),
    message: 'it answered 500 (write failed: No space left on device)',
  },
  { fault: 'a question for a password', act: answer(401, ''), message: 'it asks for a password' },
  { fault: 'a refusal', act: answer(403, ''), message: 'this is not allowed to us' },
  { fault: 'too large a body', act: answer(413, ''), message: 'it answered 413' },
  {
    fault: 'a broken line',
    act: (response: ServerResponse) => void response.destroy(),
    message: 'the connection broke',
  },
])(
  '$fault in the middle is an error of one line, nothing half is seen, and a second push completes it',
  async ({ act, message }) => {
    server.misbehave((request, response) => {
      const isThird = server.log.filter((line) => line.endsWith('#record')).length >= 2
      if (request.method !== 'POST' || !request.url?.includes('record') || !isThird) return false
      act(response)
      return true
    })
    const failure = await pushRun(store, endpoint, run, quick).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(EndpointError)
    expect((failure as Error).message).toContain(message)
    expect((failure as Error).message).not.toContain('\n')
    server.misbehave(() => false)
    expect(await listPushedRuns(endpoint)).toEqual(new Set())
    await pushRun(store, endpoint, run, quick)
    expect(await listPushedRuns(endpoint)).toEqual(new Set([run]))
  },
)

test('A server that is busy for a moment is asked again', async () => {
  let refused = 0
  server.misbehave((request, response) => {
    if (request.method !== 'PUT' || refused >= 2) return false
    refused += 1
    response.writeHead(503).end()
    return true
  })
  await pushRun(store, endpoint, run, quick)
  expect(refused).toBe(2)
})

test('A server that does not answer in time is named in the error, and is not asked twice', async () => {
  let asked = 0
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  server.misbehave((request) => {
    if (request.method !== 'PUT' || !request.url?.includes('record')) return false
    asked += 1
    vi.advanceTimersByTime(100_000)
    return true
  })
  await expect(pushRun(store, endpoint, run, { ...quick, timeout: 100_000 })).rejects.toThrow(
    'no answer within 100 s',
  )
  expect(asked).toBe(1)
})

test('A server that loses a triple is caught by the count, one that changes a triple by the digest', async () => {
  server.misbehave((request) => {
    if (request.method === 'GET')
      server.store.update(
        `DELETE WHERE { GRAPH ?g { <${run}#call-9> ?p "9.50E1"^^<http://www.w3.org/2001/XMLSchema#double> } } ; DELETE WHERE { GRAPH ?g { <${run}#call-9> ?p 95.0E0 } }`,
      )
    return false
  })
  await expect(pushRun(store, endpoint, run, quick)).rejects.toThrow('holds 351 triples where 352 were sent')
  server.misbehave((request) => {
    if (request.method === 'GET')
      server.store.update(
        `DELETE { GRAPH ?g { ?s ?p 8 } } INSERT { GRAPH ?g { ?s ?p 8000 } } WHERE { GRAPH ?g { ?s ?p 8 } }`,
      )
    return false
  })
  await expect(pushRun(store, endpoint, run, quick)).rejects.toThrow('holds other triples than were sent')
  server.misbehave(() => false)
  expect(await listPushedRuns(endpoint)).toEqual(new Set())
})

test('An answer that is cut off is an error, not an empty answer', async () => {
  server.misbehave((request, response) => {
    if (request.method !== 'GET') return false
    response.writeHead(200, { 'content-length': '5000' })
    response.write('<urn:a> <urn:b> "c', () => response.destroy())
    return true
  })
  await expect(pushRun(store, endpoint, run, quick)).rejects.toThrow('broke off in the middle')
})

test('JSON that is cut off inside a 200 is an error', async () => {
  server.misbehave((request, response) => {
    if (!request.url?.startsWith('/query')) return false
    response
      .writeHead(200, { 'content-type': 'application/sparql-results+json' })
      .end('{"head":{},"results":{"bindings":[')
    return true
  })
  await expect(listPushedRuns(endpoint)).rejects.toThrow('broke off in the middle of its answer')
})

test('An interrupted push stops between two requests and is completed by the next', async () => {
  const interrupt = new AbortController()
  const pushed = pushRun(store, endpoint, run, {
    ...quick,
    signal: interrupt.signal,
    onProgress: () => interrupt.abort(),
  })
  await expect(pushed).rejects.toThrow('was interrupted')
  expect(writes()).toEqual(['PUT #record'])
  expect(await listPushedRuns(endpoint)).toEqual(new Set())
  await pushRun(store, endpoint, run, quick)
  expect(await listPushedRuns(endpoint)).toEqual(new Set([run]))
})

test.each([
  { what: 'broken TriG', text: record.replace('run:call-40 a', 'run:call-40 a a'), message: 'is damaged' },
  { what: 'a cut end', text: record.slice(0, -40), message: 'is damaged' },
  {
    what: 'triples of another graph',
    text: record.replace('GRAPH run:record', 'GRAPH run:other'),
    message: 'has triples of ‹urn:uuid:019343c2-8a10-7c3e-9d55-3f2b7a1c0001#other›',
  },
  {
    what: 'triples of no graph',
    text: `${record}<urn:a> <urn:b> <urn:c> .\n`,
    message: 'has triples of the default graph',
  },
  { what: 'a blank node', text: record.replace('run:call-40 a', '[] a'), message: 'no blank nodes' },
])('A record with $what is refused before anything is sent', async ({ text, message }) => {
  const failure = await pushRun(storeOf(run, text, summary), endpoint, run, quick).catch(
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(StoreError)
  expect(`${(failure as StoreError).message} ${(failure as StoreError).advice}`).toContain(message)
  if (message === 'is damaged') {
    expect(failure).toMatchObject({
      place: { iri: `${run}#record`, line: expect.any(Number) },
      advice: 'Bring that run back from a copy, or leave it out.',
    })
  }
  expect(writes()).toEqual([])
})
