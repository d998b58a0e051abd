import factory from '@rdfjs/data-model'
import { DataFactory } from 'n3'
import { expect, test } from 'vitest'
import { readSparqlJson } from '../../src/sparql/read-results.ts'
import { readTriples } from '../../src/sparql/read-triples.ts'

const { blankNode, literal, namedNode, quad } = DataFactory
const xsd = 'http://www.w3.org/2001/XMLSchema#'

const read = (json: unknown) => readSparqlJson(JSON.stringify(json))
const table = (...bindings: unknown[]) => ({ head: { vars: ['b', 'a'] }, results: { bindings } })

test.each([
  [{ type: 'uri', value: 'urn:x' }, namedNode('urn:x')],
  [{ type: 'bnode', value: 'b0' }, blankNode('b0')],
  [{ type: 'literal', value: '' }, literal('')],
  [{ type: 'literal', value: 'ja', 'xml:lang': 'de' }, literal('ja', 'de')],
  [{ type: 'literal', value: '1', datatype: `${xsd}integer` }, literal('1', namedNode(`${xsd}integer`))],
  [{ type: 'typed-literal', value: '1', datatype: `${xsd}byte` }, literal('1', namedNode(`${xsd}byte`))],
])('The JSON term %j is a term', (json, term) => {
  const answer = read(table({ a: json }))
  expect(answer.type === 'bindings' && answer.rows[0]?.['a']?.equals(term)).toBe(true)
})

test('Rows and variables keep their order, and an unbound variable is absent', () => {
  const [x, y] = ['x', 'y'].map((value) => ({ type: 'literal', value }))
  expect(read(table({ a: y }, {}, { a: x, b: y }))).toEqual({
    type: 'bindings',
    variables: ['b', 'a'],
    rows: [{ a: factory.literal('y') }, {}, { a: factory.literal('x'), b: factory.literal('y') }],
  })
})

test.each([true, false])('The answer %s is a boolean', (boolean) => {
  expect(read({ head: {}, boolean })).toEqual({ type: 'boolean', value: boolean })
})

test.each([
  ['cut off', '{"head":{"vars":["a"]},"results":{"bindings":[', /JSON/],
  ['followed by an error message', `${JSON.stringify(table())}\nError`, /JSON/],
  ['null', 'null', /neither a boolean/],
  ['without variables', '{"results":{"bindings":[]}}', /neither a boolean/],
  ['without bindings', '{"head":{"vars":[]}}', /neither a boolean/],
  ['with a boolean as text', '{"head":{},"boolean":"true"}', /neither a boolean/],
  [
    'with a number as a value',
    JSON.stringify(table({ a: { type: 'uri', value: 1 } })),
    /type uri has no text/,
  ],
  [
    'with an unknown term',
    JSON.stringify(table({ a: { type: 'triple', value: '' } })),
    /unknown type "triple"/,
  ],
])('An answer %s is an error', (_, text, message) => {
  expect(() => readSparqlJson(text)).toThrow(message)
})

test('A triple that a server writes twice is there once', async () => {
  const line = '<urn:a> <urn:b> "c"@en .\n'
  const quads = await readTriples(`${line}# a comment\n${line}<urn:a> <urn:b> "c" .\n`)
  const [a, b] = [namedNode('urn:a'), namedNode('urn:b')]
  expect(quads).toHaveLength(2)
  expect(quads.filter((each) => each.equals(quad(a, b, literal('c', 'en'))))).toHaveLength(1)
  expect(await readTriples('')).toEqual([])
})

test.each(['<urn:a> <urn:b> "c', '<urn:a> <urn:b> <urn:c>', '<urn:a> <urn:b> <urn:c> .\n<ur', '<html>'])(
  '%j is no N-Triples',
  async (text) => {
    await expect(readTriples(text)).rejects.toMatchObject({ place: { line: expect.any(Number) } })
  },
)
