import { askInBatches, text } from '../ask.ts'
import { Bodies } from './bodies.ts'
import type { FileVersion } from './file-versions.ts'
import type { TraceGraph } from './trace-graph.ts'
import type { Asking, TraceEdge } from './trace.ts'

/**
 * What may lie behind nodes through callers' bodies: a call got something that its caller had made of what it had
 * received until then; what a call made may be of all that it received; a file that it wrote, of all that was read by
 * calls below it.
 */
export class PossibleSources {
  readonly #asking: Asking
  readonly #graph: TraceGraph
  readonly #bodies = new Bodies(true)
  readonly #below = new Set<string>()

  constructor(asking: Asking, graph: TraceGraph) {
    this.#asking = asking
    this.#graph = graph
  }

  /** Follows them, and answers what was reached for the first time. */
  async hop(
    nodes: readonly string[],
    made: readonly TraceEdge[],
    files: readonly FileVersion[],
  ): Promise<string[]> {
    const reached: string[] = []
    const passed: TraceEdge[] = []
    for (const row of await askInBatches(this.#asking, 'passings', 'callee', nodes)) {
      const [callee, caller] = [text(row, 'callee'), text(row, 'caller')]
      passed.push({ from: callee, to: caller, relation: 'caller', strength: 'possible' })
      this.#bodies.enter(caller, { start: text(row, 'start'), call: callee })
    }
    reached.push(...this.#graph.follow(passed, 'possible'))
    for (const { to, relation } of made) if (relation === 'generated') this.#bodies.enter(to)
    reached.push(...(await this.#receive()))
    reached.push(...(await this.#readBelow(files.flatMap(({ maker }) => maker ?? []))))
    return reached
  }

  async #receive(): Promise<string[]> {
    const { changed, unknown } = this.#bodies.takeChanged()
    for (const row of await askInBatches(this.#asking, 'receipts', 'caller', unknown)) {
      this.#bodies.add(text(row, 'caller'), {
        to: text(row, 'source'),
        call: text(row, 'maker'),
        start: text(row, 'start'),
      })
    }
    const edges = changed.flatMap((caller) =>
      this.#bodies
        .release(caller)
        .map(({ to }): TraceEdge => ({ from: caller, to, relation: 'received', strength: 'possible' })),
    )
    return this.#graph.follow(edges, 'possible')
  }

  async #readBelow(makers: readonly string[]): Promise<string[]> {
    const reached: string[] = []
    let calls = [...new Set(makers)].filter((call) => !this.#below.has(call))
    while (calls.length > 0) {
      for (const call of calls) this.#below.add(call)
      const files: TraceEdge[] = []
      const callees: TraceEdge[] = []
      for (const row of await askInBatches(this.#asking, 'reads-below', 'caller', calls)) {
        const [caller, callee] = [text(row, 'caller'), text(row, 'callee')]
        callees.push({ from: caller, to: callee, relation: 'below', strength: 'possible' })
        const file = row['file']?.value
        if (file !== undefined)
          files.push({ from: callee, to: file, relation: 'below', strength: 'possible' })
      }
      this.#graph.pass(callees)
      reached.push(...this.#graph.follow(files, 'possible'))
      calls = [...new Set(callees.map(({ to }) => to))].filter((call) => !this.#below.has(call))
    }
    return reached
  }
}
