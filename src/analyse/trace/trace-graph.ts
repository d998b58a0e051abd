import type { Strength, TraceEdge } from './trace.ts'

export interface Reached {
  strength: Strength
  depth: number
}

/** What a walk has found so far. */
export class TraceGraph {
  readonly reached = new Map<string, Reached>()
  /** Calls that stand between others and are not followed for their own sake. */
  readonly between = new Map<string, Reached>()
  readonly edges = new Map<string, TraceEdge>()
  truncated = false
  readonly #maxNodes: number

  constructor(maxNodes: number) {
    this.#maxNodes = maxNodes
  }

  /** Adds a node that was reached from elsewhere; answers whether it was reached for the first time. */
  arrive(iri: string, { strength, depth }: Reached): boolean {
    return !this.reached.has(iri) && this.#reach(iri, { strength, depth })
  }

  /** Adds edges and what they lead to; answers what was reached for the first time. */
  follow(found: readonly TraceEdge[], strength: Strength): string[] {
    const next: string[] = []
    for (const edge of found) {
      this.#addEdge(edge)
      if (this.reached.has(edge.to)) continue
      if (this.#reach(edge.to, { strength, depth: this.#depthAfter(edge) })) next.push(edge.to)
    }
    return next
  }

  /** Adds edges to calls that only stand between. */
  pass(found: readonly TraceEdge[]): void {
    for (const edge of found) {
      this.#addEdge(edge)
      if (!this.between.has(edge.to))
        this.between.set(edge.to, { strength: 'possible', depth: this.#depthAfter(edge) })
    }
  }

  depthOf(iri: string): number {
    return this.reached.get(iri)?.depth ?? this.between.get(iri)?.depth ?? 0
  }

  /** Everything reached, with the calls between that lead to something, and the edges among these. */
  finish(): { nodes: Map<string, Reached>; edges: TraceEdge[] } {
    const incoming = new Map<string, string[]>()
    for (const { from, to } of this.edges.values()) {
      const sources = incoming.get(to)
      if (sources === undefined) incoming.set(to, [from])
      else sources.push(from)
    }
    const nodes = new Map(this.reached)
    const waiting = [...this.reached.keys()]
    for (let iri = waiting.pop(); iri !== undefined; iri = waiting.pop()) {
      for (const from of incoming.get(iri) ?? []) {
        const between = this.between.get(from)
        if (between === undefined || nodes.has(from)) continue
        nodes.set(from, between)
        waiting.push(from)
      }
    }
    return {
      nodes,
      edges: [...this.edges.values()].filter(({ from, to }) => nodes.has(from) && nodes.has(to)),
    }
  }

  #reach(iri: string, reached: Reached): boolean {
    this.truncated ||= this.reached.size >= this.#maxNodes
    if (this.truncated) return false
    this.reached.set(iri, reached)
    return true
  }

  #addEdge(edge: TraceEdge): void {
    const key = `${edge.from} ${edge.to}`
    const known = this.edges.get(key)
    if (known === undefined || (known.strength === 'possible' && edge.strength === 'seen'))
      this.edges.set(key, edge)
  }

  #depthAfter({ from }: TraceEdge): number {
    return this.depthOf(from) + 1
  }
}
