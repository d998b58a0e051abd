import { countOf } from '../../count-of.ts'
import type { Questions } from '../questions.ts'
import { shareInterval } from '../statistics/share-interval.ts'
import { answered, type UseCaseAnswer } from '../use-case-answer.ts'
import { callsInScript } from './calls-in-script.ts'
import { ordersOf, type How, type OrdersSeen } from './component-orders.ts'
import { evaluateHeldOut, type HeldOut } from './held-out.ts'
import { markovRecommender } from './markov-recommender.ts'
import { meantComponent } from './meant-component.ts'
import { frequencyRecommender, type Candidate } from './recommender.ts'
import { ruleRecommender } from './rule-recommender.ts'

/** A component that may come next, and what speaks for it. */
export interface RecommendedComponent {
  component: string
  name: string
  /** Names of the components that it came after: of those asked about, what the recommendation rests on. */
  after: readonly string[]
  /** Orders in which it came after them, of so many that have them; equal orders are one. */
  orders: number
  of: number
  /** `orders / of`, and where it may be with 95 %. */
  confidence: number
  confidenceInterval: readonly [low: number, high: number]
  /** How much likelier it is after them than anywhere. */
  lift: number
  /** Started next by the same caller, or used what the last of them had made, or both; none where only later. */
  how: readonly How[]
  /** IRIs. */
  runs: readonly string[]
  pipelines: readonly string[]
}

/** What to use next, by which way of telling, and how good that is. */
export interface RecommendedComponents {
  /** Names, in the order of their use. */
  after: readonly string[]
  by: 'markov' | 'rules'
  /** Of both ways of telling, and of naming what is used most, which is the baseline. */
  heldOut: readonly HeldOut[]
  /** Whether it names what comes next more often than the baseline. */
  betterThanFrequency: boolean
  recommended: readonly RecommendedComponent[]
}

/** Fewer orders leave nothing to learn from once one is held out. */
const fewestOrders = 3

/**
 * What to use after these components (use case 6), by what came after them in the runs that completed: a Markov model with
 * back-off or sequential association rules, whichever was right more often in runs held out.
 *
 * @param given words for components, in the order of their use, or the text of a script that calls them
 * @throws UsageError for a component that no run used
 */
export async function recommendComponents(
  questions: Questions,
  given: { after: readonly string[] } | { script: string; text: string },
): Promise<UseCaseAnswer<RecommendedComponents>> {
  const seen = await ordersSeen(questions)
  const { orders, names } = seen
  const after =
    'after' in given
      ? given.after.map((word) => meantComponent(word, names))
      : callsInScript(given.text, names)
  const nameOf = (component: string) => names.get(component) ?? component
  const question = `Which components come next after ${after.map(nameOf).join(', ') || 'what this script calls'}?`
  const runs = new Set(orders.flatMap((order) => [...order.runs]))
  const abstain = (because: string, record: string) =>
    answered<RecommendedComponents>(question, questions, {
      abstained: { because, record },
      runs,
      evidence: { orders: orders.length },
    })
  if (after.length === 0)
    return abstain(
      `${'script' in given ? given.script : 'the script'} calls none of the ${names.size} components that runs used`,
      'Record runs of pipelines that use what it calls.',
    )
  if (orders.length < fewestOrders)
    return abstain(
      `the completed runs used components in ${countOf(orders.length, 'different order')}, and at least ${fewestOrders} are needed`,
      'Record runs of other pipelines that use some of these components.',
    )
  const heldOut = evaluateHeldOut(orders, [markovRecommender, ruleRecommender, frequencyRecommender])
  const ways = [markovRecommender(orders), ruleRecommender(orders)].toSorted(
    (a, b) => rightness(heldOut, b.name) - rightness(heldOut, a.name),
  )
  for (const way of ways) {
    const candidates = way.next(after)
    if (candidates.length === 0) continue
    const recommended = candidates.map((each) => recommendation(each, seen))
    return answered(question, questions, {
      answer: {
        after: after.map(nameOf),
        by: way.name as 'markov' | 'rules',
        heldOut,
        betterThanFrequency: rightness(heldOut, way.name) > rightness(heldOut, 'frequency'),
        recommended,
      },
      runs,
      evidence: { orders: orders.length },
    })
  }
  return abstain(
    `nothing came after ${after.map(nameOf).join(', ')} in any completed run`,
    'Record a run of a pipeline that goes on from there.',
  )
}

/** What all completed runs used in which order. */
export async function ordersSeen(questions: Questions): Promise<OrdersSeen> {
  return ordersOf(
    await questions.ask('orders-of-components'),
    await questions.ask('steps-between-components'),
  )
}

function rightness(heldOut: readonly HeldOut[], name: HeldOut['recommender']): number {
  return heldOut.find(({ recommender }) => recommender === name)?.reciprocalRank ?? 0
}

function recommendation(
  { component, after, orders, of, lift }: Candidate,
  { names, how }: OrdersSeen,
): RecommendedComponent {
  const all = <T>(of: (order: (typeof orders)[number]) => Iterable<T>) =>
    [...new Set(orders.flatMap((order) => [...of(order)]))].toSorted()
  return {
    component,
    name: names.get(component) ?? component,
    after: after.map((each) => names.get(each) ?? each),
    orders: orders.length,
    of,
    confidence: orders.length / of,
    confidenceInterval: shareInterval(
      Array.from({ length: of }, (_, at) => ({ hits: at < orders.length ? 1 : 0, of: 1 })),
    ),
    lift,
    how: how(after.at(-1) ?? '', component),
    runs: all(({ runs }) => runs),
    pipelines: all(({ pipelines }) => pipelines),
  }
}
