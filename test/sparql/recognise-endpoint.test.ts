import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { EndpointError, UsageError } from '../../src/errors.ts'
import { findCredentials } from '../../src/sparql/find-credentials.ts'
import { recogniseEndpoint } from '../../src/sparql/recognise-endpoint.ts'
import { freePort } from '../servers/start-server.ts'
import { listen } from './listen.ts'
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

test('A server without SPARQL and a dead one are different failures', async () => {
  const origin = await serve([])
  await expect(recogniseEndpoint(`${origin}/ds`)).rejects.toMatchObject({
    message:
      `There is no SPARQL store of a known layout at ${origin}/ds: it answered 404 at ` +
      `${origin}/ds/query, ${origin}/ds/sparql, ${origin}/sparql, ${origin}/ds`,
    fault: undefined,
    place: { iri: `${origin}/ds` },
    advice: expect.stringContaining('under [stores.NAME] in vampira.toml'),
  })
  const dead = `http://127.0.0.1:${await freePort()}/ds`
  await expect(recogniseEndpoint(dead)).rejects.toThrow('nobody listens there')
  await expect(recogniseEndpoint(dead)).rejects.toBeInstanceOf(EndpointError)
  await expect(recogniseEndpoint('http://127.0.0.1:1/ds')).rejects.toThrow('bad port')
})

test('A server that is broken, or speaks otherwise, is quoted with its status and the address', async () => {
  const { url } = await listen((response, { path, method }) => {
    if (path.startsWith('/ds/query')) response.writeHead(503).end('down')
    else if (path.startsWith('/ds/sparql')) response.writeHead(method === 'POST' ? 500 : 200).end('{}')
    else if (path.startsWith('/sparql')) response.end('<html>')
    else response.writeHead(404).end()
  })
  await expect(recogniseEndpoint(`${url}/ds`)).rejects.toMatchObject({
    message:
      `There is no SPARQL store of a known layout at ${url}/ds: it answered 503 at ${url}/ds/query; ` +
      `500 to a question at ${url}/ds/sparql; 200 and no SPARQL at ${url}/sparql; 404 at ${url}/ds`,
  })
})

test('A server that answers nothing but that it cannot is said to be so, and not to be of an unknown layout', async () => {
  const { url } = await listen((response) => response.writeHead(503).end('starting'))
  await expect(recogniseEndpoint(`${url}/ds`)).rejects.toMatchObject({
    message: `The server at ${url}/ds cannot answer now: it answered 503 at ${url}/ds/query, ${url}/ds/sparql, ${url}/sparql, ${url}/ds`,
    advice: 'Try again later, or ask whoever runs it.',
  })
})

test.each(['ftp://example.org/', 'lab', 'http://'])('%s is no address of a server', async (url) => {
  const asked = recogniseEndpoint(url)
  await expect(asked).rejects.toBeInstanceOf(UsageError)
  await expect(asked).rejects.toMatchObject({
    message: `‹${url}› is not the URL of a server`,
    advice: 'Give an http:// or https:// URL.',
  })
})

test.each(['http://me@h/ds', 'http://:pw@h/ds'])(
  '%s is refused, though it is only half a login',
  async (url) => {
    await expect(recogniseEndpoint(url)).rejects.toBeInstanceOf(UsageError)
  },
)

test('A password in a URL is refused without being repeated', async () => {
  const failure = await recogniseEndpoint('http://me:s3cret@example.org:3030/ds').catch(
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(UsageError)
  const { message, advice } = failure as UsageError
  expect(`${message} ${advice}`).not.toContain('s3cret')
  expect(message).toBe(
    'The URL of example.org:3030 carries a password, which would end up in histories and logs',
  )
  expect(advice).toContain('VAMPIRA_STORE_EXAMPLE_ORG_3030_PASSWORD')
})

test('Where a server asks for a password, the advice names the variables that hold it', async () => {
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

test('Credentials need not be complete, and a token goes before a password', () => {
  const authorizationOf = (environment: Record<string, string>) =>
    findCredentials('my-lab.2', environment).authorization
  const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`
  const [user, password, token] = ['USER', 'PASSWORD', 'TOKEN'].map(
    (name) => `VAMPIRA_STORE_MY_LAB_2_${name}`,
  )
  expect(authorizationOf({ [user!]: 'ada' })).toBe(basic('ada:'))
  expect(authorizationOf({ [password!]: 'p' })).toBe(basic(':p'))
  expect(authorizationOf({ [user!]: 'ada', [token!]: 't' })).toBe('Bearer t')
  expect(authorizationOf({ [user!]: '', [token!]: '' })).toBeUndefined()
  expect(findCredentials('my-lab.2', {}).variables).toEqual({ user, password, token })
})

test('The variables of a URL carry its host and port, those of a name that looks like one its whole text', () => {
  expect(findCredentials('HTTPS://Example.org:8080/ds', {}).variables.user).toBe(
    'VAMPIRA_STORE_EXAMPLE_ORG_8080_USER',
  )
  expect(findCredentials('my http://x', {}).variables.user).toBe('VAMPIRA_STORE_MY_HTTP_X_USER')
})

const yes = '{"head":{},"boolean":true}'

test('What else stands in a URL is no part of the address', async () => {
  const { url } = await listen((response, { path }) =>
    path.startsWith('/ds/query')
      ? response.writeHead(200, { server: 'Apache Fuseki' }).end(yes)
      : response.writeHead(404).end(),
  )
  const found = await recogniseEndpoint(`${url}/ds//?query=x#top`)
  expect([found.layout, found.query, found.name]).toEqual(['fuseki', `${url}/ds/query`, `${url}/ds/`])
})

test.each([
  ['no success', { status: 500, text: yes }],
  ['another success', { status: 203, text: yes }],
  ['no SPARQL answer', { status: 200, text: '<html>' }],
  ['an answer that was cut off', { status: 200, text: '{"head":' }],
  ['no', { status: 200, text: '{"head":{},"boolean":false}' }],
])('Where a service answers with %s, the next address is tried', async (_, { status, text }) => {
  const { url } = await listen((response, { path, method }) => {
    if (path.startsWith('/ds/query')) {
      response
        .writeHead(method === 'GET' && status !== 500 ? Math.min(status, 203) : status, { server: 'Fuseki' })
        .end(text)
    } else if (path.startsWith('/ds/sparql')) response.writeHead(200, { server: 'Fuseki' }).end(yes)
    else response.writeHead(404).end()
  })
  expect((await recogniseEndpoint(`${url}/ds`)).query).toBe(`${url}/ds/sparql`)
})

test('Where the connection breaks during the question, no other address is tried', async () => {
  const { url, received } = await listen((response, { method }) =>
    method === 'GET' ? response.end() : response.destroy(),
  )
  await expect(recogniseEndpoint(`${url}/ds`)).rejects.toMatchObject({ fault: 'no-answer' })
  expect(received.map(({ method }) => method)).toEqual(['GET', 'POST'])
})

test('The first request is a GET of ASK {} in JSON, with the credentials of that server', async () => {
  const { url, received } = await listen((response) =>
    response.writeHead(200, { server: 'Oxigraph/1' }).end(yes),
  )
  const prefix = `VAMPIRA_STORE_127_0_0_1_${new URL(url).port}`
  await recogniseEndpoint(url, { environment: { [`${prefix}_TOKEN`]: 't' } })
  expect(received[0]).toMatchObject({
    method: 'GET',
    path: '/query?query=ASK%7B%7D',
    headers: { accept: 'application/sparql-results+json', authorization: 'Bearer t' },
  })
})

test.each([
  ['an unknown server under /query', '/ds/query', {}, 'sparql'],
  ['Virtuoso', '/sparql', { server: 'Virtuoso/7' }, 'virtuoso'],
  ['an unknown server under /sparql', '/sparql', {}, 'sparql'],
  ['a server that only says that it is like Oxigraph', '/sparql', { server: 'NotOxigraph' }, 'sparql'],
])('%s has the layout that its headers say', async (_, path, headers, layout) => {
  const { url } = await listen((response, request) =>
    request.path.replace(/\?.*/, '') === path
      ? response.writeHead(200, headers).end(yes)
      : response.writeHead(404).end(),
  )
  expect((await recogniseEndpoint(url + path)).layout).toBe(layout)
})

test.each([
  ['no JSON', 200, 'text/html', 'rdf4j'],
  ['a failure in JSON', 404, 'application/json', 'rdf4j'],
  ['JSON', 200, 'application/json;charset=UTF-8', 'graphdb'],
])('A repository is of %s: the management answers %i %s', async (_, status, type, layout) => {
  const { url } = await listen((response, { path }) =>
    path === '/rest/repositories'
      ? response.writeHead(status, { 'content-type': type }).end('[]')
      : response.end(yes),
  )
  expect((await recogniseEndpoint(`${url}/repositories/runs`)).layout).toBe(layout)
})

test('A server that lets us in but forbids the first request is asked all the same', async () => {
  const { url } = await listen((response, { method }) =>
    method === 'GET' ? response.writeHead(403).end() : response.end(yes),
  )
  expect((await recogniseEndpoint(`${url}/ds`)).query).toBe(`${url}/ds/query`)
})

test.each([
  ['ftp://h/q', false],
  ['http://me@h/q', false],
  ['http://:pw@h/q', false],
  ['h/q', false],
  [7, false],
  ['https://h/q', true],
])('The address %s in vampira.toml is taken: %s', async (query, taken) => {
  const stores = { lab: { query: query as string } }
  const asked = resolveEndpoint('lab', stores, { environment: { VAMPIRA_STORE_LAB_TOKEN: 't' } })
  if (taken) await expect(asked).resolves.toMatchObject({ query, credentials: { authorization: 'Bearer t' } })
  else {
    await expect(asked).rejects.toBeInstanceOf(UsageError)
    await expect(asked).rejects.toMatchObject({
      advice: 'Write the address there, and set VAMPIRA_STORE_LAB_USER and VAMPIRA_STORE_LAB_PASSWORD.',
    })
  }
})

test('A name that is not there is answered with those that are', async () => {
  const stores = { lab: { query: 'http://h/q' }, home: { query: 'http://h/r' } }
  await expect(resolveEndpoint('lap', stores)).rejects.toMatchObject({
    advice: 'It has lab, home; or give a URL.',
  })
  await expect(resolveEndpoint('toString', {})).rejects.toMatchObject({
    advice: 'Give a URL, or add [stores.toString] with query, update and data.',
  })
})

test('A URL that is no name is looked up on the server itself', async () => {
  const { url } = await listen((response) => response.writeHead(200, { server: 'Oxigraph/1' }).end(yes))
  expect((await resolveEndpoint(url, {})).layout).toBe('oxigraph')
  await expect(resolveEndpoint('ftp://h/', {})).rejects.toThrow('is not the URL of a server')
})
