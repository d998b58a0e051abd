import { groupBy } from '../../group-by.ts'
import type { ComponentOrder } from './component-orders.ts'
import type { Recommender } from './recommender.ts'
import { shareInterval } from '../statistics/share-interval.ts'

/** Groups of runs that are held out in turn, and places of an order that are asked about, at most. */
const mostFolds = 40
const mostPlaces = 12

/** How often a recommender named what really came next, in runs that it had not learned from. */
export interface HeldOut {
  recommender: Recommender['name']
  /** Places in orders at which it was asked what comes next. */
  places: number
  /** Orders that they are in; equal ones are one. */
  orders: number
  /** Share of places where the first, or one of the first five, was right. Silence is wrong. */
  hitFirst: number
  hitFirstInterval: readonly [low: number, high: number]
  hitFifth: number
  /** Mean of 1 / rank of what came next, 0 where it is not named. */
  reciprocalRank: number
  /** Share of places where it named any. */
  answered: number
}

type Learn = (orders: readonly ComponentOrder[]) => Recommender

interface Place {
  before: readonly string[]
  next: string
}

/** Holds runs out in turn. An order of theirs is learned from no other run either: equal runs count as one. */
export function evaluateHeldOut(orders: readonly ComponentOrder[], learners: readonly Learn[]): HeldOut[] {
  const folds = foldsOf(orders)
  return learners.map((learn) => {
    const scores: { places: number; first: number; fifth: number; reciprocal: number; answered: number }[] =
      []
    let recommender: Recommender['name'] = 'frequency'
    for (const held of folds) {
      const out = new Set(held.map(({ components }) => components.join('\n')))
      const model = learn(orders.filter(({ components }) => !out.has(components.join('\n'))))
      recommender = model.name
      for (const order of held) {
        const places = placesOf(order)
        const ranks = places.map(({ before, next }) => {
          const named = model.next(before)
          return { rank: named.findIndex(({ component }) => component === next) + 1, named: named.length }
        })
        const share = (when: (each: { rank: number; named: number }) => boolean) => ranks.filter(when).length
        scores.push({
          places: places.length,
          first: share(({ rank }) => rank === 1),
          fifth: share(({ rank }) => rank >= 1 && rank <= 5),
          reciprocal: ranks.reduce((sum, { rank }) => sum + (rank === 0 ? 0 : 1 / rank), 0),
          answered: share(({ named }) => named > 0),
        })
      }
    }
    const total = (of: (score: (typeof scores)[number]) => number) =>
      scores.reduce((sum, score) => sum + of(score), 0)
    const places = total((score) => score.places)
    return {
      recommender,
      places,
      orders: scores.length,
      hitFirst: total((score) => score.first) / places,
      hitFirstInterval: shareInterval(scores.map(({ first, places: of }) => ({ hits: first, of }))),
      hitFifth: total((score) => score.fifth) / places,
      reciprocalRank: total((score) => score.reciprocal) / places,
      answered: total((score) => score.answered) / places,
    }
  })
}

/** Orders of one run together; of more runs than are held out in turn, several together. Each order once. */
function foldsOf(orders: readonly ComponentOrder[]): ComponentOrder[][] {
  const byRun = groupBy(orders, ({ runs }) => runs.values().next().value ?? '')
  const groups = [...byRun].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
  const folds: ComponentOrder[][] = []
  for (const [at, group] of groups.entries()) (folds[at % mostFolds] ??= []).push(...group)
  return folds
}

/** From the second component on; of a long order, evenly spread ones. */
function placesOf({ components }: ComponentOrder): Place[] {
  const last = components.length - 1
  const count = Math.min(last, mostPlaces)
  return Array.from({ length: count }, (_, n) => {
    const at = count === last ? n + 1 : 1 + Math.round((n * (last - 1)) / (count - 1))
    return { before: components.slice(0, at), next: components[at]! }
  })
}
