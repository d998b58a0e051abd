import { describe, expect, test } from 'vitest'
import { fitLinear } from '../../../src/analyse/statistics/least-squares.ts'
import { findOutliers } from '../../../src/analyse/statistics/outliers.ts'

/** The example of Rosner (1983), as the NIST/SEMATECH handbook gives it in 1.3.5.17.3. */
const rosner = [
  -0.25, 0.68, 0.94, 1.15, 1.2, 1.26, 1.26, 1.34, 1.38, 1.43, 1.49, 1.49, 1.55, 1.56, 1.58, 1.65, 1.69, 1.7,
  1.76, 1.77, 1.81, 1.91, 1.94, 1.96, 1.99, 2.06, 2.09, 2.1, 2.14, 2.15, 2.23, 2.24, 2.26, 2.35, 2.37, 2.4,
  2.47, 2.54, 2.62, 2.64, 2.9, 2.92, 2.92, 2.93, 3.21, 3.26, 3.3, 3.59, 3.68, 4.3, 4.64, 5.34, 5.42, 6.01,
]
const nothing = (values: readonly number[]) => values.map(() => [])

/** F. J. Anscombe, Graphs in Statistical Analysis, 1973: the first of four. */
const anscombe = {
  x: [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5],
  y: [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68],
}

describe('Outliers', () => {
  test("of Rosner's example are the three that are published", () => {
    const found = findOutliers(nothing(rosner), rosner, { alpha: 0.05, most: 10 })
    expect(found.map(({ index }) => rosner[index])).toEqual([6.01, 5.42, 5.34])
  })

  test('do not hide one another', () => {
    const values = [10, 10.1, 9.9, 10.05, 9.95, 10.02, 9.98, 10.03, 30, 31]
    const found = findOutliers(nothing(values), values, { alpha: 0.01, most: 2 })
    expect(found.map(({ index }) => index).toSorted()).toEqual([8, 9])
    expect(found[0]?.interval[1]).toBeLessThan(11)
  })

  test('are none where a predictor explains what differs', () => {
    const sizes = [1, 2, 3, 4, 5, 6, 7, 100]
    const seconds = sizes.map((size, at) => 2 * size + (at % 2) * 0.1)
    expect(findOutliers(nothing(seconds), seconds, { alpha: 0.01, most: 1 })).toHaveLength(1)
    const bySize = sizes.map((size) => [size])
    expect(findOutliers(bySize, seconds, { alpha: 0.01, most: 1 })).toEqual([])
  })

  test('among equal values are those that are not', () => {
    const values = [0, 0, 0, 0, 0, 0, 0.5, 0]
    const [only, ...more] = findOutliers(nothing(values), values, { alpha: 0.01, most: 1 })
    expect(only).toMatchObject({ index: 6, expected: 0, interval: [0, 0], deviations: Infinity })
    expect(more).toEqual([])
  })

  test('are none among equal values', () => {
    expect(findOutliers(nothing([1, 1, 1, 1, 1, 1]), [1, 1, 1, 1, 1, 1], { alpha: 0.01, most: 1 })).toEqual(
      [],
    )
  })

  test('are called so by chance as often as is asked for, and not oftener', () => {
    let state = 1
    const uniform = () => (state = (state * 48271) % 2147483647) / 2147483647
    const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
    let alarms = 0
    for (let n = 0; n < 2000; n++) {
      const values = Array.from({ length: 20 }, normal)
      if (findOutliers(nothing(values), values, { alpha: 0.05, most: 4 }).length > 0) alarms++
    }
    expect(alarms / 2000).toBeGreaterThan(0.03)
    expect(alarms / 2000).toBeLessThan(0.075)
  })
})

describe('A line through points', () => {
  test("has the published coefficients of Anscombe's", () => {
    const fit = fitLinear(
      anscombe.x.map((x) => [x]),
      anscombe.y,
    )
    expect(fit?.coefficients[0]).toBeCloseTo(3.0001, 4)
    expect(fit?.coefficients[1]).toBeCloseTo(0.5001, 4)
    expect(fit?.squares).toBeCloseTo(13.7627, 4)
    expect(fit?.leverages.reduce((sum, each) => sum + each)).toBeCloseTo(2)
  })

  test('is not drawn where two predictors say the same', () => {
    const rows = anscombe.x.map((x) => [x, 2 * x])
    expect(fitLinear(rows, anscombe.y)).toBeUndefined()
  })

  test('is not drawn through fewer points than it has coefficients', () => {
    expect(fitLinear([[1]], [1])).toBeUndefined()
  })
})
