import type { ComponentOrder } from './component-orders.ts'
import { byScore, frequencies, type Candidate, type Recommender } from './recommender.ts'

/** Components before a place that are looked at, at most. */
const longest = 3
/** What a shorter context counts less ("Stupid Backoff": T. Brants et al., EMNLP-CoNLL 2007). */
const discount = 0.4

/**
 * A Markov model with back-off: what came straight after the last three components, where that was seen; else after the
 * last two, and after the last one. It never backs off to nothing: where nothing was seen after the last, it is silent.
 */
export function markovRecommender(orders: readonly ComponentOrder[]): Recommender {
  const seen = new Map<string, Map<string, Set<ComponentOrder>>>()
  const learn = (context: readonly string[], next: string, order: ComponentOrder) => {
    const key = context.join('\n')
    const known = seen.get(key) ?? new Map<string, Set<ComponentOrder>>()
    seen.set(key, known.set(next, (known.get(next) ?? new Set()).add(order)))
  }
  for (const order of orders) {
    const { components, repeats } = order
    for (const [at, next] of components.entries())
      for (let length = 1; length <= Math.min(longest, at); length++)
        learn(components.slice(at - length, at), next, order)
    for (const [after, again] of repeats) learn([after], again, order)
  }
  const inOrders = frequencies(orders)
  return {
    name: 'markov',
    next(before) {
      const found = new Map<string, Candidate>()
      let weight = 1
      for (let length = Math.min(longest, before.length); length > 0; length--) {
        const after = before.slice(-length)
        const followers = seen.get(after.join('\n'))
        if (followers === undefined) continue
        const of = [...followers.values()].reduce((sum, { size }) => sum + size, 0)
        for (const [component, those] of followers) {
          if (found.has(component)) continue
          const share = those.size / of
          const lift = share / ((inOrders.get(component) ?? 0) / orders.length)
          found.set(component, { component, score: weight * share, after, orders: [...those], of, lift })
        }
        weight *= discount
      }
      return [...found.values()].toSorted(byScore)
    },
  }
}
