import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { EndpointError, UsageError } from '../../src/errors.ts'
import { findCredentials } from '../../src/sparql/find-credentials.ts'
import { recogniseEndpoint } from '../../src/sparql/recognise-endpoint.ts'
import { freePort } from '../servers/start-server.ts'
import { resolveEndpoint } from '../../src/sparql/resolve-endpoint.ts'

let server: Server | undefined
afterEach(async () => {
  if (server === undefined) return
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
  server = undefined
})

/** A server that answers `ASK {}` at these paths and nothing else. */
async function serve(
  paths: readonly string[],
  headers: Record<string, string> = {},
  others: Record<string, [number, string]> = {},
): Promise<string> {
  server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '')
    const other = others[path]
    if (paths.includes(path)) {
      response.writeHead(200, { 'content-type': 'application/sparql-results+json', ...headers })
      response.end('{"head":{},"boolean":true}')
    } else if (other !== undefined) {
      response.writeHead(other[0], { 'content-type': other[1] }).end('[]')
    } else response.writeHead(404, headers).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test.each([
  {
    layout: 'fuseki',
    given: ['/ds', '/ds/', '/ds/query', '/ds/data', '/ds/update'],
    paths: ['/ds/query'],
    headers: { 'fuseki-request-id': '1' },
    expected: ['/ds/query', '/ds/update', '/ds/data'],
  },
  {
    layout: 'oxigraph',
    given: ['', '/', '/query', '/store'],
    paths: ['/query'],
    headers: { server: 'Oxigraph/0.5.13' },
    expected: ['/query', '/update', '/store'],
  },
  {
    layout: 'rdf4j',
    given: ['/rdf4j-server/repositories/runs', '/rdf4j-server/repositories/runs/statements'],
    paths: ['/rdf4j-server/repositories/runs'],
    headers: {},
    expected: ['', '/statements', '/rdf-graphs/service'].map(
      (path) => `/rdf4j-server/repositories/runs${path}`,
    ),
  },
  {
    layout: 'graphdb',
    given: ['/repositories/runs'],
    paths: ['/repositories/runs'],
    headers: {},
    others: { '/rest/repositories': [200, 'application/json'] as [number, string] },
    expected: ['', '/statements', '/rdf-graphs/service'].map((path) => `/repositories/runs${path}`),
  },
  {
    layout: 'virtuoso',
    given: ['', '/sparql'],
    paths: ['/sparql'],
    headers: { server: 'Virtuoso/07.20.3229' },
    expected: ['/sparql', '/sparql', '/sparql-graph-crud'],
  },
  {
    layout: 'sparql',
    given: ['/some/where'],
    paths: ['/some/where'],
    headers: {},
    expected: ['/some/where', undefined, undefined],
  },
])(
  'The layout of $layout is recognised from any of its addresses',
  async ({ layout, given, paths, headers, others, expected }) => {
    const origin = await serve(paths, headers, others)
    for (const path of given) {
      const found = await recogniseEndpoint(origin + path)
      expect([path, found.layout, found.query, found.update, found.data]).toEqual([
        path,
        layout,
        ...expected.map((each) => (each === undefined ? undefined : origin + each)),
      ])
    }
  },
)

test('A server without SPARQL, a dead one and one that moved are told apart', async () => {
  const origin = await serve([])
  await expect(recogniseEndpoint(`${origin}/ds`)).rejects.toThrow(
    `no SPARQL store of a known layout at ${origin}/ds`,
  )
  const dead = `http://127.0.0.1:${await freePort()}/ds`
  await expect(recogniseEndpoint(dead)).rejects.toThrow('nobody listens there')
  await expect(recogniseEndpoint(dead)).rejects.toBeInstanceOf(EndpointError)
  await expect(recogniseEndpoint('http://127.0.0.1:1/ds')).rejects.toThrow('bad port')
})

test.each(['ftp://example.org/', 'lab', 'http://'])('%s is no address of a server', async (url) => {
  await expect(recogniseEndpoint(url)).rejects.toBeInstanceOf(UsageError)
})

test('A password in a URL is refused without being repeated', async () => {
  const failure = await recogniseEndpoint('http://me:s3cret@example.org:3030/ds').catch(
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(UsageError)
  const { message, advice } = failure as UsageError
  expect(`${message} ${advice}`).not.toContain('s3cret')
  expect(advice).toContain('VAMPIRA_STORE_EXAMPLE_ORG_3030_PASSWORD')
})

test('A server that asks for a password is told which variables hold it', async () => {
  const origin = await serve([], {}, { '/ds/query': [401, 'text/plain'] })
  const failure = await recogniseEndpoint(`${origin}/ds`).catch((error: unknown) => error)
  expect((failure as EndpointError).message).toContain('it asks for a password')
  expect((failure as EndpointError).advice).toMatch(/^Set VAMPIRA_STORE_127_0_0_1_\d+_USER and /)
})

test('Credentials go only to the store whose name their variables carry', () => {
  const environment = {
    VAMPIRA_STORE_LAB_USER: 'ada',
    VAMPIRA_STORE_LAB_PASSWORD: 'p:w é',
    VAMPIRA_STORE_EXAMPLE_ORG_TOKEN: 'abc',
  }
  expect(findCredentials('lab', environment).authorization).toBe(
    `Basic ${Buffer.from('ada:p:w é', 'utf8').toString('base64')}`,
  )
  expect(findCredentials('https://example.org/ds', environment).authorization).toBe('Bearer abc')
  expect(findCredentials('https://example.com/ds', environment).authorization).toBeUndefined()
})

test('A name in vampira.toml stands for its URLs', async () => {
  const lab = { query: 'http://h/q', data: 'http://h/d' }
  expect(await resolveEndpoint('lab', { lab })).toMatchObject({
    name: 'lab',
    layout: 'named',
    query: 'http://h/q',
    update: undefined,
    data: 'http://h/d',
  })
  await expect(resolveEndpoint('lap', { lab })).rejects.toThrow('no remote store named ‹lap›')
  const failure = await resolveEndpoint('lab', { lab: { query: 'http://me:s3cret@h/q' } }).catch(
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(UsageError)
  expect((failure as UsageError).message).toContain('query of [stores.lab]')
  expect((failure as UsageError).message).not.toContain('s3cret')
})
