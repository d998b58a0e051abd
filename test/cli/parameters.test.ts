import { describe, expect, test } from 'vitest'
import { collect, parametersOf, wholeNumber } from '../../cli/parameters.ts'
import { shortIri } from '../../cli/short-iri.ts'
import { statusMark, statusStyle } from '../../cli/terminal/status.ts'
import { UsageError, type CatalogueQuery } from '../../src/index.ts'

const parameter = (name: string) => ({ name, type: 'string', many: true, required: false, description: '' })
const query = (name: string, ...parameters: string[]) =>
  ({ name, parameters: parameters.map(parameter) }) as unknown as CatalogueQuery

describe('Parameters are given as name=value', () => {
  const lineage = query('lineage', 'node', 'limit')
  test.each([
    [[], {}],
    [['node=a'], { node: 'a' }],
    [['node=a', 'limit=5', 'node=b'], { node: ['a', 'b'], limit: '5' }],
    [['node=a=b'], { node: 'a=b' }],
    [['node='], { node: '' }],
  ])('%j', (given, values) => expect(parametersOf(lineage, given)).toEqual(values))

  test('none are given without --param', () => expect(parametersOf(lineage)).toEqual({}))

  test.each([
    ['node', lineage, '--param node is not name=value', 'It takes node, limit'],
    ['=a', lineage, '--param =a is not name=value', 'It takes node, limit'],
    ['nodes=a', lineage, 'The query lineage takes no parameter nodes', 'Did you mean node?'],
    ['colour=a', lineage, 'The query lineage takes no parameter colour', 'It takes node, limit'],
    ['a=b', query('runs'), 'The query runs takes no parameter a', 'It takes none'],
    [
      'a=b',
      query('my.rq'),
      'The query my.rq takes no parameter a',
      'It declares none: begin the file with a header as the files of queries/ have',
    ],
  ])('%s is refused with advice', (given, asked, message, advice) => {
    const wrong = () => parametersOf(asked, [given])
    expect(wrong).toThrow(UsageError)
    expect(wrong).toThrow(expect.objectContaining({ message, advice }))
  })
})

describe('A whole number from 1 is a number, anything else is refused', () => {
  test.each([
    ['1', 1],
    ['10', 10],
    ['400', 400],
  ])('%s', (text, number) => expect(wholeNumber(text)).toBe(number))

  test.each(['', '0', '-1', '01', '1.5', '1e3', ' 1', '1 ', 'ten', '1a', 'a1'])('%j', (text) => {
    expect(() => wholeNumber(text)).toThrow(`${text} is not a whole number from 1`)
  })
})

test('An option that is repeated gathers its values in order', () => {
  expect(collect('a', undefined)).toEqual(['a'])
  expect(collect('c', ['a', 'b'])).toEqual(['a', 'b', 'c'])
})

test.each([
  ['https://w3id.org/vampira#Completed', 'Completed'],
  ['https://w3id.org/vampira#', 'https://w3id.org/vampira#'],
  ['ni:///sha-256;7HB8QNnQKVu-8rEw', '7HB8QNnQ'],
  ['ni:///sha-256;short', 'ni:///sha-256;short'],
  ['see https://w3id.org/vampira#Completed', 'see https://w3id.org/vampira#Completed'],
  ['urn:uuid:1', 'urn:uuid:1'],
])('%s is shortened to %s', (iri, short) => expect(shortIri(iri)).toBe(short))

test.each([
  ['Completed', 0, '✓ completed', 'green'],
  ['Failed', 3, '✗ failed (3)', 'red'],
  ['Failed', 0, '✗ failed', 'red'],
  ['Failed', undefined, '✗ failed', 'red'],
  ['Interrupted', 130, '! interrupted', 'yellow'],
] as const)('%s with %s is shown as %s in %s', (status, exitCode, mark, style) => {
  expect(statusMark(status, exitCode)).toBe(mark)
  expect(statusStyle(status)).toBe(style)
})
