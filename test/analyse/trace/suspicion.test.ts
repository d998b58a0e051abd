import { expect, test } from 'vitest'
import { suspicionOf } from '../../../src/analyse/trace/suspicion.ts'

const times = (count: number, value: string) => Array.from({ length: count }, () => value)

test('What all others have otherwise sets a run apart wholly', () => {
  expect(suspicionOf('b', times(9, 'a'))).toEqual({
    value: 'b',
    usual: [{ value: 'a', runs: 9 }],
    siblings: 9,
    same: 0,
    score: 1,
  })
})

test('What all others have too says nothing, nor does what differs in each', () => {
  expect(suspicionOf('a', times(9, 'a')).score).toBe(0)
  expect(suspicionOf('k', ['a', 'b', 'c', 'd']).score).toBe(0)
})

test('What half of the others have too says little, and the less the more they differ', () => {
  // Of ten, the share of pairs that agree is 2 · 20 / 90.
  expect(suspicionOf('c', [...times(5, 'a'), ...times(5, 'b')]).score).toBeCloseTo(40 / 90, 9)
  expect(suspicionOf('a', [...times(5, 'a'), ...times(5, 'b')]).score).toBe(0)
})

test('A number outside of all others is suspect although these differ, the more the more there are', () => {
  expect(suspicionOf('9', ['1', '2', '3'])).toMatchObject({ range: [1, 3], score: 0.5 })
  expect(
    suspicionOf(
      '9',
      Array.from({ length: 19 }, (_, n) => `${n / 4}`),
    ).score,
  ).toBeCloseTo(0.9, 9)
  expect(suspicionOf('2', ['1', '3', '4']).score).toBe(0)
})

test('Without others there is nothing to say', () => {
  expect(suspicionOf('a', [])).toEqual({ value: 'a', usual: [], siblings: 0, same: 0, score: 0 })
})
