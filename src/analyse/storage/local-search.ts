import { costToMake, isOpen, totalCost, type Plan, type PlanProblem } from './plan-problem.ts'

/**
 * Each datum by itself: kept where that costs less than to take the one step that makes it, as if all others were kept.
 * The usual rule of thumb, beside which a plan is shown.
 */
export function planEachAlone(problem: PlanProblem): Plan {
  const all = problem.data.map(isOpen)
  return problem.data.map(
    (datum, index) => isOpen(datum) && datum.keepCost <= datum.uses * costToMake(problem, all, index),
  )
}

/** Changes one decision after the other as long as that makes a plan cheaper. */
export function improve(problem: PlanProblem, from: Plan): Plan {
  const plan = [...from]
  let cost = totalCost(problem, plan)
  for (let improved = true; improved;) {
    improved = false
    for (const [index, datum] of problem.data.entries()) {
      if (!isOpen(datum)) continue
      plan[index] = plan[index] !== true
      const changed = totalCost(problem, plan)
      if (changed < cost - 1e-12 * cost) {
        cost = changed
        improved = true
      } else plan[index] = plan[index] !== true
    }
  }
  return plan
}

/** A good plan where the best one takes too long to find. */
export function searchPlan(problem: PlanProblem): Plan {
  const starts = [planEachAlone(problem), problem.data.map(isOpen), problem.data.map(() => false)]
  return starts
    .map((start) => improve(problem, start))
    .reduce((one, other) => (totalCost(problem, other) < totalCost(problem, one) ? other : one))
}
