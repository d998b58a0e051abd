import { expect, onTestFinished, test, vi } from 'vitest'
import { answersSparql, askEndpoint, select } from '../../src/sparql/ask.ts'
import { unreadableAnswer } from '../../src/sparql/unreadable-answer.ts'
import { endpointAt, listen } from './listen.ts'

const empty = '{"head":{"vars":["s"]},"results":{"bindings":[]}}'
const row = '{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"urn:s"}}]}}'
const twoRows = row.replace('[{', '[{"s":{"type":"uri","value":"urn:r"}},{')

const json = 'application/sparql-results+json'
test.each([
  ['SELECT * { ?s ?p "a&b=é" }', json, empty, 'bindings'],
  ['ASK {}', json, '{"head":{},"boolean":true}', 'boolean'],
  ['CONSTRUCT WHERE { ?s ?p ?o }', 'application/n-triples', '<urn:a> <urn:b> <urn:c> .', 'quads'],
  ['DESCRIBE <urn:a>', 'application/n-triples', '', 'quads'],
])('%s is sent as a form and asks for %s', async (sparql, accept, text, type) => {
  const { url, received } = await listen((response) => response.end(text))
  const answer = await askEndpoint(endpointAt(`${url}/sparql`, 'Bearer abc'), sparql)
  expect(answer.type).toBe(type)
  const [request] = received
  expect(request).toMatchObject({
    method: 'POST',
    path: '/sparql',
    headers: {
      accept,
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      authorization: 'Bearer abc',
    },
  })
  expect([...new URLSearchParams(request?.body)]).toEqual([['query', sparql]])
})

test('A SELECT gives its rows, and refuses an answer of another form', async () => {
  const rows = await listen((response) => response.end(row))
  expect((await select(endpointAt(rows.url), 'SELECT ?s {}')).map(({ s }) => s?.value)).toEqual(['urn:s'])
  const boolean = await listen((response) => response.end('{"boolean":true}'))
  await expect(select(endpointAt(boolean.url), 'SELECT ?s {}')).rejects.toMatchObject({ fault: 'not-sparql' })
})

test.each([
  ['{"head":{},"boolean":true}', true],
  ['{"head":{},"boolean":false}', false],
  [empty, false],
  [row, true],
  [twoRows, false],
])('A server that answers ASK {} with %s speaks SPARQL: %s', async (text, expected) => {
  const { url, received } = await listen((response) => response.end(text))
  expect(await answersSparql(endpointAt(url))).toBe(expected)
  expect(new URLSearchParams(received[0]?.body).get('query')).toBe('ASK {}')
})

test.each([
  ['', 'not-sparql', 'lab answered with nothing'],
  [' \n', 'not-sparql', 'lab answered with nothing'],
  ['{"a":1}', 'not-sparql', 'lab answered with JSON that is no SPARQL result'],
  ['[]', 'not-sparql', 'lab answered with JSON that is no SPARQL result'],
  [' {"a":', 'broke-off', 'lab broke off in the middle of its answer, after 6 characters'],
  [`{${'x'.repeat(1999)}`, 'broke-off', 'lab broke off in the middle of its answer, after 2,000 characters'],
  ['<html>\n<p>', 'not-sparql', 'lab did not answer as a SPARQL endpoint does, but: <html>'],
  ['y'.repeat(81), 'not-sparql', `lab did not answer as a SPARQL endpoint does, but: ${'y'.repeat(80)}`],
])('An answer %j is unreadable: %s', (text, fault, message) => {
  const cause = new Error('low')
  expect(unreadableAnswer(endpointAt('http://h/q'), text, cause)).toMatchObject({
    fault,
    message,
    cause,
    place: { iri: 'http://h/q' },
    advice: expect.stringMatching(/^(Ask|Give) .*\.$/),
  })
})

test.each(['SELECT * {}', 'CONSTRUCT WHERE { ?s ?p ?o }'])(
  'A web page is no answer to %s',
  async (sparql) => {
    const { url } = await listen((response) => response.end('<html>'))
    await expect(askEndpoint(endpointAt(url), sparql)).rejects.toMatchObject({
      fault: 'not-sparql',
      message: 'lab did not answer as a SPARQL endpoint does, but: <html>',
    })
  },
)

test('A refusal of the query names the endpoint', async () => {
  const { url } = await listen((response) => response.writeHead(400).end('Bad'))
  await expect(askEndpoint(endpointAt(url), 'ASK {}')).rejects.toMatchObject({
    message: 'Cannot ask lab: it answered 400 (Bad)',
    status: 400,
    said: 'Bad',
  })
})

test('The caller may stop, or give it less time', async () => {
  const { url, received } = await listen(() => {})
  await expect(select(endpointAt(url), 'ASK {}', AbortSignal.abort())).rejects.toThrow('interrupted')
  await expect(answersSparql(endpointAt(url), AbortSignal.abort())).rejects.toThrow('interrupted')
  expect(received).toEqual([])
  await expect(askEndpoint(endpointAt(url), 'ASK {}', { timeout: 20 })).rejects.toThrow('within 0.02 s')
})

const virtuoso = { 'x-sql-state': 'S1TAT', 'x-sql-message': 'RC...: Too slow.  Activity: 1 rnd' }
test.each([
  ['206', 206, {}, 'it answered 206 (Partial Content)'],
  ['Virtuoso when its time is up', 200, virtuoso, 'its time was up (RC...: Too slow)'],
  ['an older Virtuoso', 200, { 'x-sql-state': 'S1TAT' }, 'its time was up (S1TAT)'],
  ['a Virtuoso behind a proxy', 200, { 'x-exec-milliseconds': '12' }, 'its time was up (after 12 ms)'],
  ['Virtuoso at its limit on rows', 200, { 'x-sparql-maxrows': '9' }, 'it gives at most 9 rows'],
])('A part of an answer is an error, or taken with a word: %s', async (_, status, headers, why) => {
  const { url } = await listen((response) => response.writeHead(status, headers).end(row))
  const message = `Cannot ask lab: the server gave only a part of its answer, since ${why}`
  await expect(askEndpoint(endpointAt(url), 'SELECT ?s {}')).rejects.toMatchObject({
    message,
    fault: 'partial',
    place: { iri: `${url}/` },
    advice: expect.stringContaining('Ask for less'),
  })
  const said: string[] = []
  const taken = await askEndpoint(endpointAt(url), 'SELECT ?s {}', { onPartial: (each) => said.push(each) })
  expect(taken).toMatchObject({ type: 'bindings', rows: [{ s: { value: 'urn:s' } }] })
  expect(said).toEqual([`${message}. What follows is that part.`])
})

test('An answer that comes drop by drop is waited for no longer than one that does not come', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const { url } = await listen((response) => {
    response.write('{')
    const dripping = setInterval(() => {
      response.write(' ')
      vi.advanceTimersByTime(5000)
    }, 1)
    onTestFinished(() => clearInterval(dripping))
  })
  await expect(askEndpoint(endpointAt(url), 'SELECT ?s {}')).rejects.toMatchObject({
    message: expect.stringMatching(/(took too long: it was not whole after|no answer within) 120 s$/),
  })
})
