import { expect, test } from 'vitest'
import { canonicalJson, type Json } from '../src/canonical-json.ts'

test.each<[Json, string]>([
  [null, 'null'],
  [true, 'true'],
  [false, 'false'],
  [0, '0'],
  [-0, '0'],
  [1e21, '1e+21'],
  [0.00000041, '4.1e-7'],
  ['', '""'],
  ['é€😀/"\\\n\u0007', '"é€😀/\\"\\\\\\n\\u0007"'],
  [[], '[]'],
  [[3, [1, null], 'x'], '[3,[1,null],"x"]'],
  [{}, '{}'],
  [{ b: { d: 1, c: [{ z: 0, y: 0 }] }, a: 2 }, '{"a":2,"b":{"c":[{"y":0,"z":0}],"d":1}}'],
  [{ 'a"b': 1 }, '{"a\\"b":1}'],
  [{ b: undefined, a: 1 }, '{"a":1}'],
  [{ a: undefined }, '{}'],
  [{ a: null }, '{"a":null}'],
])('%j has the canonical text %s', (value, text) => {
  expect(canonicalJson(value)).toBe(text)
})

// The example of RFC 8785, section 3.2.3.
test('Members are sorted by UTF-16 code units, so an emoji is before U+FB33', () => {
  const names = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6']
  const object = Object.fromEntries(names.map((name) => [name, 0]))
  const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33']
  expect(canonicalJson(object)).toBe(`{${sorted.map((name) => `${JSON.stringify(name)}:0`).join(',')}}`)
})

test.each([Number.NaN, Infinity, -Infinity])('JSON has no %d, wherever it stands', (number) => {
  for (const value of [number, [1, number], { a: { b: number } }]) {
    expect(() => canonicalJson(value)).toThrow(new RangeError(`JSON has no ${number}`))
  }
})
