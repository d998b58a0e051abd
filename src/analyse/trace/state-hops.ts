import { askInBatches, text } from '../ask.ts'
import { Bodies } from './bodies.ts'
import type { Asking, Direction, TraceEdge } from './trace.ts'

/** When a call that nobody saw end has certainly ended. */
const never = '9999-12-31T23:59:59Z'

/**
 * Hops through what outlives a call. A call that got an object may have used what an earlier one put into it; one whose
 * code reads globals, whatever had been read by then in its process. Only what was there in time counts, so that each
 * holder is a line in time, as a body is.
 */
export class StateHops {
  readonly #asking: Asking
  readonly #isLineage: boolean
  readonly #holders: Bodies
  /** The node by which each holder was entered furthest: of all that is let through, it alone is on the right side in time. */
  readonly #entered = new Map<string, string>()

  constructor(asking: Asking, direction: Direction) {
    this.#asking = asking
    this.#isLineage = direction === 'lineage'
    this.#holders = new Bodies(this.#isLineage)
  }

  /** Edges from these nodes on, and those of them that are programs. */
  async hop(nodes: readonly string[]): Promise<{ edges: TraceEdge[]; programs: string[] }> {
    const [enters, leaves] = this.#isLineage ? (['reads', 'keeps'] as const) : (['keeps', 'reads'] as const)
    const programs: string[] = []
    for (const row of await askInBatches(this.#asking, 'state-holders', 'node', nodes)) {
      const [node, holder, role] = [text(row, 'node'), text(row, 'holder'), text(row, 'role')]
      if (role === 'program') programs.push(node)
      if (role !== enters) continue
      const moment = this.#isLineage ? (row['end']?.value ?? never) : text(row, 'start')
      const isFurther = this.#holders.enter(holder, { start: moment, call: text(row, 'call') })
      if (isFurther) this.#entered.set(holder, node)
    }
    const { changed, unknown } = this.#holders.takeChanged()
    for (const row of await askInBatches(this.#asking, 'state-holders', 'holder', unknown, {
      role: leaves,
    })) {
      const start = this.#isLineage ? text(row, 'start') : (row['end']?.value ?? never)
      this.#holders.add(text(row, 'holder'), { to: text(row, 'node'), call: text(row, 'call'), start })
    }
    const edges = changed.flatMap((holder) =>
      this.#holders.release(holder).flatMap(({ to }): TraceEdge[] => {
        const from = this.#entered.get(holder)!
        return from === to ? [] : [{ from, to, relation: 'state', strength: 'possible' }]
      }),
    )
    return { edges, programs }
  }
}
