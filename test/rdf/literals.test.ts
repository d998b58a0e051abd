import { scalarLiteral } from '../../src/prov/scalar.ts'
import { describe, expect, test } from 'vitest'
import { canonicalDouble } from '../../src/canonical-double.ts'
import { canonicalJson } from '../../src/canonical-json.ts'
import {
  booleanLiteral,
  dateTime,
  dateTimeLiteral,
  doubleLiteral,
  integerLiteral,
  jsonLiteral,
  secondsLiteral,
  stringLiteral,
} from '../../src/rdf/literals.ts'

describe('canonical literals', () => {
  test.each([
    [2.5, '2.5E0'],
    [20000, '2.0E4'],
    [0, '0.0E0'],
    [-0, '-0.0E0'],
    [1e-7, '1.0E-7'],
    [-3.1, '-3.1E0'],
    [Number.MAX_VALUE, '1.7976931348623157E308'],
    [5e-324, '5.0E-324'],
    [Number.POSITIVE_INFINITY, 'INF'],
    [Number.NaN, 'NaN'],
  ])('double %d is %s', (value, text) => {
    expect(canonicalDouble(value)).toBe(text)
    if (text.includes('E')) expect(Object.is(Number(text), value)).toBe(true)
  })

  test.each([
    [0n, '"0"^^xsd:decimal'],
    [2_410_000_000n, '2.41'],
    [1n, '0.000000001'],
    [3_000_000_000n, '"3"^^xsd:decimal'],
    [-1_500_000_000n, '-1.5'],
    [9_007_199_254_740_993_000_000_001n, '9007199254740993.000000001'],
  ])('%d ns are %s seconds', (nanoseconds, text) => expect(secondsLiteral(nanoseconds)).toBe(text))

  test.each([
    [0n, '1970-01-01T00:00:00Z'],
    [1_795_464_842_118_204_311n, '2026-11-23T20:14:02.118204311Z'],
    [1_795_464_842_100_000_000n, '2026-11-23T20:14:02.1Z'],
    [-1n, '1969-12-31T23:59:59.999999999Z'],
  ])('%d ns since 1970 are %s', (nanoseconds, text) => expect(dateTime(nanoseconds)).toBe(text))

  test.each([
    [booleanLiteral(true), 'true'],
    [booleanLiteral(false), 'false'],
    [integerLiteral(12), '12'],
    [integerLiteral(-1), '-1'],
    // Figures of bytes and calls may be means of several.
    [integerLiteral(2.5), '3'],
    [integerLiteral(2 ** 53), '9007199254740992'],
    [integerLiteral(9_007_199_254_740_993n), '9007199254740993'],
    [doubleLiteral(20000), '"2.0E4"^^xsd:double'],
    [dateTimeLiteral(0n), '"1970-01-01T00:00:00Z"^^xsd:dateTime'],
  ])('%s is %s', (token, text) => expect(token).toBe(text))

  test('times of one second and of another, in turn, are each their own', () => {
    const second = 1_000_000_000n
    expect([0n, 1n, second, second + 1n, 0n].map(dateTime)).toEqual([
      '1970-01-01T00:00:00Z',
      '1970-01-01T00:00:00.000000001Z',
      '1970-01-01T00:00:01Z',
      '1970-01-01T00:00:01.000000001Z',
      '1970-01-01T00:00:00Z',
    ])
  })

  test.each([
    ['a"b\\c', '"a\\"b\\\\c"'],
    ['\u0000\u007f\u000b', '"\\u0000\\u007F\\u000B"'],
    ['\b\t\n\f\r', '"\\b\\t\\n\\f\\r"'],
    ['🧛', '"🧛"'],
    ['\ud83e', '"\ufffd"'],
  ])('string %j is %s', (text, token) => expect(stringLiteral(text)).toBe(token))

  test('JSON has one spelling: members sorted, no spaces, numbers as ECMAScript has them', () => {
    expect(canonicalJson({ b: [1, 0.00000041, 1e21], a: { '€': null, z: 'é', y: undefined } })).toBe(
      '{"a":{"z":"é","€":null},"b":[1,4.1e-7,1e+21]}',
    )
    expect(jsonLiteral(['a"'])).toBe('"[\\"a\\\\\\"\\"]"^^rdf:JSON')
    expect(() => canonicalJson(Number.NaN)).toThrow(RangeError)
  })

  test('a scalar keeps the spelling that it was given', () => {
    expect(scalarLiteral({ lexical: '9007199254740993', type: 'integer' })).toBe('9007199254740993')
    expect(scalarLiteral({ lexical: 'null', type: 'json' })).toBe('"null"^^rdf:JSON')
  })
})
