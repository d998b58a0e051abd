import type { Questions } from '../questions.ts'
import { text } from '../ask.ts'
import { integerOf, numberOf } from '../read-row.ts'
import { answered, type UseCaseAnswer } from '../use-case-answer.ts'
import type { ComponentOrder } from './component-orders.ts'
import { meantComponent } from './meant-component.ts'
import { ordersSeen } from './recommend-components.ts'

/** How a component did, in all runs of the store. */
export interface ComponentOutcomes {
  runs: number
  calls: number
  failures: number
  /** Elapsed time of all calls. */
  wallSeconds: number
  /** Mean of each quality metric over the runs that used it, and how many runs measured it. */
  qualities: readonly { metric: string; mean: number; runs: number }[]
}

/** A component that was used in the place of another. */
export interface AlternativeComponent {
  component: string
  name: string
  /** Names of what came straight before and straight after both. */
  sameBefore: readonly string[]
  sameAfter: readonly string[]
  /** Media types that both read and write; none where neither is known to read or write files. */
  reads: readonly string[]
  writes: readonly string[]
  outcomes: ComponentOutcomes
}

export interface AlternativeComponents {
  component: string
  name: string
  outcomes: ComponentOutcomes
  /** The one with most of its place in common first. */
  alternatives: readonly AlternativeComponent[]
}

/** So many are asked about their outcomes. */
const mostAlternatives = 10

/**
 * Components that were used in the place of this one: between the same neighbours in the order of calls or along the data,
 * with the same kinds of data in and out, and never beside it in one order.
 *
 * @param word for the component
 * @throws UsageError for a component that no run used
 */
export async function alternativeComponents(
  questions: Questions,
  word: string,
): Promise<UseCaseAnswer<AlternativeComponents>> {
  const { orders, names } = await ordersSeen(questions)
  const component = meantComponent(word, names)
  const nameOf = (iri: string) => names.get(iri) ?? iri
  const question = `Which components were used in the place of ${nameOf(component)}?`
  const runs = new Set(orders.flatMap((order) => [...order.runs]))
  const kinds = await kindsOfData(questions)
  const beside = new Set(
    orders.flatMap(({ components }) => (components.includes(component) ? components : [])),
  )
  const places = placesIn(orders)
  const place = places.get(component)
  const own = kinds.get(component)
  const found = [...places]
    .flatMap(([other, { before, after }]) => {
      const sameBefore = shared(place?.before, before)
      const sameAfter = shared(place?.after, after)
      if (beside.has(other) || sameBefore.length + sameAfter.length === 0) return []
      const theirs = kinds.get(other)
      const [reads, writes] = [sameKinds(own?.reads, theirs?.reads), sameKinds(own?.writes, theirs?.writes)]
      if (reads === undefined || writes === undefined) return []
      return [{ component: other, name: nameOf(other), sameBefore, sameAfter, reads, writes }]
    })
    .toSorted((a, b) => common(b) - common(a) || (a.name < b.name ? -1 : 1))
    .slice(0, mostAlternatives)
  if (found.length === 0)
    return answered(question, questions, {
      abstained: {
        because: `in no completed run was another component in the place of ${nameOf(component)}, with the same kinds of data in and out`,
        record: 'Record a run with the component that you think of in its place.',
      },
      runs,
      evidence: { orders: orders.length },
    })
  const alternatives: AlternativeComponent[] = []
  for (const each of found) {
    alternatives.push({
      ...each,
      sameBefore: each.sameBefore.map(nameOf),
      sameAfter: each.sameAfter.map(nameOf),
      outcomes: await outcomesOf(questions, each.component),
    })
  }
  return answered(question, questions, {
    answer: {
      component,
      name: nameOf(component),
      outcomes: await outcomesOf(questions, component),
      alternatives,
    },
    runs,
    evidence: { orders: orders.length },
  })
}

interface Place {
  before: Set<string>
  after: Set<string>
}

/** Of each component, what came straight before and straight after it. */
function placesIn(orders: readonly ComponentOrder[]): Map<string, Place> {
  const places = new Map<string, Place>()
  const placeOf = (component: string) => {
    const known = places.get(component) ?? { before: new Set(), after: new Set() }
    places.set(component, known)
    return known
  }
  for (const { components, repeats } of orders) {
    const pairs = components.slice(1).map((after, at) => [components[at]!, after] as const)
    for (const [before, after] of [...pairs, ...repeats]) {
      placeOf(before).after.add(after)
      placeOf(after).before.add(before)
    }
  }
  return places
}

interface Kinds {
  reads: Set<string>
  writes: Set<string>
}

async function kindsOfData(questions: Questions): Promise<Map<string, Kinds>> {
  const kinds = new Map<string, Kinds>()
  for (const row of await questions.ask('pipeline-traits')) {
    const aspect = text(row, 'aspect')
    if (aspect !== 'reads' && aspect !== 'writes') continue
    const known = kinds.get(text(row, 'component')) ?? { reads: new Set(), writes: new Set() }
    known[aspect].add(text(row, 'thing'))
    kinds.set(text(row, 'component'), known)
  }
  return kinds
}

function shared(one: ReadonlySet<string> = new Set(), other: ReadonlySet<string> = new Set()): string[] {
  return [...one].filter((each) => other.has(each)).toSorted()
}

/** What both read or write; undefined where one does so and the other does not, or with other kinds of data. */
function sameKinds(one?: ReadonlySet<string>, other?: ReadonlySet<string>): string[] | undefined {
  const both = shared(one, other)
  return both.length > 0 || (one?.size ?? 0) + (other?.size ?? 0) === 0 ? both : undefined
}

/** How much of its place a component shares. */
function common(each: Omit<AlternativeComponent, 'outcomes'>): number {
  return each.sameBefore.length + each.sameAfter.length + each.reads.length + each.writes.length
}

async function outcomesOf(questions: Questions, component: string): Promise<ComponentOutcomes> {
  const [costs = {}] = await questions.ask('components', { component })
  const measured = new Map<string, Map<string, number>>()
  for (const row of await questions.ask('uc7-settings-and-outcomes', { component: [component] })) {
    const quality = numberOf(row, 'quality')
    if (quality === undefined) continue
    const known = measured.get(text(row, 'metric')) ?? new Map<string, number>()
    measured.set(text(row, 'metric'), known.set(text(row, 'run'), quality))
  }
  return {
    runs: integerOf(costs, 'runs'),
    calls: integerOf(costs, 'calls'),
    failures: integerOf(costs, 'failures'),
    wallSeconds: numberOf(costs, 'wallSeconds') ?? 0,
    qualities: [...measured].map(([metric, values]) => ({
      metric,
      mean: [...values.values()].reduce((sum, value) => sum + value, 0) / values.size,
      runs: values.size,
    })),
  }
}
