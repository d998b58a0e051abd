import { askInBatches, text } from '../ask.ts'
import { Bodies } from './bodies.ts'
import type { SeenHop } from './seen-hop.ts'
import { StateHops } from './state-hops.ts'
import type { TraceGraph } from './trace-graph.ts'
import type { Asking, Direction, TraceEdge } from './trace.ts'

/** What a body passed to a call, and what it got from one: query, its variables, and the edge that each row is. */
const passing = { query: 'passings', outside: 'callee', call: 'callee', relation: 'caller' } as const
const receipt = { query: 'receipts', outside: 'source', call: 'maker', relation: 'received' } as const

/** A lineage goes into a body by what it passed, and out by what it had received before; an impact the other way. */
const ways = {
  lineage: { into: passing, out: receipt, level: { query: 'reads-below', from: 'caller', to: 'callee' } },
  impact: { into: receipt, out: passing, level: { query: 'writes-above', from: 'callee', to: 'caller' } },
} as const

/**
 * Hops that are only possible, because they lead through a caller's body. A call got something that its caller had made
 * of what it had received until then; what a call made may be of all that it received; a file that a call wrote, of all
 * that calls below it read.
 */
export class PossibleHops {
  readonly #asking: Asking
  readonly #graph: TraceGraph
  readonly #direction: Direction
  readonly #bodies: Bodies
  readonly #state: StateHops
  /** Calls whose level was left, and callers whose outputs were asked for: each is asked about once. */
  readonly #left = new Set<string>()
  readonly #receivers = new Set<string>()

  constructor(asking: Asking, graph: TraceGraph, direction: Direction) {
    this.#asking = asking
    this.#graph = graph
    this.#direction = direction
    this.#bodies = new Bodies(direction === 'lineage')
    this.#state = new StateHops(asking, direction)
  }

  /**
   * One hop on from nodes, by the callers' bodies that they lead into.
   *
   * @param seen the hop from the same nodes along what was seen
   * @returns what was reached for the first time
   */
  async hop(nodes: readonly string[], seen: SeenHop): Promise<string[]> {
    const state = await this.#state.hop(nodes)
    const meanwhile = [
      ...(await this.#changedMeanwhile(nodes)),
      ...this.#graph.follow(state.edges, 'possible'),
    ]
    const entered = await this.#enter(nodes)
    if (this.#direction === 'lineage') {
      const callers = this.#graph.follow(entered, 'possible')
      for (const { to, relation } of seen.edges) if (relation === 'generated') this.#bodies.enter(to)
      const received = await this.#leave()
      // A program may have printed what the recorded calls in it read.
      const makers = [...seen.files.flatMap(({ maker }) => maker ?? []), ...state.programs]
      return [...meanwhile, ...callers, ...received, ...(await this.#changeLevel(makers))]
    }
    this.#graph.pass(entered)
    for (const node of nodes) this.#bodies.enter(node)
    const passed = await this.#leave()
    const made = await this.#makeFrom(entered.map(({ to }) => to))
    const files = new Set(seen.files.map(({ iri }) => iri))
    const readers = seen.edges.flatMap(({ from, to, relation }) =>
      relation === 'used' && files.has(from) ? [to] : [],
    )
    return [...meanwhile, ...passed, ...made, ...(await this.#changeLevel(readers))]
  }

  /** Between files that changed while a program ran, and that program. */
  async #changedMeanwhile(nodes: readonly string[]): Promise<string[]> {
    const [from, to] =
      this.#direction === 'lineage' ? (['file', 'maker'] as const) : (['maker', 'file'] as const)
    const rows = await askInBatches(this.#asking, 'makers', from, nodes, { strength: 'possible' })
    const edges = rows.map((row): TraceEdge => ({
      from: text(row, from),
      to: text(row, to),
      relation: 'generated',
      strength: 'possible',
    }))
    return this.#graph.follow(edges, 'possible')
  }

  /** Goes from nodes into the bodies of callers, at the moment of the call that leads there. */
  async #enter(nodes: readonly string[]): Promise<TraceEdge[]> {
    const { query, outside, call, relation } = ways[this.#direction].into
    const edges: TraceEdge[] = []
    for (const row of await askInBatches(this.#asking, query, outside, nodes)) {
      const caller = text(row, 'caller')
      edges.push({ from: text(row, outside), to: caller, relation, strength: 'possible' })
      this.#bodies.enter(caller, { start: text(row, 'start'), call: text(row, call) })
    }
    return edges
  }

  /** Goes from bodies to all that is now within reach in them. */
  async #leave(): Promise<string[]> {
    const { query, outside, call, relation } = ways[this.#direction].out
    const { changed, unknown } = this.#bodies.takeChanged()
    for (const row of await askInBatches(this.#asking, query, 'caller', unknown)) {
      const event = { to: text(row, outside), call: text(row, call), start: text(row, 'start') }
      this.#bodies.add(text(row, 'caller'), event)
    }
    const edges = changed.flatMap((caller) =>
      this.#bodies
        .release(caller)
        .map(({ to }): TraceEdge => ({ from: caller, to, relation, strength: 'possible' })),
    )
    return this.#graph.follow(edges, 'possible')
  }

  /** Callers that received something may have made of it all that they made. */
  async #makeFrom(callers: readonly string[]): Promise<string[]> {
    const receivers = [...new Set(callers)].filter((caller) => !this.#receivers.has(caller))
    for (const caller of receivers) this.#receivers.add(caller)
    const rows = await askInBatches(this.#asking, 'seen-targets', 'node', receivers)
    const edges = rows.flatMap((row): TraceEdge[] =>
      text(row, 'relation') === 'generated'
        ? [{ from: text(row, 'node'), to: text(row, 'to'), relation: 'generated', strength: 'possible' }]
        : [],
    )
    return this.#graph.follow(edges, 'possible')
  }

  /** From calls that wrote files to what calls below them read; from calls that read files to what calls above wrote. */
  async #changeLevel(calls: readonly string[]): Promise<string[]> {
    const { query, from, to } = ways[this.#direction].level
    const reached: string[] = []
    let next = this.#notLeft(calls)
    while (next.length > 0) {
      const levels: TraceEdge[] = []
      const files: TraceEdge[] = []
      const programs: TraceEdge[] = []
      for (const row of await askInBatches(this.#asking, query, from, next)) {
        const call = text(row, to)
        const level: TraceEdge = { from: text(row, from), to: call, relation: 'below', strength: 'possible' }
        levels.push(level)
        if (row['program'] !== undefined) programs.push(level)
        const file = row['file']?.value
        if (file !== undefined) files.push({ from: call, to: file, relation: 'below', strength: 'possible' })
      }
      this.#graph.pass(levels)
      for (const each of this.#graph.follow([...programs, ...files], 'possible')) reached.push(each)
      next = this.#notLeft(levels.map((level) => level.to))
    }
    return reached
  }

  #notLeft(calls: readonly string[]): string[] {
    const next = [...new Set(calls)].filter((call) => !this.#left.has(call))
    for (const call of next) this.#left.add(call)
    return next
  }
}
