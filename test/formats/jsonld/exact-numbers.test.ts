import { describe, expect, test } from 'vitest'
import { disguiseDoubles, disguiseIntegers, undisguise } from '../../../src/formats/jsonld/exact-numbers.ts'
import { RDF, XSD } from '../../../src/rdf/vocabulary.ts'

describe('the integers of a JSON text', () => {
  test.each([
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740993', '-9007199254740993'],
    ['1234567890123456789012', '1234567890123456789012'],
  ])('%s is kept as text', (integer, digits) => {
    const [disguised] = JSON.parse(disguiseIntegers(`[${integer}]`)) as [string]
    expect(disguised).toMatch(new RegExp(`^urn:.*:${digits}$`))
    expect(disguiseDoubles({ '@value': disguised })).toEqual({ '@value': digits, '@type': XSD.integer })
    expect(disguiseDoubles({ '@value': disguised, '@type': 'urn:t' })).toEqual({
      '@value': digits,
      '@type': 'urn:t',
    })
    expect(disguiseDoubles([{ 'urn:p': [{ '@id': disguised }] }])).toEqual([
      { 'urn:p': [{ '@value': digits, '@type': XSD.integer }] },
    ])
  })

  test.each([
    // JavaScript has these numbers.
    '[9007199254740992, 1000000000000000000000, 42]',
    '[9007199254740993.5, 9007199254740993e2, 0.9007199254740993]',
    // Not numbers at all.
    '{"9007199254740993": "9007199254740993 \\" 9007199254740993 \\\\"}',
    '["a", "9007199254740993"]',
  ])('of %s are left alone', (json) => expect(disguiseIntegers(json)).toBe(json))
})

describe('the doubles of an expanded document', () => {
  test.each([
    [0.30000000000000004, '3.0000000000000004E-1'],
    [2.5, '2.5E0'],
    [1e21, '1.0E21'],
    [-1e21, '-1.0E21'],
  ])('%d keeps its digits', (value, lexical) => {
    const { '@value': text, '@type': type } = disguiseDoubles({ '@value': value }) as Record<string, string>
    expect(undisguise({ termType: 'Literal', value: text!, datatype: { value: type! } })).toEqual({
      termType: 'Literal',
      value: lexical,
      datatype: { value: XSD.double },
    })
  })

  test.each([
    [{ '@value': 'INF', '@type': XSD.double }, 'INF'],
    [{ '@value': '1e0', '@type': XSD.double }, '1e0'],
    [{ '@value': 2, '@type': XSD.double }, '2.0E0'],
  ])('%j is spelt %s', (node, lexical) => {
    const disguised = disguiseDoubles([{ 'urn:p': [node] }]) as [{ 'urn:p': [Record<string, string>] }]
    expect(disguised[0]['urn:p'][0]['@value']).toBe(lexical)
    expect(disguised[0]['urn:p'][0]['@type']).not.toBe(XSD.double)
  })

  test.each([
    { '@value': 42 },
    { '@value': 999999999999999900000 },
    { '@value': true },
    { '@value': 'INF' },
    { '@value': '2.5', '@type': XSD.decimal },
    { '@value': 2.5, '@type': XSD.decimal },
    { '@value': [2.5, { '@value': 2.5 }], '@type': '@json' },
    { '@id': 'urn:a', '@type': ['urn:t'], 'urn:p': [{ '@id': 'urn:b' }] },
  ])('%j has none', (node) => expect(disguiseDoubles(node)).toEqual(node))
})

test('a JSON literal has its integers again, and its texts stay texts', () => {
  const json = disguiseIntegers('[9007199254740993, -9007199254740993, "9007199254740993"]')
  const literal = { termType: 'Literal', value: json, datatype: { value: RDF.JSON } }
  expect(undisguise(literal).value).toBe('[9007199254740993, -9007199254740993, "9007199254740993"]')
})

test('other terms are left as they are', () => {
  const terms = [
    { termType: 'NamedNode', value: 'urn:a' },
    { termType: 'Literal', value: 'a', datatype: { value: XSD.string } },
  ]
  expect(terms.map(undisguise)).toEqual(terms)
})
