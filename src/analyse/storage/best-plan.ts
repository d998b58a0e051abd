import { chainOf, planChain } from './chain-plan.ts'
import { lowerBound, solveProgram } from './integer-program.ts'
import { improve, searchPlan } from './local-search.ts'
import { isOpen, totalCost, type Plan, type PlanProblem } from './plan-problem.ts'

/** A plan for a part of a problem, and how much dearer it may be than the best, as a share of what it costs. */
export interface FoundPlan {
  plan: Plan
  by: 'chain' | 'integer program' | 'local search'
  /** 0 for the best. */
  gap: number
}

/**
 * The cheapest plan: by dynamic programming for a chain, else by an integer program; where that takes too long, a good
 * plan by local search, with its gap to what no plan goes below.
 */
export async function findBestPlan(problem: PlanProblem, seconds?: number): Promise<FoundPlan> {
  if (!problem.data.some(isOpen)) return { plan: problem.data.map(() => false), by: 'chain', gap: 0 }
  const chain = chainOf(problem)
  if (chain !== undefined) return { plan: planChain(problem, chain), by: 'chain', gap: 0 }
  const found = await solveProgram(problem, seconds)
  // The solver's tolerances may leave a cheap datum on the wrong side.
  if (found !== undefined) return { plan: improve(problem, found), by: 'integer program', gap: 0 }
  const plan = searchPlan(problem)
  const cost = totalCost(problem, plan)
  const atLeast = (await lowerBound(problem, seconds)) ?? 0
  return { plan, by: 'local search', gap: cost === 0 ? 0 : Math.max(0, (cost - atLeast) / cost) }
}
