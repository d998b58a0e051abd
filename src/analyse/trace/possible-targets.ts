import { askInBatches, text } from '../ask.ts'
import { Bodies } from './bodies.ts'
import type { FileVersion } from './file-versions.ts'
import type { TraceGraph } from './trace-graph.ts'
import type { Asking, TraceEdge } from './trace.ts'

/** What nodes may have led to through callers' bodies: the mirror of PossibleSources. */
export class PossibleTargets {
  readonly #asking: Asking
  readonly #graph: TraceGraph
  readonly #bodies = new Bodies(false)
  readonly #told = new Set<string>()
  readonly #above = new Set<string>()

  constructor(asking: Asking, graph: TraceGraph) {
    this.#asking = asking
    this.#graph = graph
  }

  /** Follows them, and answers what was reached for the first time. */
  async hop(
    nodes: readonly string[],
    used: readonly TraceEdge[],
    files: readonly FileVersion[],
  ): Promise<string[]> {
    const receivers = new Set<string>()
    for (const row of await askInBatches(this.#asking, 'receipts', 'source', nodes)) {
      const [source, caller] = [text(row, 'source'), text(row, 'caller')]
      this.#graph.pass([{ from: source, to: caller, relation: 'received', strength: 'possible' }])
      this.#bodies.enter(caller, { start: text(row, 'start'), call: text(row, 'maker') })
      if (!this.#told.has(caller)) receivers.add(caller)
    }
    for (const node of nodes) this.#bodies.enter(node)
    const reached = await this.#passOn()
    reached.push(...(await this.#makeFrom([...receivers])))
    const read = new Set(files.map(({ file }) => file))
    reached.push(
      ...(await this.#writeAbove(
        used.flatMap(({ from, to, relation }) => (relation === 'used' && read.has(from) ? [to] : [])),
      )),
    )
    return reached
  }

  async #passOn(): Promise<string[]> {
    const { changed, unknown } = this.#bodies.takeChanged()
    for (const row of await askInBatches(this.#asking, 'passings', 'caller', unknown)) {
      const callee = text(row, 'callee')
      this.#bodies.add(text(row, 'caller'), { to: callee, call: callee, start: text(row, 'start') })
    }
    const edges = changed.flatMap((caller) =>
      this.#bodies
        .release(caller)
        .map(({ to }): TraceEdge => ({ from: caller, to, relation: 'caller', strength: 'possible' })),
    )
    return this.#graph.follow(edges, 'possible')
  }

  async #makeFrom(receivers: readonly string[]): Promise<string[]> {
    const edges: TraceEdge[] = []
    for (const caller of receivers) this.#told.add(caller)
    for (const row of await askInBatches(this.#asking, 'seen-targets', 'node', receivers)) {
      if (text(row, 'relation') !== 'generated') continue
      edges.push({
        from: text(row, 'node'),
        to: text(row, 'to'),
        relation: 'generated',
        strength: 'possible',
      })
    }
    return this.#graph.follow(edges, 'possible')
  }

  async #writeAbove(readers: readonly string[]): Promise<string[]> {
    const reached: string[] = []
    let calls = [...new Set(readers)].filter((call) => !this.#above.has(call))
    while (calls.length > 0) {
      for (const call of calls) this.#above.add(call)
      const callers: TraceEdge[] = []
      const files: TraceEdge[] = []
      for (const row of await askInBatches(this.#asking, 'writes-above', 'callee', calls)) {
        const [callee, caller] = [text(row, 'callee'), text(row, 'caller')]
        callers.push({ from: callee, to: caller, relation: 'below', strength: 'possible' })
        const file = row['file']?.value
        if (file !== undefined)
          files.push({ from: caller, to: file, relation: 'below', strength: 'possible' })
      }
      this.#graph.pass(callers)
      reached.push(...this.#graph.follow(files, 'possible'))
      calls = [...new Set(callers.map(({ to }) => to))].filter((call) => !this.#above.has(call))
    }
    return reached
  }
}
