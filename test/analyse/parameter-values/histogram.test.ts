import { expect, test } from 'vitest'
import { histogramOf, histogramOfRanges, widthOf } from '../../../src/analyse/parameter-values/histogram.ts'

test('few numbers have a bar each, in their order and not in that of their digits', () => {
  const { scale, bars } = histogramOf(
    new Map([
      ['10', 1],
      ['9', 4],
      ['0.5', 2],
    ]),
  )
  expect(scale).toBe('values')
  expect(bars.map(({ value, calls }) => [value, calls])).toEqual([
    ['0.5', 2],
    ['9', 4],
    ['10', 1],
  ])
})

test('many numbers have ranges of one width that meet, and every call is in one', () => {
  const { scale, bars } = histogramOf(new Map(Array.from({ length: 100 }, (_, at) => [String(at), at + 1])))
  expect(scale).toBe('linear')
  expect(bars).toHaveLength(12)
  expect(bars.slice(1).map(({ value }) => value)).toEqual(bars.slice(0, -1).map(({ to }) => to))
  expect([bars[0]!.value, bars.at(-1)!.to]).toEqual(['0', '99'])
  expect(bars.reduce((sum, { calls }) => sum + calls, 0)).toBe(5050)
})

test('numbers over many orders of magnitude have ranges that grow with them', () => {
  const { scale, bars } = histogramOf(
    new Map(Array.from({ length: 40 }, (_, at) => [String(10 ** (at / 8 - 2)), 1])),
  )
  expect(scale).toBe('logarithmic')
  expect(Math.max(...bars.map(({ calls }) => calls))).toBeLessThanOrEqual(8)
})

test('of many names the commonest have bars, and the others are counted', () => {
  const { scale, bars, others } = histogramOf(
    new Map(Array.from({ length: 20 }, (_, at) => [`f${at}.fits`, at + 1])),
  )
  expect({ scale, first: bars[0], shown: bars.length }).toEqual({
    scale: 'commonest',
    first: { value: 'f19.fits', calls: 20 },
    shown: 12,
  })
  expect(others).toBe(36)
})

test('ranges that runs recorded keep their edges, and narrower ones fall into the widest', () => {
  expect(widthOf([0, 64, 512])).toBe(64)
  const { bars } = histogramOfRanges(
    new Map([
      [0, 279],
      [32, 1],
      [64, 10],
      [1088, 1],
    ]),
    64,
  )
  expect(bars).toEqual([
    { value: '0', to: '64', calls: 280 },
    { value: '64', to: '128', calls: 10 },
    { value: '1088', to: '1152', calls: 1 },
  ])
})
