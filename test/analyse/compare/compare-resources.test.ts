import { DataFactory } from 'n3'
import { expect, test } from 'vitest'
import { compareResources } from '../../../src/analyse/compare/compare-resources.ts'

const rowOf = (run: string, fact: string, value: number) =>
  Object.fromEntries(
    Object.entries({ run, group: 'run', fact, value: String(value) }).map(([key, each]) => [
      key,
      DataFactory.literal(each),
    ]),
  )

/** Elapsed times of the first run, the second, and repeats of each; whether the two differ. */
function differInTime(
  one: number,
  other: number,
  like: readonly number[] = [],
  likeOther: readonly number[] = [],
): boolean {
  const name = (prefix: string) => (_: number, at: number) => `${prefix}${at}`
  const rows = [
    rowOf('a', 'wallSeconds', one),
    rowOf('b', 'wallSeconds', other),
    ...like.map((value, at) => rowOf(`like${at}`, 'wallSeconds', value)),
    ...likeOther.map((value, at) => rowOf(`other${at}`, 'wallSeconds', value)),
  ]
  const [found] = compareResources(['a', 'b'], rows, [like.map(name('like')), likeOther.map(name('other'))])
  return found!.differs
}

test('A time that is half as long again differs, and less does not', () => {
  expect(differInTime(2, 3)).toBe(true)
  expect(differInTime(3, 2)).toBe(true)
  expect(differInTime(2, 2.9)).toBe(false)
})

test('A few hundredths of a second say nothing', () => {
  expect(differInTime(0.05, 0.14)).toBe(false)
})

test('A time within what repeats of the run take does not differ', () => {
  expect(differInTime(2, 4, [3.5])).toBe(false)
  expect(differInTime(2, 4, [1.9, 2.1])).toBe(true)
  expect(differInTime(2, 4, [1.9, 3.5], [2.9])).toBe(false)
})

test('What a run and its repeats took is the usual; one run alone has none', () => {
  const rows = [rowOf('a', 'cpuSeconds', 2), rowOf('b', 'cpuSeconds', 2), rowOf('c', 'cpuSeconds', 3)]
  expect(compareResources(['a', 'b'], rows, [['c'], []])).toEqual([
    { resource: 'cpuSeconds', values: [2, 2], usual: { from: 2, to: 3, runs: 2 }, differs: false },
  ])
  expect(compareResources(['a', 'b'], rows, [[], []])[0]).not.toHaveProperty('usual')
})

test('A load that differs is a fact, and no difference of what a run took', () => {
  const rows = [rowOf('a', 'loadAtEnd', 0.1), rowOf('b', 'loadAtEnd', 12)]
  expect(compareResources(['a', 'b'], rows, [[], []])).toEqual([
    { resource: 'loadAtEnd', values: [0.1, 12], differs: false },
  ])
})
