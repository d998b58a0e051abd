import { describe, expect, test } from 'vitest'
import { findBestPlan } from '../../../src/analyse/storage/best-plan.ts'
import { chainOf } from '../../../src/analyse/storage/chain-plan.ts'
import { lowerBound } from '../../../src/analyse/storage/integer-program.ts'
import { planEachAlone, searchPlan } from '../../../src/analyse/storage/local-search.ts'
import { totalCost, type PlanProblem } from '../../../src/analyse/storage/plan-problem.ts'
import { splitProblem } from '../../../src/analyse/storage/split-problem.ts'
import { leastByTrying, randomFrom, randomProblem } from './random-problem.ts'

/** Data in a row, each made from the one before. */
function row(costs: readonly (readonly [make: number, keep: number, uses: number])[]): PlanProblem {
  return {
    steps: costs.map(([cost], index) => ({ cost, inputs: index === 0 ? [] : [index - 1], needs: [] })),
    data: costs.map(([, keepCost, uses], index) => ({ keepCost, uses, maker: index })),
  }
}

async function planWhole(problem: PlanProblem): Promise<boolean[]> {
  const plan = problem.data.map(() => false)
  for (const part of splitProblem(problem)) {
    const found = await findBestPlan(part)
    expect(found.gap).toBe(0)
    part.places.forEach((place, index) => (plan[place] = found.plan[index] === true))
  }
  return plan
}

describe('The plan costs what the best of all plans costs', () => {
  test('on 120 generated graphs of up to 14 data, most with a mixed best plan', async () => {
    let [mixed, greedyLoses] = [0, 0]
    for (let seed = 1; seed <= 120; seed++) {
      const problem = randomProblem(seed, seed <= 110 ? 2 + (seed % 9) : 14)
      const best = leastByTrying(problem)
      const plan = await planWhole(problem)
      expect(totalCost(problem, plan), `seed ${seed}`).toBeCloseTo(best.cost, 9)
      if (plan.includes(true) && plan.includes(false)) mixed++
      if (totalCost(problem, planEachAlone(problem)) > best.cost * 1.001) greedyLoses++
    }
    // Else the graphs would not tell one solver from another.
    expect(mixed).toBeGreaterThan(90)
    expect(greedyLoses).toBeGreaterThan(40)
  })

  test('on 60 generated chains, by dynamic programming', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = randomFrom(seed)
      const problem = row(
        Array.from({ length: 1 + (seed % 11) }, () => [
          random() * 3,
          random() < 0.15 ? Infinity : random() * 6,
          random() * 2,
        ]),
      )
      const found = await findBestPlan(problem)
      expect(found.by).toBe('chain')
      expect(totalCost(problem, found.plan), `seed ${seed}`).toBeCloseTo(leastByTrying(problem).cost, 9)
    }
  })
})

test('A costly first step is kept, and what is quick to make from it is not', async () => {
  const { plan } = await findBestPlan(
    row([
      [100, 5, 0],
      [1, 6, 1],
    ]),
  )
  expect(plan).toEqual([true, false])
})

test('What one step makes together costs one making', () => {
  const problem: PlanProblem = {
    steps: [
      { cost: 2, inputs: [], needs: [] },
      { cost: 1, inputs: [0, 1], needs: [] },
    ],
    data: [
      { keepCost: 9, uses: 0, maker: 0 },
      { keepCost: 9, uses: 0, maker: 0 },
      { keepCost: 9, uses: 1, maker: 1 },
    ],
  }
  expect(totalCost(problem, [false, false, false])).toBe(3)
})

test('A fork is no chain, nor is what two were made into', () => {
  const step = (inputs: number[]) => ({ cost: 1, inputs, needs: [] })
  const data = [0, 1, 2].map((maker) => ({ keepCost: 1, uses: 1, maker }))
  expect(chainOf({ data, steps: [step([]), step([0]), step([0])] })).toBeUndefined()
  expect(chainOf({ data, steps: [step([]), step([]), step([0, 1])] })).toBeUndefined()
  expect(chainOf({ data, steps: [step([2]), step([]), step([1])] })).toEqual([1, 2, 0])
})

describe('Where the best plan takes too long', () => {
  test('local search gives one that says by how much it may be too dear, and is not that much dearer', async () => {
    for (let seed = 200; seed < 210; seed++) {
      const problem = randomProblem(seed, 12)
      const best = leastByTrying(problem).cost
      const found = totalCost(problem, searchPlan(problem))
      expect(await lowerBound(problem)).toBeLessThanOrEqual(best * (1 + 1e-6))
      expect(found).toBeGreaterThanOrEqual(best * (1 - 1e-12))
      expect(found).toBeLessThan(best * 1.3)
    }
  })

  test('no time at all is too little', async () => {
    const { by, gap } = await findBestPlan(randomProblem(7, 60), 0)
    expect(by).toBe('local search')
    expect(gap).toBeGreaterThanOrEqual(0)
    expect(gap).toBeLessThanOrEqual(1)
  })
})
