import { describe, expect, test } from 'vitest'
import { conformalInterval, fewestGroups } from '../../../src/analyse/statistics/conformal-interval.ts'
import { linear, median, type Observation } from '../../../src/analyse/statistics/cost-models.ts'
import { leaveOneGroupOut } from '../../../src/analyse/statistics/leave-one-group-out.ts'

const line = [2.1, 3.9, 6.3, 7.8, 10.4, 11.7, 14.5, 15.6, 18.6, 19.7, 22.4, 23.5]
const observations: Observation[] = line.map((value, at) => ({ group: `run ${at}`, row: [at + 1], value }))

describe('An interval by leaving one run out', () => {
  // Of MAPIE 1.6.0, CrossConformalRegressor(LinearRegression(), cv=-1, method='plus', confidence_level=0.9).
  test.each([
    [4.5, 8.35747664, 9.735],
    [13, 25.14072096, 26.83545455],
    [0, -0.64181818, 0.82950601],
  ])('at %d has the ends that MAPIE gives', (x, low, high) => {
    const interval = conformalInterval(leaveOneGroupOut(linear(), observations)!, [x], 0.9)
    expect(interval?.[0]).toBeCloseTo(low, 7)
    expect(interval?.[1]).toBeCloseTo(high, 7)
  })

  test('takes nine runs for nine of ten, and nineteen for nineteen of twenty', () => {
    expect([fewestGroups(0.9), fewestGroups(0.95)]).toEqual([9, 19])
    const first = (count: number) =>
      conformalInterval(leaveOneGroupOut(median, observations.slice(0, count))!, [1], 0.9)
    expect(first(8)).toBeUndefined()
    expect(first(9)?.every(Number.isFinite)).toBe(true)
  })

  test('counts runs and not what was measured in them: a hundred measurements of a run say what one says', () => {
    const once = conformalInterval(leaveOneGroupOut(median, observations)!, [1], 0.9)!
    const weighted = leaveOneGroupOut(median, observations)!.map((each) =>
      each.group === 'run 3'
        ? { ...each, residuals: Array.from({ length: 100 }, () => each.residuals[0]!) }
        : each,
    )
    expect(conformalInterval(weighted, [1], 0.9)).toEqual(once)
  })

  test('holds nine of ten new runs, where residuals of the fit itself hold fewer', () => {
    const random = randomFrom(7)
    let [inside, inSample, cases] = [0, 0, 0]
    for (let round = 0; round < 300; round++) {
      const drawn = Array.from({ length: 13 }, (_, at): Observation => {
        const size = random() * 3
        return { group: String(at), row: [size], value: 2 * size + (random() - 0.5) * (1 + size) }
      })
      const [held, ...others] = drawn as [Observation, ...Observation[]]
      const [low, high] = conformalInterval(leaveOneGroupOut(linear(), others)!, held.row, 0.9)!
      const fitted = linear().fit(others)!
      const residuals = others
        .map(({ row, value }) => Math.abs(value - fitted(row)))
        .toSorted((a, b) => a - b)
      cases++
      if (held.value >= low && held.value <= high) inside++
      if (Math.abs(held.value - fitted(held.row)) <= residuals[Math.ceil(0.9 * residuals.length) - 1]!)
        inSample++
    }
    expect(inside / cases).toBeGreaterThan(0.87)
    expect(inside / cases).toBeLessThan(0.98)
    expect(inSample / cases).toBeLessThan(inside / cases)
  })
})

/** D. H. Lehmer's generator, for the same draws every time. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48271) % 2147483647) / 2147483647
}
