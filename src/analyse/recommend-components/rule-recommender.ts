import type { ComponentOrder } from './component-orders.ts'
import { byScore, type Candidate, type Recommender } from './recommender.ts'
import { growRules, indexOccurrences, type SequentialRule } from './rule-growth.ts'

/** Of what came before, so many last components may be on the left of a rule, and so many at once. */
const lookedBack = 8
const maxBefore = 2

/**
 * Sequential association rules: what came anywhere after one or two of these components. Each follower is ranked by the
 * best rule for it, whose confidence is corrected for few orders ("Laplace accuracy": P. Clark and R. Boswell, EWSL 1991),
 * or one order alone would be the surest.
 */
export function ruleRecommender(orders: readonly ComponentOrder[]): Recommender {
  const index = indexOccurrences(orders.map(({ components }) => components.map((each) => [each])))
  for (const [sequence, { components, repeats }] of orders.entries())
    for (const [after, again] of repeats) index.add(again, sequence, components.indexOf(after) + 0.5)
  return {
    name: 'rules',
    next(before) {
      const best = new Map<string, SequentialRule>()
      const rules = growRules(index, {
        minSupport: 1,
        minConfidence: 0,
        maxBefore,
        maxAfter: 1,
        beforeOf: new Set(before.slice(-lookedBack)),
      })
      for (const rule of rules) {
        // What is there already came after something too, which is no news.
        if (before.includes(rule.after[0]!)) continue
        const known = best.get(rule.after[0]!)
        if (known === undefined || isBetter(rule, known)) best.set(rule.after[0]!, rule)
      }
      return [...best]
        .map(([component, rule]): Candidate => ({
          component,
          score: accuracy(rule),
          after: rule.before,
          orders: rule.holdsIn.map((sequence) => orders[sequence]!),
          of: rule.beforeSupport,
          lift: rule.lift,
        }))
        .toSorted(byScore)
    },
  }
}

function accuracy({ support, beforeSupport }: SequentialRule): number {
  return (support + 1) / (beforeSupport + 2)
}

/** Of equal accuracy the shorter rule is better, which says the same with less. */
function isBetter(one: SequentialRule, other: SequentialRule): boolean {
  return (accuracy(one) - accuracy(other) || other.before.length - one.before.length) > 0
}
