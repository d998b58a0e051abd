import { describe, expect, test } from 'vitest'
import { chooseModel } from '../../../src/analyse/statistics/choose-model.ts'
import type { Observation } from '../../../src/analyse/statistics/cost-models.ts'

const runs = Array.from({ length: 24 }, (_, at) => at)

function observed(valueOf: (at: number) => number, rowOf: (at: number) => number[]): Observation[] {
  return runs.map((at) => ({ group: `run ${at}`, row: rowOf(at), value: valueOf(at) }))
}

/** Neither rises nor falls with the number of the run. */
const wobble = (at: number) => Math.sin(at * 12.9898) * 0.1

describe('The model of a cost', () => {
  test('is a line where the cost grows as a power of the size', () => {
    const chosen = chooseModel(
      observed(
        (at) => 1.5 * at + wobble(at),
        (at) => [at],
      ),
    )!
    expect(chosen.model).toMatchObject({ name: 'bounded line', uses: [0] })
  })

  test('is the nearest where the cost jumps with the size', () => {
    const chosen = chooseModel(
      observed(
        (at) => (at < 12 ? 0 : 9) + wobble(at),
        (at) => [at],
      ),
    )!
    expect(chosen.model.name).toBe('nearest 5')
  })

  test('is the median where the size says nothing', () => {
    expect(chooseModel(observed(wobble, () => [3]))?.model.name).toBe('median')
  })

  test('looks at a setting that explains, and not at one that does not', () => {
    const chosen = chooseModel(
      observed(
        (at) => (at % 3) * 2 + wobble(at),
        (at) => [(at * 7) % 5, at % 3, (at * 11) % 4],
      ),
    )!
    expect(chosen.model.uses).toContain(1)
    expect(chosen.model.uses).not.toContain(2)
  })

  test('expects no more than was ever measured', () => {
    const observations = observed(
      (at) => at,
      (at) => [at],
    )
    const fitted = chooseModel(observations)!.model.fit(observations)!
    expect(fitted([1000])).toBe(23)
  })

  test('takes two runs at least', () => {
    expect(chooseModel([{ group: 'run', row: [1], value: 1 }])).toBeUndefined()
  })
})
