/**
 * What a storage plan decides: which of the data are kept, and which are made again each time they are used (D. Yuan
 * et al., "On-demand minimum cost benchmarking for intermediate dataset storage in scientific cloud workflow systems",
 * J. Parallel Distrib. Comput. 71, 2011). Data that must be kept are not in it: as inputs they cost nothing.
 */
export interface PlanProblem {
  data: readonly PlanDatum[]
  steps: readonly PlanStep[]
}

export interface PlanDatum {
  /** Money a month to keep it; Infinity for what is gone already. */
  keepCost: number
  /** How often a month it is used; 0 where only others are made from it. */
  uses: number
  /** Index of the step that makes it. */
  maker: number
}

export interface PlanStep {
  /** Money to take it once. */
  cost: number
  /** Indices of data that it reads. */
  inputs: readonly number[]
  /** Indices of steps that must be taken with it each time: what handed it values, the start of its program. */
  needs: readonly number[]
}

/** Whether each of the data is kept. */
export type Plan = readonly boolean[]

/** Steps to take for a datum that is not kept: all back to what is kept, each once. */
export function stepsToMake({ data, steps }: PlanProblem, plan: Plan, datum: number): Set<number> {
  const taken = new Set<number>()
  const waiting = [data[datum]!.maker]
  for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
    if (taken.has(step)) continue
    taken.add(step)
    const { inputs, needs } = steps[step]!
    waiting.push(...needs)
    for (const input of inputs) if (plan[input] !== true) waiting.push(data[input]!.maker)
  }
  return taken
}

/** Money to make a datum once, if it is not kept. */
export function costToMake(problem: PlanProblem, plan: Plan, datum: number): number {
  let cost = 0
  for (const step of stepsToMake(problem, plan, datum)) cost += problem.steps[step]!.cost
  return cost
}

/** Money a month: for keeping, and for making what is used and not kept. */
export interface PlanCost {
  keeping: number
  making: number
}

export function costOf(problem: PlanProblem, plan: Plan): PlanCost {
  let [keeping, making] = [0, 0]
  problem.data.forEach(({ keepCost, uses }, datum) => {
    if (plan[datum] === true) keeping += keepCost
    else if (uses > 0) making += uses * costToMake(problem, plan, datum)
  })
  return { keeping, making }
}

export function totalCost(problem: PlanProblem, plan: Plan): number {
  const { keeping, making } = costOf(problem, plan)
  return keeping + making
}

/** Whether it is still there and a plan may say either. */
export function isOpen({ keepCost }: PlanDatum): boolean {
  return keepCost !== Infinity
}
