import { expect, test } from 'vitest'
import { findBestPlan } from '../../../src/analyse/storage/best-plan.ts'
import { rangeOf } from '../../../src/analyse/storage/plan-range.ts'
import { totalCost, type PlanProblem } from '../../../src/analyse/storage/plan-problem.ts'
import { leastByTrying, randomProblem } from './random-problem.ts'

const at = ({ data, steps }: PlanProblem, factor: number): PlanProblem => ({
  steps,
  data: data.map((datum) => ({ ...datum, keepCost: datum.keepCost * factor })),
})

test('One datum is kept up to the price at which making it is as dear', async () => {
  const problem = { steps: [{ cost: 3, inputs: [], needs: [] }], data: [{ keepCost: 2, uses: 1, maker: 0 }] }
  expect(await rangeOf(problem, [true])).toEqual({ from: 0, to: 1.5 })
})

test('What is never used is not kept at any price', async () => {
  const problem = { steps: [{ cost: 3, inputs: [], needs: [] }], data: [{ keepCost: 2, uses: 0, maker: 0 }] }
  expect(await rangeOf(problem, [false])).toEqual({ from: 0 })
})

test('Within the range no plan is better, and just beyond it another one is', async () => {
  let flips = 0
  for (let seed = 1; seed <= 25; seed++) {
    const problem = randomProblem(seed, 8)
    const { plan } = await findBestPlan(problem)
    const { from, to } = await rangeOf(problem, plan)
    expect(from).toBeLessThanOrEqual(1 + 1e-9)
    if (to !== undefined) expect(to).toBeGreaterThanOrEqual(1 - 1e-9)
    const isBest = (factor: number) => {
      const there = at(problem, factor)
      return totalCost(there, plan) <= leastByTrying(there).cost * (1 + 1e-8)
    }
    expect(isBest(from * 1.001 || 1e-9), `seed ${seed}`).toBe(true)
    if (from > 0) expect(isBest(from * 0.98), `seed ${seed}`).toBe(false)
    expect(isBest((to ?? 1e6) * 0.999), `seed ${seed}`).toBe(true)
    if (to === undefined) continue
    expect(isBest(to * 1.02), `seed ${seed}`).toBe(false)
    flips++
  }
  expect(flips).toBeGreaterThan(15)
})
