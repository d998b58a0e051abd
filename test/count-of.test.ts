import { expect, test } from 'vitest'
import { countOf, formatCount } from '../src/count-of.ts'

test('thousands stand apart in a count', () => {
  expect(formatCount(1048576)).toBe('1,048,576')
  expect(formatCount(999)).toBe('999')
})

test.each([
  [0, '0 runs'],
  [1, '1 run'],
  [2, '2 runs'],
  [1000, '1,000 runs'],
])('one of a thing is said as one: %d', (count, text) => expect(countOf(count, 'run')).toBe(text))

test('a thing may have a plural of its own', () => {
  expect([1, 2].map((count) => countOf(count, 'query', 'queries'))).toEqual(['1 query', '2 queries'])
})
