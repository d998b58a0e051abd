import { describe, expect, test } from 'vitest'
import { MemoryCurve } from '../../src/record/memory-curve.ts'

const mebibyte = 2 ** 20

/** A curve of one sample a second, all of 1 MiB but one of 9. */
function curveWithPeak(samples: number, peak: number): [number, number][] {
  const curve = new MemoryCurve()
  for (let i = 0; i < samples; i++) curve.add(i * 1e9, (i === peak ? 9 : 1) * mebibyte)
  return curve.read()
}

describe('a peak stays, wherever it is and however often the curve is thinned', () => {
  test.each([1, 2, 200, 201, 202, 402, 1000])('%i samples', (samples) => {
    for (let peak = 0; peak < samples; peak++) {
      const highest = Math.max(...curveWithPeak(samples, peak).map(([, size]) => size))
      expect(highest, `sample ${peak}`).toBe(9)
    }
  })
})

test.each([
  { samples: 0, points: 0, apart: undefined },
  { samples: 1, points: 1, apart: undefined },
  { samples: 200, points: 200, apart: 1 },
  { samples: 201, points: 101, apart: 2 },
  { samples: 400, points: 200, apart: 2 },
  { samples: 800, points: 200, apart: 4 },
])('$samples samples make $points points, $apart apart', ({ samples, points, apart }) => {
  const curve = curveWithPeak(samples, -1)
  expect(curve).toHaveLength(points)
  const [first, second] = curve
  if (apart !== undefined) expect((second?.[0] ?? 0) - (first?.[0] ?? 0)).toBe(apart)
})

test('A point is at the first of its samples, in milliseconds and tenths of a MiB', () => {
  const curve = new MemoryCurve()
  curve.add(1_234_567_890, 1.26 * mebibyte)
  curve.add(2_000_499_999, 3 * mebibyte)
  expect(curve.read()).toEqual([
    [1.235, 1.3],
    [2, 3],
  ])
})
