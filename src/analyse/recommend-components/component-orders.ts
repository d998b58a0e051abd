import type { Row } from '../../sparql/answer.ts'
import { groupBy } from '../../group-by.ts'
import { text } from '../ask.ts'
import { integerOf } from '../read-row.ts'

/** How one component came after another: by the calls of one caller, or by the data passed on. */
export type How = 'next' | 'data'

/** Components in an order in which a run used them; runs that have the same order share it. */
export interface ComponentOrder {
  /** IRIs, each once, by first start. */
  components: readonly string[]
  /** Steps back: after the first, the second was started again. */
  repeats: readonly (readonly [after: string, again: string])[]
  runs: ReadonlySet<string>
  pipelines: ReadonlySet<string>
}

/** Every order seen in a store, with the names of its components. */
export interface OrdersSeen {
  orders: readonly ComponentOrder[]
  names: ReadonlyMap<string, string>
  /** How one component came straight after another, in any run. */
  how(before: string, after: string): readonly How[]
}

interface Part {
  part: string
  component: string
  firstStart: number
}

/**
 * @param starts rows of the query `orders-of-components`
 * @param steps rows of the query `steps-between-components`
 */
export function ordersOf(starts: readonly Row[], steps: readonly Row[]): OrdersSeen {
  const orders = new Map<string, ComponentOrder>()
  const names = new Map<string, string>()
  const went = new Map<string, Set<How>>()
  const stepsOf = groupBy(steps, (row) => text(row, 'run'))
  for (const [run, rows] of groupBy(starts, (row) => text(row, 'run'))) {
    const pipeline = text(rows[0] ?? {}, 'pipeline')
    const keep = (order: Pick<ComponentOrder, 'components' | 'repeats'>) => {
      if (order.components.length < 2) return
      const key = JSON.stringify([order.components, order.repeats])
      const known = orders.get(key)
      orders.set(key, {
        ...order,
        runs: addTo(known?.runs, run),
        pipelines: addTo(known?.pipelines, pipeline),
      })
    }
    for (const row of rows) names.set(text(row, 'component'), text(row, 'name'))
    const own = stepsOf.get(run) ?? []
    const componentOf = new Map(rows.map((row) => [text(row, 'part'), text(row, 'component')]))
    for (const row of own) {
      const key = `${componentOf.get(text(row, 'part'))} ${componentOf.get(text(row, 'after'))}`
      went.set(key, (went.get(key) ?? new Set()).add(text(row, 'how') as How))
    }
    const called = ordersOfCallers(rows, own)
    for (const order of called) keep(order)
    for (const components of chains(rows, own, called)) keep({ components, repeats: [] })
  }
  return {
    orders: [...orders.values()],
    names,
    how: (before, after) => [...(went.get(`${before} ${after}`) ?? [])].toSorted(),
  }
}

/** The same set with one more in it: an order has one set of its own. */
function addTo(known: ReadonlySet<string> | undefined, one: string): ReadonlySet<string> {
  return known === undefined ? new Set([one]) : (known as Set<string>).add(one)
}

/** Of each caller, what it started. */
function ordersOfCallers(
  rows: readonly Row[],
  steps: readonly Row[],
): Pick<ComponentOrder, 'components' | 'repeats'>[] {
  const next = groupBy(
    steps.filter((row) => text(row, 'how') === 'next'),
    (row) => text(row, 'part'),
  )
  return [...groupBy(rows, (row) => text(row, 'caller')).values()].map((own) => {
    const parts = inOrder(own)
    const componentOf = new Map(parts.map(({ part, component }) => [part, component]))
    const components = [...new Set(parts.map(({ component }) => component))]
    const placeOf = new Map(components.map((component, at) => [component, at]))
    const repeats = parts.flatMap(({ part, component }) =>
      (next.get(part) ?? []).flatMap((row): [string, string][] => {
        const again = componentOf.get(text(row, 'after'))
        return again !== undefined && placeOf.get(again)! < placeOf.get(component)!
          ? [[component, again]]
          : []
      }),
    )
    return { components, repeats }
  })
}

function inOrder(rows: readonly Row[]): Part[] {
  return rows
    .map((row) => ({
      part: text(row, 'part'),
      component: text(row, 'component'),
      firstStart: integerOf(row, 'firstStart'),
    }))
    .toSorted((a, b) => a.firstStart - b.firstStart)
}

/**
 * Paths along which data went, each to a component that passed nothing on: back from it, each time to the latest that
 * it had data from. What no such path goes along is a path of two by itself. So every step is in one, and there are no
 * more paths than steps, however the flow branches. A path begins where it says something new: what a
 * caller's order says too is not counted twice.
 */
function chains(
  rows: readonly Row[],
  steps: readonly Row[],
  called: readonly Pick<ComponentOrder, 'components' | 'repeats'>[],
): string[][] {
  const parts = new Map(inOrder(rows).map((part) => [part.part, part]))
  const before = new Map<string, Part[]>()
  const passing = new Set<string>()
  for (const row of steps) {
    if (text(row, 'how') !== 'data') continue
    const [from, to] = [parts.get(text(row, 'part')), parts.get(text(row, 'after'))]
    if (from === undefined || to === undefined || from.firstStart >= to.firstStart) continue
    passing.add(from.part)
    before.set(to.part, [...(before.get(to.part) ?? []), from])
  }
  const latest = (part: Part) =>
    before.get(part.part)?.reduce((one, other) => (other.firstStart > one.firstStart ? other : one))
  const known = new Set(
    called.flatMap(({ components, repeats }) => [
      ...pairsOf(components),
      ...repeats.map((pair) => pair.join(' ')),
    ]),
  )
  const found: string[][] = []
  const keep = (path: readonly string[]) => {
    const components = [...new Set(path)]
    const pairs = pairsOf(components)
    const news = pairs.findIndex((pair) => !known.has(pair))
    if (news === -1) return
    found.push(components.slice(news))
    for (const pair of pairs) known.add(pair)
  }
  for (const end of parts.values()) {
    if (passing.has(end.part)) continue
    const path = [end.component]
    for (let from = latest(end); from !== undefined; from = latest(from)) path.unshift(from.component)
    keep(path)
  }
  for (const [to, sources] of before)
    for (const from of sources) keep([from.component, parts.get(to)!.component])
  return found
}

function pairsOf(components: readonly string[]): string[] {
  return components.slice(1).map((after, at) => `${components[at]} ${after}`)
}
