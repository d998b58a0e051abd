import { describe, expect, test } from 'vitest'
import { markovRecommender } from '../../../src/analyse/recommend-components/markov-recommender.ts'
import {
  frequencyRecommender,
  type Recommender,
} from '../../../src/analyse/recommend-components/recommender.ts'
import { ruleRecommender } from '../../../src/analyse/recommend-components/rule-recommender.ts'
import { evaluateHeldOut } from '../../../src/analyse/recommend-components/held-out.ts'
import { ordersFrom } from './orders.ts'

function named(recommender: Recommender, ...before: string[]): string[] {
  return recommender.next(before).map(({ component }) => component)
}

describe('A Markov model', () => {
  const model = markovRecommender(
    ordersFrom('read clean fit plot', 'load clean fit save', 'read clean show', 'fit peak fit>clean'),
  )

  test('takes the longest context that was seen, and what shorter ones say after it', () => {
    expect(named(model, 'load', 'clean')).toEqual(['fit', 'show'])
    expect(model.next(['read', 'clean', 'fit'])[0]).toMatchObject({
      component: 'plot',
      after: ['read', 'clean', 'fit'],
      of: 1,
    })
  })

  test('backs off to the last component where the context is new', () => {
    const [first] = model.next(['never', 'clean'])
    expect(first).toMatchObject({ component: 'fit', after: ['clean'], of: 3 })
    expect(first?.orders).toHaveLength(2)
    expect(first?.lift).toBeCloseTo(2 / 3 / (3 / 4))
  })

  test('knows what was started again', () => {
    expect(named(model, 'fit')).toContain('clean')
  })

  test('is silent where nothing came after the last component', () => {
    expect(named(model, 'read', 'save')).toEqual([])
  })
})

describe('Sequential rules', () => {
  const rules = ruleRecommender(
    ordersFrom('read clean fit plot', 'load clean fit plot', 'read clean show', 'read tell>read'),
  )

  test('name what came anywhere after, the surest first', () => {
    expect(named(rules, 'load', 'clean').slice(0, 2)).toEqual(['fit', 'plot'])
  })

  test('hold one order alone for less sure than several that agree', () => {
    expect(rules.next(['clean', 'fit'])[0]?.score).toBe(3 / 4)
    expect(rules.next(['load'])[0]?.score).toBe(2 / 3)
  })

  test('know what was started again', () => {
    expect(named(ruleRecommender(ordersFrom('read tell tell>read')), 'tell')).toEqual(['read'])
  })

  test('are silent after what nothing came after', () => {
    expect(named(rules, 'plot')).toEqual([])
  })
})

describe('Held out', () => {
  const learners = [markovRecommender, ruleRecommender, frequencyRecommender]

  test('an order that only one run has is not foretold from itself', () => {
    const alone = evaluateHeldOut(ordersFrom('a b c', 'd e f', 'g h i'), learners)
    expect(alone.map(({ hitFifth }) => hitFifth)).toEqual([0, 0, 0])
    expect(alone[0]).toMatchObject({ places: 6, orders: 3, answered: 0 })
  })

  test('nor from another run that has the same components in the same order', () => {
    const twice = evaluateHeldOut(ordersFrom('a b c', 'a b c c>a', 'x y z'), learners)
    expect(twice.map(({ hitFirst }) => hitFirst)).toEqual([0, 0, 0])
  })

  test('what other runs do too is foretold, by all but the baseline', () => {
    const [markov, rules, frequency] = evaluateHeldOut(
      ordersFrom('a b c d', 'e a b c', 'p q r', 's p q r t', 'x y z', 'w x y z v'),
      learners,
    )
    expect(markov!.reciprocalRank).toBeGreaterThan(frequency!.reciprocalRank)
    expect(rules!.hitFifth).toBeGreaterThan(0.4)
    const [low, high] = markov!.hitFirstInterval
    expect(low).toBeLessThan(markov!.hitFirst)
    expect(high).toBeGreaterThan(markov!.hitFirst)
  })
})
