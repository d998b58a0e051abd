import { expect, test } from 'vitest'
import { histogramSvg } from '../../src/report/histogram-svg.ts'

const chart = {
  title: 'a < b & "c"',
  bars: [
    { label: 'one\u0007', count: 1 },
    { label: 'four', count: 4 },
  ],
}

test('bars are as long as their counts say', () => {
  const widths = [...histogramSvg([chart]).matchAll(/<rect x="150" y="\d+" width="([\d.]+)"/g)]
  expect(widths.map(([, width]) => Number(width))).toEqual([75, 300])
})

test('what is no XML is written so that the picture can be read', () => {
  const picture = histogramSvg([chart])
  expect(picture).toContain('a &lt; b &amp; "c"')
  expect(picture).toContain('one\uFFFD')
})

test('charts stand below one another, and the picture is as high as they are', () => {
  const heightOf = (picture: string) => Number(/height="(\d+)" role/.exec(picture)?.[1])
  const [one, two] = [heightOf(histogramSvg([chart])), heightOf(histogramSvg([chart, chart]))]
  expect(two).toBeGreaterThan(one * 1.8)
  expect(
    Math.max(...[...histogramSvg([chart, chart]).matchAll(/ y="(\d+)"/g)].map(([, y]) => Number(y))),
  ).toBeLessThan(two)
})
