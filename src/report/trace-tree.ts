import type { Strength, Trace, TraceEdge, TraceNode } from '../analyse/trace.ts'
import type { TreeNode } from './format-tree.ts'

/** A trace as people read it: what was seen, and apart from it what is only possible. */
export interface TraceTrees {
  seen: readonly TreeNode[]
  /** Under each seen thing, what may have come in (or gone out) through a caller's body. */
  possible: readonly TreeNode[]
}

const inlinedValues = 4

/**
 * Every thing is opened where it is first met, and only named after that (`↑`), so that a graph is drawn as a tree of
 * its own size. Values are passed through: a value that a call made stands for that call, any other is told beside the
 * call that used it.
 */
export function traceTrees(trace: Trace): TraceTrees {
  const { asked, iris, url } = trace.start
  // A file is called as it was asked for, not by its digest.
  const named = (node: TraceNode) =>
    url !== undefined && iris.includes(node.iri) ? { ...node, label: asked } : node
  const nodes = new Map(trace.nodes.map((node) => [node.iri, named(node)]))
  const edges = new Map<string, TraceEdge[]>()
  for (const edge of trace.edges) {
    const from = edges.get(edge.from)
    if (from === undefined) edges.set(edge.from, [edge])
    else from.push(edge)
  }
  const tree = new Tracing(nodes, edges)
  const starts = iris.flatMap((iri) => nodes.get(iri) ?? [])
  const seen = starts.map((node) => tree.open(node, 'seen'))
  const bridges = new Map<string, TraceNode[]>()
  for (const { from, to } of trace.edges) {
    const [near, far] = [nodes.get(from), nodes.get(to)]
    if (near?.strength !== 'seen' || far?.strength !== 'possible') continue
    bridges.set(from, [...(bridges.get(from) ?? []), far])
  }
  const possible = [...bridges].map(([from, far]) => ({
    text: textOf(nodes.get(from)!, undefined),
    children: fold(far.flatMap((node) => tree.through(node, 'possible', nodes.get(from)!.run))),
  }))
  return { seen, possible: possible.filter(({ children }) => children.length > 0) }
}

class Tracing {
  readonly #nodes: ReadonlyMap<string, TraceNode>
  readonly #edges: ReadonlyMap<string, readonly TraceEdge[]>
  readonly #opened = new Set<string>()

  constructor(nodes: ReadonlyMap<string, TraceNode>, edges: ReadonlyMap<string, readonly TraceEdge[]>) {
    this.#nodes = nodes
    this.#edges = edges
  }

  /** A node with what lies behind it, opened breadth first so that it stands as near to the root as it can. */
  open(start: TraceNode, strength: Strength, run?: string): TreeNode {
    const root: Growing = { text: this.#line(start, strength, run), children: [] }
    this.#opened.add(start.iri)
    let level: { node: TraceNode; tree: Growing }[] = [{ node: start, tree: root }]
    while (level.length > 0) {
      const next: typeof level = []
      for (const { node, tree } of level) {
        for (const child of this.#behind(node, strength)) {
          const text = this.#line(child, strength, node.run)
          if (this.#opened.has(child.iri)) {
            tree.children.push({ text: `${text} ↑`, children: [] })
            continue
          }
          this.#opened.add(child.iri)
          const grown: Growing = { text, children: [] }
          tree.children.push(grown)
          next.push({ node: child, tree: grown })
        }
      }
      level = next
    }
    return folded(root)
  }

  /** The node opened, or where it is a value what stands behind it. */
  through(node: TraceNode, strength: Strength, run: string | undefined): TreeNode[] {
    if (node.kind === 'Value')
      return this.#behind(node, strength).flatMap((each) => this.through(each, strength, run))
    if (this.#opened.has(node.iri)) return [{ text: `${textOf(node, run)} ↑`, children: [] }]
    return [this.open(node, strength, run)]
  }

  /** What the node's edges lead to, with values replaced by what they lead to, each once. */
  #behind(node: TraceNode, strength: Strength): TraceNode[] {
    const found = new Map<string, TraceNode>()
    const passed = new Set<string>()
    const waiting = [node.iri]
    for (let iri = waiting.pop(); iri !== undefined; iri = waiting.pop()) {
      for (const { to } of this.#edges.get(iri) ?? []) {
        const next = this.#nodes.get(to)
        if (next === undefined || next.strength !== strength || next.iri === node.iri) continue
        if (next.kind !== 'Value') found.set(to, next)
        else if (!passed.has(to)) {
          passed.add(to)
          waiting.push(to)
        }
      }
    }
    return [...found.values()]
  }

  #line(node: TraceNode, strength: Strength, run: string | undefined): string {
    const values = (this.#edges.get(node.iri) ?? [])
      .filter(({ relation }) => relation === 'used')
      .flatMap(({ to }) => this.#nodes.get(to) ?? [])
      .filter(({ iri, kind, value, strength: own }) => {
        return kind === 'Value' && value !== undefined && own === strength && !this.#edges.has(iri)
      })
      .map(({ value, valueType }) => (valueType === 'str' ? `"${value}"` : (value ?? '')))
    const told = values.slice(0, inlinedValues).join(', ')
    const more = values.length > inlinedValues ? ', …' : ''
    return textOf(node, run) + (told === '' ? '' : ` (${told}${more})`)
  }
}

type Growing = { text: string; children: Growing[] }

function folded({ text, children }: TreeNode): TreeNode {
  // By a list, since lineages may be deeper than the call stack.
  const root: Growing = { text, children: [] }
  const waiting: { from: readonly TreeNode[]; to: Growing }[] = [{ from: children, to: root }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const child of fold(next.from)) {
      const copy: Growing = { text: child.text, children: [] }
      next.to.children.push(copy)
      waiting.push({ from: child.children, to: copy })
    }
  }
  return root
}

/** Leaves that read alike are told once, with their number. */
function fold(children: readonly TreeNode[]): TreeNode[] {
  const counts = new Map<string, number>()
  for (const { text, children: own } of children) {
    if (own.length === 0) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  const told = new Set<string>()
  return children.flatMap((child) => {
    const count = child.children.length === 0 ? (counts.get(child.text) ?? 1) : 1
    if (count === 1) return [child]
    if (told.has(child.text)) return []
    told.add(child.text)
    return [{ text: `${child.text} ×${count}`, children: [] }]
  })
}

/** A node in a few words; its run where that is another than the one before. */
function textOf({ kind, label, calledFrom, run }: TraceNode, before: string | undefined): string {
  const place = calledFrom === undefined ? '' : ` at ${calledFrom}`
  const what = kind === 'Call' || kind === 'CallGroup' ? `${label}()${place}` : label
  return run === undefined || run === before
    ? what
    : `${what}  [run ${run.replace(/^urn:uuid:/, '').slice(0, 13)}]`
}
