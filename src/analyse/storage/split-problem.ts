import { groupBy } from '../../group-by.ts'
import type { PlanProblem } from './plan-problem.ts'

/** A part of a problem whose best plan does not depend on the rest. */
export interface ProblemPart extends PlanProblem {
  /** Of each of its data, the index in the whole. */
  places: readonly number[]
}

/** Splits a problem where no datum is made from another of the other part, so that each is small. */
export function splitProblem({ data, steps }: PlanProblem): ProblemPart[] {
  const leader = data.map((_, index) => index)
  const find = (index: number): number => {
    let at = index
    while (leader[at] !== at) at = leader[at] = leader[leader[at]!]!
    return at
  }
  const reads = data.map(({ maker }) => inputsOf(steps, maker))
  reads.forEach((inputs, index) => {
    for (const input of inputs) leader[find(input)] = find(index)
  })
  return [...groupBy(data.keys(), find).values()].map((places) => {
    const at = new Map(places.map((place, index) => [place, index]))
    const stepAt = new Map<number, number>()
    const waiting = places.map((place) => data[place]!.maker)
    for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
      if (stepAt.has(step)) continue
      stepAt.set(step, stepAt.size)
      waiting.push(...steps[step]!.needs)
    }
    return {
      places,
      data: places.map((place) => ({ ...data[place]!, maker: stepAt.get(data[place]!.maker)! })),
      steps: [...stepAt.keys()].map((step) => ({
        cost: steps[step]!.cost,
        inputs: steps[step]!.inputs.map((input) => at.get(input)!),
        needs: steps[step]!.needs.map((need) => stepAt.get(need)!),
      })),
    }
  })
}

/** Indices of data that a step and what it needs read. */
export function inputsOf(steps: PlanProblem['steps'], first: number): Set<number> {
  const inputs = new Set<number>()
  const taken = new Set([first])
  for (const step of taken) {
    for (const input of steps[step]!.inputs) inputs.add(input)
    for (const need of steps[step]!.needs) taken.add(need)
  }
  return inputs
}
