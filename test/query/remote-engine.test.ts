import { describe, expect, it } from 'vitest'
import { EndpointError, QueryError } from '../../src/errors.ts'
import { openEngine } from '../../src/query/open-engine.ts'
import { RemoteEngine } from '../../src/query/remote-engine.ts'
import { freePort } from '../servers/start-server.ts'
import { endpointAt, listen } from '../sparql/listen.ts'
import { faults, startFaulty } from './faulty-endpoint.ts'

const question = 'SELECT ?s WHERE { GRAPH ?g { ?s ?p ?o } }'
const expected: Record<keyof typeof faults, [new (...all: never[]) => Error, RegExp]> = {
  'breaks off in the middle of its answer': [EndpointError, /broke off in the middle/],
  'ends its answer in the middle as if that were its end': [
    EndpointError,
    /broke off in the middle of its answer/,
  ],
  'writes an error message behind its answer': [EndpointError, /broke off in the middle of its answer/],
  'answers 200 with nothing': [EndpointError, /answered with nothing/],
  'answers with a web page': [EndpointError, /did not answer as a SPARQL endpoint does, but: <html>/],
  'answers with JSON that is no SPARQL result': [EndpointError, /is no SPARQL result/],
  'asks for a password': [EndpointError, /asks for a password/],
  fails: [EndpointError, /500.*OutOfMemoryError/],
  'refuses the query': [QueryError, /refused the query: Unsupported: GROUP_CONCAT/],
  'never answers': [EndpointError, /no answer within 0.05 s/],
  'answers slower than anyone waits': [EndpointError, /not whole after|no answer within/],
  'says that its time was up': [
    EndpointError,
    /gave only a part of its answer, since its time was up \(RC...: Returning incomplete results/,
  ],
  'says that it gives a part': [EndpointError, /only a part of its answer, since it answered 206/],
}

/** Short only for those that never end their answer: on a slow machine any other would seem to be one of them. */
function timeoutFor(fault: keyof typeof faults): number {
  return fault === 'never answers' || fault === 'answers slower than anyone waits' ? 50 : 60_000
}

describe.each(Object.keys(faults) as (keyof typeof faults)[])('an endpoint that %s', (fault) => {
  it('is reported in one line that says what to do', async () => {
    const faulty = await startFaulty(fault)
    const error = await new RemoteEngine(faulty.endpoint, { timeout: timeoutFor(fault) })
      .query(question)
      .catch((cause: unknown) => cause)
    const [kind, message] = expected[fault]
    expect(error).toBeInstanceOf(kind)
    expect(error).toMatchObject({
      message: expect.stringMatching(message),
      advice: expect.stringMatching(/\.$/),
    })
    expect((error as Error).message).not.toContain('\n')
  })

  it('fails a question to several sources, rather than shortening its answer', async () => {
    const [faulty, other] = [await startFaulty(fault), await startFaulty(fault)]
    const engine = await openEngine([faulty, other], { timeout: timeoutFor(fault) })
    await expect(engine.query(question)).rejects.toBeInstanceOf(expected[fault][0])
  })
})

describe('a remote engine', () => {
  it('says that nobody listens at a dead endpoint', async () => {
    const dead = endpointAt(`http://127.0.0.1:${await freePort()}/sparql`)
    await expect(new RemoteEngine(dead).query(question)).rejects.toThrow(/nobody listens there/)
  })

  it('says the line and column of a malformed query that the server refused', async () => {
    const faulty = await startFaulty('refuses the query')
    const asked = new RemoteEngine(faulty.endpoint).query('SELECT * WHERE {\n ?s ?p }')
    await expect(asked).rejects.toMatchObject({ place: { line: 2 } })
  })

  it('stops when the caller stops', async () => {
    const faulty = await startFaulty('never answers')
    const stop = new AbortController()
    const asked = new RemoteEngine(faulty.endpoint).query(question, undefined, stop.signal)
    stop.abort()
    await expect(asked).rejects.toThrow('aborted')
  })

  it('asks no SERVICE that is not one of its sources', async () => {
    const asked = new RemoteEngine(endpointAt('http://127.0.0.1:9/sparql')).query(
      'SELECT * WHERE { SERVICE <http://169.254.169.254/latest> { ?s ?p ?o } }',
    )
    await expect(asked).rejects.toThrow(
      expect.objectContaining({
        message: 'The query asks SERVICE <http://169.254.169.254/latest>, not one of its sources',
        place: { iri: 'http://169.254.169.254/latest' },
        advice: 'Name it by its address, and as a source too, if it is to be asked.',
      }),
    )
  })

  it('asks no SERVICE that is named by a variable', async () => {
    const asked = new RemoteEngine(endpointAt('http://127.0.0.1:9/sparql')).query(
      'SELECT * WHERE { VALUES ?where { <http://127.0.0.1/> } SERVICE ?where { ?s ?p ?o } }',
    )
    await expect(asked).rejects.toThrow('SERVICE ?variable')
  })

  it.each([
    ['its address', (url: string) => url],
    ['its name', () => 'urn:lab'],
  ])('asks a SERVICE that is itself, by %s', async (_, nameOf) => {
    const { url, received } = await listen((response) => response.end('{"head":{},"boolean":true}'))
    const engine = new RemoteEngine({ ...endpointAt(url), name: 'urn:lab' })
    expect(engine.sources).toEqual(['urn:lab'])
    const query = `ASK { service <${nameOf(url)}> { ?s ?p ?o } }`
    expect(await engine.query(query)).toEqual({ type: 'boolean', value: true })
    expect(received).toHaveLength(1)
  })

  it('sends nothing when the caller has stopped already', async () => {
    const { url, received } = await listen((response) => response.end())
    const asked = new RemoteEngine(endpointAt(url)).query(question, undefined, AbortSignal.abort())
    await expect(asked).rejects.toThrow('aborted')
    expect(received).toEqual([])
  })

  it.each([
    ['Bad', 'lab refused the query: Bad'],
    ['', 'lab refused the query: it does not say why'],
  ])('says of a 400 with %j: %s', async (said, message) => {
    const { url } = await listen((response) => response.writeHead(400).end(said))
    const asked = new RemoteEngine({ ...endpointAt(url), name: 'lab' }).query(question)
    await expect(asked).rejects.toMatchObject({ message, malformed: false, place: { iri: url } })
  })

  it('keeps any other refusal as it is, also of a malformed query', async () => {
    const { url } = await listen((response) => response.writeHead(422).end())
    const asked = new RemoteEngine(endpointAt(url)).query('SELECT * {')
    await expect(asked).rejects.toMatchObject({ fault: 'status', status: 422 })
  })
})
