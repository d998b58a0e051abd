import { expect, test } from 'vitest'
import { EndpointError } from '../../../src/errors.ts'
import { probePrecision } from '../../../src/store/sparql/probe-precision.ts'
import { endpoint, server, startServerForEach } from './fresh-server.ts'

startServerForEach()

const mint = () => '00000000-0000-4000-8000-000000000001'
const graph = `urn:uuid:${mint()}#probe`
/** The server gives back these literals for the ones that it was sent. */
function rewrite(literals: Readonly<Record<string, string>>): void {
  server.misbehave((request, response) => {
    if (request.method !== 'GET' || !request.url?.startsWith('/store')) return false
    const xsd = 'http://www.w3.org/2001/XMLSchema#'
    const lines = Object.entries({
      time: `"2026-11-23T20:14:02.118204311Z"^^<${xsd}dateTime>`,
      double: `"48.926091293762084"^^<${xsd}double>`,
      ...literals,
    }).map(([name, literal]) => (literal === '' ? '' : `<${graph}> <${graph}-${name}> ${literal} .\n`))
    response.writeHead(200, { 'content-type': 'application/n-triples' }).end(lines.join(''))
    return true
  })
}

test('A server is asked by a graph of its own, which is removed again', async () => {
  expect(await probePrecision(endpoint, { mint })).toEqual({ dateTimeDigits: 9, doubleDigits: 17 })
  expect(server.log).toEqual([`PUT ${graph}`, `DELETE ${graph}`])
})

test.each([
  ['microseconds', { time: '"2026-11-23T20:14:02.118204Z"' }, { dateTimeDigits: 6 }],
  ['milliseconds', { time: '"2026-11-23T20:14:02.118Z"' }, { dateTimeDigits: 3 }],
  ['rounded milliseconds', { time: '"2026-11-23T20:14:02.1182Z"' }, { dateTimeDigits: 4 }],
  ['seconds', { time: '"2026-11-23T20:14:02Z"' }, { dateTimeDigits: 0 }],
  ['six digits of a double', { double: '"48.9261"' }, { doubleDigits: 6 }],
  ['fifteen digits of a double', { double: '"48.9260912937621"' }, { doubleDigits: 15 }],
  ['a double in another spelling', { double: '"4.8926091293762084E1"' }, { doubleDigits: 17 }],
  ['all that it is given', {}, { dateTimeDigits: 9, doubleDigits: 17 }],
])('A server that keeps %s is known after that', async (_, literals, seen) => {
  rewrite(literals)
  expect(await probePrecision(endpoint, { mint })).toMatchObject(seen)
})

test.each(['time', 'double'])(
  'A server that loses the %s is refused, and the graph is removed',
  async (name) => {
    rewrite({ [name]: '' })
    const probed = probePrecision(endpoint, { mint })
    await expect(probed).rejects.toThrow(EndpointError)
    await expect(probed).rejects.toThrow('took a graph and does not give it back')
    expect(server.log.at(-1)).toBe(`DELETE ${graph}`)
  },
)

test('A server whose queries see another store than its graphs is refused', async () => {
  server.misbehave((request, response) => {
    if (!request.url?.startsWith('/query')) return false
    response
      .writeHead(200, { 'content-type': 'application/sparql-results+json' })
      .end('{"head":{"vars":["p"]},"results":{"bindings":[]}}')
    return true
  })
  await expect(probePrecision(endpoint, { mint })).rejects.toMatchObject({
    advice: 'Check that its query and data URLs are of the same store.',
  })
})

test('A server is probed once, and again when that failed', async () => {
  rewrite({ time: '' })
  await expect(probePrecision(endpoint, { mint })).rejects.toThrow(EndpointError)
  server.misbehave(() => false)
  const both = await Promise.all([probePrecision(endpoint, { mint }), probePrecision(endpoint, { mint })])
  expect(both[0]).toBe(both[1])
  await probePrecision(endpoint, { mint })
  expect(server.log.filter((line) => line.startsWith('PUT'))).toHaveLength(2)
})
