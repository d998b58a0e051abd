import { expect, test } from 'vitest'
import { EndpointError } from '../../../src/errors.ts'
import type { Endpoint } from '../../../src/sparql/endpoint.ts'
import { deleteGraph, readGraph, writeGraph } from '../../../src/store/sparql/graph-store.ts'
import { endpointAt, listen } from '../../sparql/listen.ts'

const graph = 'urn:uuid:1#record'
const triple = '<urn:a> <urn:b> "é" .\n'
const writable = (url: string, authorization?: string): Endpoint => ({
  ...endpointAt(`${url}/query`, authorization),
  layout: 'named',
  update: undefined,
  data: `${url}/data`,
})

async function textOf(endpoint: Endpoint): Promise<string> {
  let text = ''
  for await (const piece of readGraph(endpoint, graph)) text += piece
  return text
}

test.each(['PUT', 'POST'] as const)(
  'A %s sends N-Triples in UTF-8 to the graph that is named',
  async (method) => {
    const server = await listen((response) => response.writeHead(204).end())
    await writeGraph(writable(server.url, 'Bearer abc'), graph, method, triple)
    expect(server.received).toMatchObject([
      {
        method,
        path: '/data?graph=urn%3Auuid%3A1%23record',
        body: triple,
        headers: { 'content-type': 'application/n-triples; charset=utf-8', authorization: 'Bearer abc' },
      },
    ])
  },
)

test('A graph is named after what the address asks for already', async () => {
  const server = await listen((response) => response.writeHead(204).end())
  const endpoint = { ...writable(server.url), data: `${server.url}/data?repository=lab` }
  await deleteGraph(endpoint, 'urn:g')
  expect(server.received).toMatchObject([{ method: 'DELETE', path: '/data?repository=lab&graph=urn%3Ag' }])
})

test('A server that moved is not followed, and its new address gets neither triples nor credentials', async () => {
  const elsewhere = await listen((response) => response.end())
  const moved = await listen((response) =>
    response.writeHead(307, { location: `${elsewhere.url}/data` }).end(),
  )
  const written = writeGraph(writable(moved.url, 'Bearer abc'), graph, 'PUT', triple, { retryDelays: [0] })
  await expect(written).rejects.toMatchObject({ fault: 'moved' })
  expect(moved.received).toHaveLength(1)
  expect(elsewhere.received).toEqual([])
})

test.each([429, 502, 503, 504])(
  'A server that answers %i is asked again, as often as there are delays',
  async (status) => {
    const server = await listen((response) => response.writeHead(status).end('busy'))
    const written = writeGraph(writable(server.url), graph, 'PUT', triple, { retryDelays: [0, 0] })
    await expect(written).rejects.toMatchObject({
      fault: 'status',
      status,
      message: expect.stringMatching(/^Cannot write ‹urn:uuid:1#record› to lab: /),
    })
    expect(server.received).toHaveLength(3)
  },
)

test.each([400, 401, 403, 404, 413, 500, 507])(
  'A server that answers %i is not asked again',
  async (status) => {
    const server = await listen((response) => response.writeHead(status).end())
    const written = writeGraph(writable(server.url), graph, 'PUT', triple, { retryDelays: [0, 0] })
    await expect(written).rejects.toMatchObject({ fault: 'status', status })
    expect(server.received).toHaveLength(1)
  },
)

test('A request whose connection broke is sent again', async () => {
  const server = await listen((response) => {
    if (server.received.length < 3) response.destroy()
    else response.writeHead(204).end()
  })
  await writeGraph(writable(server.url), graph, 'PUT', triple, { retryDelays: [0, 0] })
  expect(server.received.map(({ body }) => body)).toEqual([triple, triple, triple])
})

test('A graph that is not there can be removed and read: it is empty', async () => {
  const server = await listen((response) => response.writeHead(404).end('no such graph'))
  await deleteGraph(writable(server.url), graph)
  expect(await textOf(writable(server.url))).toBe('')
  expect(server.received.map(({ method }) => method)).toEqual(['DELETE', 'GET'])
})

test('A graph that cannot be removed or read is an error that says which', async () => {
  const server = await listen((response) => response.writeHead(500).end('out of memory'))
  await expect(deleteGraph(writable(server.url), graph)).rejects.toThrow(
    'Cannot remove ‹urn:uuid:1#record› from lab: it answered 500 (out of memory)',
  )
  await expect(textOf(writable(server.url))).rejects.toThrow(
    'Cannot read ‹urn:uuid:1#record› of lab: it answered 500 (out of memory)',
  )
})

test('A character that arrives in two pieces is one character', async () => {
  const bytes = Buffer.from(triple)
  const at = bytes.indexOf(0xc3) + 1
  const server = await listen((response) => {
    response.writeHead(200, { 'content-type': 'application/n-triples' })
    response.write(bytes.subarray(0, at), () => setImmediate(() => response.end(bytes.subarray(at))))
  })
  expect(await textOf(writable(server.url))).toBe(triple)
  expect(server.received[0]?.headers.accept).toBe('application/n-triples')
})

test.each([
  ['is cut inside a character', Buffer.from([0x3c, 0xc3])],
  ['is no UTF-8', Buffer.from([0x3c, 0xff, 0x3e])],
])('An answer that %s broke off', async (_, bytes) => {
  const server = await listen((response) => response.writeHead(200).end(bytes))
  await expect(textOf(writable(server.url))).rejects.toMatchObject({ fault: 'broke-off' })
})

test('A server whose address for graphs is not known cannot be written to, and the error says how to name it', async () => {
  const endpoint: Endpoint = {
    ...endpointAt('http://localhost/query'),
    layout: 'sparql',
    update: undefined,
    data: undefined,
  }
  const written = writeGraph(endpoint, graph, 'PUT', triple)
  await expect(written).rejects.toThrow(EndpointError)
  await expect(written).rejects.toMatchObject({
    message: 'lab can be asked, but where it takes graphs is not known',
    place: { iri: 'http://localhost/query' },
    advice: expect.stringContaining('[stores.NAME]'),
  })
})
