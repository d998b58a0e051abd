import { afterEach, expect, test, vi } from 'vitest'
import { EndpointError } from '../../src/errors.ts'
import type { Credentials } from '../../src/sparql/endpoint.ts'
import {
  brokenOff,
  errorCodeOf,
  readAnswer,
  refuseFailure,
  sendRequest,
  whyNoAnswer,
} from '../../src/sparql/send-request.ts'
import { freePort } from '../servers/start-server.ts'
import { credentialsOf, listen } from './listen.ts'

afterEach(() => vi.useRealTimers())

const secret = credentialsOf('Bearer abc')
const nobody = credentialsOf()

async function failureOf(promise: Promise<unknown>): Promise<EndpointError> {
  const failure = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(EndpointError)
  return failure as EndpointError
}

test.each([300, 301, 302, 303, 307, 308, 399])(
  'A request with credentials does not follow a %i',
  async (status) => {
    const elsewhere = await listen((response) => response.end())
    const moved = await listen((response) =>
      response.writeHead(status, { location: `${elsewhere.url}/new` }).end(),
    )
    const failure = await failureOf(
      sendRequest(`${moved.url}/data`, secret, { method: 'PUT', body: '<urn:a> <urn:b> <urn:c> .\n' }),
    )
    expect(failure).toMatchObject({
      message: `${moved.url} has moved to ${elsewhere.url}/new`,
      advice: 'Give that address.',
      fault: 'moved',
      place: { iri: `${moved.url}/data` },
    })
    expect(moved.received).toHaveLength(1)
    expect(elsewhere.received).toEqual([])
  },
)

test('A server that moved without an address is an error too', async () => {
  const { url } = await listen((response) => response.writeHead(302).end())
  const failure = await failureOf(sendRequest(url, nobody, { method: 'GET' }))
  expect(failure.message).toBe(`${url} has moved to an address that it does not name`)
})

test.each([200, 204, 400, 404, 500])('An answer with status %i is given back as it is', async (status) => {
  const { url } = await listen((response) => response.writeHead(status).end())
  expect((await sendRequest(url, nobody, { method: 'GET' })).status).toBe(status)
})

test('A request carries its method, headers, body and credentials', async () => {
  const { url, received } = await listen((response) => response.end())
  await sendRequest(`${url}/a?graph=b`, secret, { method: 'POST', headers: { accept: 'text/x' }, body: 'é' })
  await sendRequest(url, nobody, { method: 'GET' })
  expect(received[0]).toMatchObject({
    method: 'POST',
    path: '/a?graph=b',
    body: 'é',
    headers: { accept: 'text/x', authorization: 'Bearer abc' },
  })
  expect(received[1]?.headers).not.toHaveProperty('authorization')
})

test.each([
  { given: 5000, message: 'no answer within 5 s' },
  { given: 250, message: 'no answer within 0.25 s' },
  { given: undefined, message: 'no answer within 120 s' },
])('A server that is silent for $given ms has not answered: $message', async ({ given, message }) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { url } = await listen(() => vi.advanceTimersByTime(given ?? 120_000))
  const failure = await failureOf(
    sendRequest(url, nobody, { method: 'GET', ...(given === undefined ? {} : { timeout: given }) }),
  )
  expect(failure).toMatchObject({
    message: `GET ${url}: ${message}`,
    fault: 'no-answer',
    place: { iri: url },
  })
})

test('A server that answers just before its time is up has answered', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { url } = await listen((response) => {
    vi.advanceTimersByTime(4999)
    response.end('yes')
  })
  const response = await sendRequest(url, nobody, { method: 'GET', timeout: 5000 })
  expect(await response.text()).toBe('yes')
})

test('A body that does not end in time is not waited for', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { url } = await listen((response) => response.write('half'))
  const response = await sendRequest(url, nobody, { method: 'GET', timeout: 5000 })
  const reading = failureOf(readAnswer(response, 'Cannot read it', nobody))
  vi.advanceTimersByTime(5000)
  expect(await reading).toMatchObject({
    message: 'Cannot read it: the answer took too long: it was not whole after 5 s',
    fault: 'broke-off',
    place: { iri: `${url}/` },
  })
})

test('The caller may stop a request', async () => {
  const stop = new AbortController()
  const { url } = await listen(() => stop.abort())
  const failure = await failureOf(sendRequest(url, nobody, { method: 'GET', signal: stop.signal }))
  expect(failure.message).toBe(`GET ${url}: interrupted`)
})

const coded = (code: string) => Object.assign(new Error('low'), { code })
test.each([
  ['ECONNREFUSED', coded('ECONNREFUSED'), 'nobody listens there'],
  ['ENOTFOUND', coded('ENOTFOUND'), 'no such host'],
  ['EAI_AGAIN', coded('EAI_AGAIN'), 'no such host'],
  ['ECONNRESET', coded('ECONNRESET'), 'the connection broke'],
  ['EPIPE', coded('EPIPE'), 'the connection broke'],
  ['UND_ERR_SOCKET', coded('UND_ERR_SOCKET'), 'the connection broke'],
  ['UND_ERR_CONNECT_TIMEOUT', coded('UND_ERR_CONNECT_TIMEOUT'), 'no answer in time'],
  ['UND_ERR_HEADERS_TIMEOUT', coded('UND_ERR_HEADERS_TIMEOUT'), 'no answer in time'],
  ['UND_ERR_BODY_TIMEOUT', coded('UND_ERR_BODY_TIMEOUT'), 'no answer in time'],
  ['UND_ERR_OTHER', coded('UND_ERR_OTHER'), 'UND_ERR_OTHER'],
  ['ETIMEDOUT', coded('ETIMEDOUT'), 'ETIMEDOUT'],
  [
    'both addresses refused',
    new AggregateError([coded('ECONNREFUSED'), coded('EHOSTUNREACH')]),
    'nobody listens there',
  ],
  ['no code', new Error('middle', { cause: new Error('deepest') }), 'deepest'],
  ['no error at all', 'just text', 'fetch failed'],
])('A connection that fails by %s says so in words', (_, cause, words) => {
  expect(whyNoAnswer(new TypeError('fetch failed', { cause }), 1000)).toBe(words)
})

test('Nobody is asked at an address where nobody listens', async () => {
  const url = `http://127.0.0.1:${await freePort()}/q`
  const failure = await failureOf(sendRequest(url, nobody, { method: 'GET' }))
  expect(failure).toMatchObject({
    message: `GET ${url}: nobody listens there`,
    fault: 'no-answer',
    advice: 'Check that the server is up and the address right, and try again.',
  })
})

const login = 'Set X_USER and X_PASSWORD, or X_TOKEN.'
const busy = 'The server is busy: try again later.'
const log = "Look into the server's log, then try again."
test.each<{
  status: number
  said?: string
  credentials?: Credentials
  message: string
  advice: string
}>([
  { status: 401, message: 'it asks for a password', advice: login },
  { status: 401, credentials: secret, message: 'it refused the password', advice: login },
  {
    status: 403,
    message: 'this is not allowed to us',
    advice: 'Ask for write access, or set X_USER and X_PASSWORD, or X_TOKEN.',
  },
  { status: 404, message: 'it answered 404', advice: 'Check the address.' },
  { status: 405, message: 'it answered 405', advice: 'Check the address.' },
  {
    status: 413,
    message: 'it answered 413',
    advice: 'Raise the largest body that the server, or a proxy before it, takes.',
  },
  { status: 429, message: 'it answered 429', advice: busy },
  { status: 500, message: 'it answered 500', advice: log },
  { status: 501, message: 'it answered 501', advice: log },
  { status: 502, message: 'it answered 502', advice: busy },
  { status: 504, message: 'it answered 504', advice: busy },
  { status: 505, message: 'it answered 505', advice: log },
  { status: 507, message: 'its disk is full', advice: 'Make room on the server, then try again.' },
  {
    status: 500,
    said: 'No space left on device',
    message: 'it answered 500 (No space left on device)',
    advice: log,
  },
  { status: 500, said: 'Out of heap\n at Thing', message: 'it answered 500 (Out of heap)', advice: log },
])(
  'A status $status with ‹$said› reads: $message',
  async ({ status, said = '', message, advice, credentials = nobody }) => {
    const failure = await failureOf(
      refuseFailure(new Response(said, { status }), 'Cannot do it', credentials),
    )
    expect(failure).toMatchObject({ message: `Cannot do it: ${message}`, advice, status, fault: 'status' })
  },
)

test.each([
  ['<html><head><title>No</title></head><body><b>Sorry</b>, closed</body></html>', 'Sorry , closed'],
  ['<script>var a</script><style>b {}</style>\n\n  two \t words  \nmore', 'two words'],
  ['x'.repeat(160), 'x'.repeat(160)],
  ['x'.repeat(161), `${'x'.repeat(159)}…`],
  ['  \n', ''],
])('Of what a server says with its refusal, the first words are kept: %j', async (text, said) => {
  const failure = await failureOf(refuseFailure(new Response(text, { status: 400 }), 'Cannot', nobody))
  expect(failure.said).toBe(said)
  expect(failure.message).toBe(`Cannot: it answered 400${said === '' ? '' : ` (${said})`}`)
})

test('A good status is no failure, and its text is read to the end', async () => {
  await refuseFailure(new Response('x', { status: 299 }), 'Cannot', nobody)
  expect(await readAnswer(new Response('whole é'), 'Cannot', nobody)).toBe('whole é')
  await failureOf(readAnswer(new Response('no', { status: 500 }), 'Cannot', nobody))
})

test('An answer that broke off keeps its cause', () => {
  const cause = new Error('low')
  const broken = brokenOff('Cannot', new Response(''), cause)
  expect(broken).toMatchObject({ cause, message: 'Cannot: the answer broke off in the middle' })
})

test('The code of a failure is the first on the way to its cause, five causes deep', () => {
  const wrap = (error: Error, times: number): Error =>
    times === 0 ? error : new Error('wrapped', { cause: wrap(error, times - 1) })
  expect(errorCodeOf(wrap(coded('EPIPE'), 4))).toBe('EPIPE')
  expect(errorCodeOf(wrap(coded('EPIPE'), 5))).toBe('')
  expect(errorCodeOf(Object.assign(new Error('number'), { code: 5, cause: coded('EPIPE') }))).toBe('EPIPE')
  expect(errorCodeOf(new AggregateError([]))).toBe('')
  expect(errorCodeOf('text')).toBe('')
})
