import { totalCost, type Plan, type PlanProblem } from '../../../src/analyse/storage/plan-problem.ts'

/** Mulberry32: the same numbers from the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/**
 * Data that are made from up to three earlier ones: some by the same step as the one before, some by steps that share a
 * start, some gone already. Keeping one costs about what making it does, so that the best plan is mixed.
 */
export function randomProblem(seed: number, size: number): PlanProblem {
  const random = randomFrom(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  const start = { cost: random() * 0.5, inputs: [], needs: [] }
  const steps: { cost: number; inputs: number[]; needs: number[] }[] = [start]
  const data = Array.from({ length: size }, (_, index) => {
    if (index === 0 || random() > 0.15) {
      const inputs = new Set(Array.from({ length: below(4) }, () => below(index)).filter(() => index > 0))
      steps.push({ cost: random() ** 2 * 4, inputs: [...inputs], needs: random() < 0.3 ? [0] : [] })
    }
    return {
      keepCost: random() < 0.1 ? Infinity : random() ** 2 * 8,
      uses: random() < 0.2 ? 0 : random() * 2,
      maker: steps.length - 1,
    }
  })
  return { data, steps }
}

/** The least that any plan costs: every one is tried. */
export function leastByTrying(problem: PlanProblem): { cost: number; plan: Plan } {
  const { data } = problem
  let best: { cost: number; plan: Plan } = { cost: Infinity, plan: [] }
  for (let bits = 0; bits < 2 ** data.length; bits++) {
    const plan = data.map(({ keepCost }, index) => keepCost !== Infinity && (bits & (1 << index)) !== 0)
    if (data.some(({ keepCost }, index) => keepCost === Infinity && (bits & (1 << index)) !== 0)) continue
    const cost = totalCost(problem, plan)
    if (cost < best.cost) best = { cost, plan }
  }
  return best
}
