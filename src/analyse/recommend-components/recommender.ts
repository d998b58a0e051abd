import type { ComponentOrder } from './component-orders.ts'

/** A component that may come next. */
export interface Candidate {
  component: string
  /** By this they are ranked, the likeliest first. */
  score: number
  /** Components that it was seen after: what the score rests on. */
  after: readonly string[]
  /** Orders in which it came after these. */
  orders: readonly ComponentOrder[]
  /** How many orders have these. */
  of: number
  /** How much likelier it is after these than anywhere. */
  lift: number
}

/** Says what comes next by what it has learned from orders. */
export interface Recommender {
  name: 'markov' | 'rules' | 'frequency'
  /** The likeliest first; none where nothing was seen after these. */
  next(before: readonly string[]): Candidate[]
}

/** In how many orders each component is. */
export function frequencies(orders: readonly ComponentOrder[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { components } of orders)
    for (const component of components) counts.set(component, (counts.get(component) ?? 0) + 1)
  return counts
}

/** The baseline: what most orders have, whatever came before. */
export function frequencyRecommender(orders: readonly ComponentOrder[]): Recommender {
  const ranked = [...frequencies(orders)]
    .map(([component, count]) => ({
      component,
      score: count / orders.length,
      after: [],
      orders: [],
      of: orders.length,
      lift: 1,
    }))
    .toSorted(byScore)
  return {
    name: 'frequency',
    next: (before) => ranked.filter(({ component }) => !before.includes(component)),
  }
}

/** By score; equal ones by what more orders speak for, then by name, so that the answer is always the same. */
export function byScore(a: Candidate, b: Candidate): number {
  return b.score - a.score || b.orders.length - a.orders.length || (a.component < b.component ? -1 : 1)
}
