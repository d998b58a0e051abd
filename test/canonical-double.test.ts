import { expect, test } from 'vitest'
import { canonicalDouble } from '../src/canonical-double.ts'

test.each([
  [0, '0.0E0'],
  [-0, '-0.0E0'],
  [1, '1.0E0'],
  [2.5, '2.5E0'],
  [-3.1, '-3.1E0'],
  [20000, '2.0E4'],
  [1e-7, '1.0E-7'],
  [123456.789, '1.23456789E5'],
  [0.1 + 0.2, '3.0000000000000004E-1'],
  [Number.MAX_VALUE, '1.7976931348623157E308'],
  [Number.MIN_VALUE, '5.0E-324'],
  [Infinity, 'INF'],
  [-Infinity, '-INF'],
  [Number.NaN, 'NaN'],
])('The double %d is written %s', (value, text) => {
  expect(canonicalDouble(value)).toBe(text)
  if (text.includes('E')) expect(Number(text)).toBe(value)
})
