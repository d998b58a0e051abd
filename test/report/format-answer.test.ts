import { DataFactory } from 'n3'
import { expect, test } from 'vitest'
import { toCsv, toSparqlJson, toTsv } from '../../src/report/format-answer.ts'
import type { Table } from '../../src/report/format-answer.ts'

const { namedNode, literal, blankNode } = DataFactory
const xsd = 'http://www.w3.org/2001/XMLSchema#'

const answer: Table = {
  type: 'bindings',
  variables: ['run', 'label'],
  rows: [
    { run: namedNode('urn:uuid:1'), label: literal('a, "quoted"\nname\twith \\') },
    { run: blankNode('b0'), label: literal('étoile', 'fr') },
    { label: literal('2.5E0', namedNode(`${xsd}double`)) },
  ],
}

test('JSON is as the SPARQL Query Results JSON Format says', () => {
  expect(toSparqlJson(answer)).toEqual({
    head: { vars: ['run', 'label'] },
    results: {
      bindings: [
        {
          run: { type: 'uri', value: 'urn:uuid:1' },
          label: { type: 'literal', value: 'a, "quoted"\nname\twith \\' },
        },
        {
          run: { type: 'bnode', value: 'b0' },
          label: { type: 'literal', value: 'étoile', 'xml:lang': 'fr' },
        },
        { label: { type: 'literal', value: '2.5E0', datatype: `${xsd}double` } },
      ],
    },
  })
  expect(toSparqlJson({ type: 'boolean', value: true })).toEqual({ head: {}, boolean: true })
})

test('CSV quotes what must be quoted and ends lines as RFC 4180 does', () => {
  expect([...toCsv(answer)].join('')).toBe(
    'run,label\r\nurn:uuid:1,"a, ""quoted""\nname\twith \\"\r\n_:b0,étoile\r\n,2.5E0\r\n',
  )
})

test('TSV writes terms as Turtle does', () => {
  expect([...toTsv(answer)].join('')).toBe(
    `?run\t?label\n<urn:uuid:1>\t"a, \\"quoted\\"\\nname\\twith \\\\"\n_:b0\t"étoile"@fr\n\t"2.5E0"^^<${xsd}double>\n`,
  )
})

test('a truth value is one line of CSV and of TSV', () => {
  expect([...toCsv({ type: 'boolean', value: false })]).toEqual(['false\r\n'])
  expect([...toTsv({ type: 'boolean', value: true })]).toEqual(['true\n'])
})

test('TSV writes no datatype for strings and escapes what would end a cell or a line', () => {
  const cells = ['plain', 'tab\there', 'return\rhere', 'a"b', 'a\\b'].map((text) => ({
    label: literal(text),
  }))
  const lines = [...toTsv({ type: 'bindings', variables: ['label'], rows: cells })]
  expect(lines).toEqual([
    '?label\n',
    '"plain"\n',
    '"tab\\there"\n',
    '"return\\rhere"\n',
    '"a\\"b"\n',
    '"a\\\\b"\n',
  ])
})

test.each([
  ['a,b', '"a,b"'],
  ['a\rb', '"a\rb"'],
  ['a\nb', '"a\nb"'],
  ['a"b', '"a""b"'],
  ['a;b', 'a;b'],
])('CSV writes %j as %j', (text, cell) => {
  const [, line] = toCsv({ type: 'bindings', variables: ['x'], rows: [{ x: literal(text) }] })
  expect(line).toBe(`${cell}\r\n`)
})
