import { findBestPlan } from './best-plan.ts'
import { costOf, isOpen, type Plan, type PlanProblem } from './plan-problem.ts'

/** By which factors all prices of keeping may change and the plan still be the best; uses by their inverse. */
export interface PlanRange {
  from: number
  /** Absent where nothing dearer would change it. */
  to?: number
}

/** Below this a difference in money is one of rounding. */
const tolerance = 1e-9
const mostRounds = 20

/**
 * The range of prices over which a plan stays the best. What each plan costs is a line in the price of keeping, so the
 * next better plan is found by going to where the line of another one crosses, until no third is below that point
 * (M. J. Eisner, D. G. Severance, "Mathematical techniques for efficient record segmentation in large shared
 * databases", J. ACM 23, 1976).
 */
export async function rangeOf(problem: PlanProblem, plan: Plan): Promise<PlanRange> {
  const none = problem.data.map(() => false)
  const all = problem.data.map(isOpen)
  const to = await crossing(problem, plan, none)
  const from = await crossing(problem, plan, all)
  return { from: from ?? 0, ...(to !== undefined && { to }) }
}

/** @returns the factor at which another plan, on the side of `other`, gets cheaper; undefined where none does */
async function crossing(problem: PlanProblem, plan: Plan, other: Plan): Promise<number | undefined> {
  const ours = costOf(problem, plan)
  let theirs = costOf(problem, other)
  for (let round = 0; ; round++) {
    const factor = (theirs.making - ours.making) / (ours.keeping - theirs.keeping)
    if (!Number.isFinite(factor) || factor <= 0) return undefined
    const at = scale(problem, factor)
    const best = costOf(at, (await findBestPlan(at)).plan)
    const here = factor * ours.keeping + ours.making
    if (best.keeping + best.making >= here * (1 - tolerance) || round === mostRounds) return factor
    theirs = { keeping: best.keeping / factor, making: best.making }
  }
}

function scale({ data, steps }: PlanProblem, factor: number): PlanProblem {
  return { steps, data: data.map((datum) => ({ ...datum, keepCost: datum.keepCost * factor })) }
}
