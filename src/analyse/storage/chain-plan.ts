import { costToMake, type Plan, type PlanProblem } from './plan-problem.ts'
import { inputsOf } from './split-problem.ts'

/** Data in order, where each is made from the one before it and from nothing else that a plan decides about. */
export function chainOf({ data, steps }: PlanProblem): number[] | undefined {
  const next = new Map<number | undefined, number>()
  for (const [index, { maker }] of data.entries()) {
    const inputs = [...inputsOf(steps, maker)]
    if (inputs.length > 1 || next.has(inputs[0])) return undefined
    next.set(inputs[0], index)
  }
  const chain: number[] = []
  for (let at = next.get(undefined); at !== undefined; at = next.get(at)) chain.push(at)
  return chain.length === data.length ? chain : undefined
}

/**
 * The best plan for a chain: what the data after a kept one cost depends on that one alone, so the cheapest plan that
 * keeps a datum is found from those that keep an earlier one (the shortest path of Yuan et al. 2011).
 */
export function planChain(problem: PlanProblem, chain: readonly number[]): Plan {
  const { data } = problem
  /** At each place the cheapest plan up to there which keeps it, and the place that it kept before. */
  const best: { cost: number; before: number }[] = [{ cost: 0, before: -1 }]
  const relax = (to: number, cost: number, before: number) => {
    const known = best[to]
    if (known === undefined || cost < known.cost) best[to] = { cost, before }
  }
  for (let from = 0; from <= chain.length; from++) {
    const begin = best[from]
    if (begin === undefined) continue
    let making = begin.cost
    const kept = data.map((_, index) => from > 0 && index === chain[from - 1])
    for (let to = from + 1; to <= chain.length + 1; to++) {
      const datum = chain[to - 1]
      const keepCost = datum === undefined ? 0 : data[datum]!.keepCost
      if (keepCost !== Infinity) relax(to, making + keepCost, from)
      if (datum !== undefined) making += data[datum]!.uses * costToMake(problem, kept, datum)
    }
  }
  const plan = data.map(() => false)
  for (let at = best[chain.length + 1]!.before; at > 0; at = best[at]!.before) plan[chain[at - 1]!] = true
  return plan
}
