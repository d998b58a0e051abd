import { setImmediate } from 'node:timers/promises'
import type { Prefixes } from '../rdf/prefixes.ts'
import { LineDigest } from './line-digest.ts'
import { NodeShape, type Comparison } from './node-shape.ts'

/** The lines about a subject at one place. */
interface Node {
  /** The subject as N-Quads writes it, less its beginning where that is the run's namespace. */
  key: string
  text: string
  /** Where in the text the lines about the subject begin. */
  start: number
}

/** Reads what a `TrigSink` wrote, and hashes it in the order of its canonical lines. */
export class NodeReader {
  readonly #prefixes: Prefixes
  readonly #compare: Comparison
  /** How names of the run begin. Most subjects do, and are compared without it. */
  readonly #namespace: string
  readonly #own: Node[] = []
  readonly #others: Node[] = []
  readonly #shape = new NodeShape()
  readonly #digest = new LineDigest()

  constructor(prefixes: Prefixes, compare: Comparison) {
    this.#prefixes = prefixes
    this.#compare = compare
    this.#namespace = prefixes.expand('run:').slice(0, -1)
  }

  /** Finds the nodes of a text that begins and ends between nodes. */
  find(text: string): void {
    for (let at = 0; at < text.length;) {
      const end = lineEnd(text, at)
      const first = text.charCodeAt(at)
      // Most lines are indented ones.
      if (first !== 32 && !/^(?:$|\}|PREFIX |GRAPH )/.test(text.slice(at, Math.min(end, at + 7)))) {
        this.#add(text, at, end)
      }
      at = end + 1
    }
  }

  /** As `sha-256:` and hexadecimal. To be called once. */
  async hash(): Promise<string> {
    const compare = this.#compare
    const others = this.#others.sort((a, b) => compare(a.key, b.key))
    const before = others.filter(({ key }) => compare(key, this.#namespace) < 0)
    await this.#hashNodes('', before)
    await this.#hashNodes(
      this.#namespace,
      this.#own.sort((a, b) => compare(a.key, b.key)),
    )
    await this.#hashNodes('', others.slice(before.length))
    return this.#digest.result()
  }

  #add(text: string, at: number, end: number): void {
    const isShort = text.startsWith('run:', at)
    const whole = isShort ? '' : this.#prefixes.expand(text.slice(at, end))
    const isOwn = isShort || whole.startsWith(this.#namespace)
    const nodes = isOwn ? this.#own : this.#others
    const key = isShort ? restOf(text.slice(at, end)) : isOwn ? whole.slice(this.#namespace.length) : whole
    nodes.push({ key, text, start: end + 1 })
  }

  async #hashNodes(namespace: string, nodes: readonly Node[]): Promise<void> {
    for (let first = 0, next = 0; first < nodes.length; first = next) {
      const { key } = nodes[first]!
      while (nodes[next]?.key === key) next++
      const subject = namespace + key
      // This joins it once, and not again for each of its lines.
      subject.charCodeAt(0)
      if (next === first + 1) this.#hashNode(subject, nodes[first]!)
      else this.#hashMerged(subject, nodes.slice(first, next))
      // Hashing a million triples takes a second. This lets signals and progress be handled in between.
      if (first >> 12 !== next >> 12) await setImmediate()
    }
  }

  #hashNode(subject: string, node: Node): void {
    const objects: string[] = []
    for (const { verb, ownVerb, fixed, open } of this.#read(node, objects)) {
      const token = objects[open[0] ?? -1]
      if (token === undefined) this.#hashLines(subject, verb, fixed)
      else if (fixed.length > 0 || open.length > 1) {
        this.#hashLines(subject, verb, this.#distinct([...fixed, ...this.#objectsAt(open, objects)]))
      } else if (token.includes('\t')) {
        const tokens = token.split('\t')
        if (tokens.every(isOwnName)) this.#hashLines(subject, ownVerb, this.#distinct(tokens.map(restOf)))
        else this.#hashLines(subject, verb, this.#distinct(this.#objectsAt(open, objects)))
      } else if (isOwnName(token)) {
        this.#digest.add(subject, ownVerb, token.slice(4), '> .\n')
      } else {
        this.#digest.add(subject, verb, this.#prefixes.expand(token), ' .\n')
      }
    }
  }

  /** What was said about one subject at several places. */
  #hashMerged(subject: string, nodes: readonly Node[]): void {
    const merged = new Map<string, string[]>()
    for (const node of nodes) {
      const objects: string[] = []
      for (const { verb, fixed, open } of this.#read(node, objects)) {
        const list = merged.get(verb) ?? []
        merged.set(verb, list)
        for (const object of fixed) list.push(object)
        for (const object of this.#objectsAt(open, objects)) list.push(object)
      }
    }
    for (const [verb, objects] of [...merged].sort(([a], [b]) => this.#compare(a, b))) {
      this.#hashLines(subject, verb, this.#distinct(objects))
    }
  }

  /** Adds tokens, those of one predicate with tabs in between (no token has one in it), and gives the slots they are for. */
  #read({ text, start }: Node, objects: string[]): ReturnType<NodeShape['slots']> {
    let shape = this.#shape
    for (let at = start; text.charCodeAt(at) === 32;) {
      // Each line ends in ` ;`, ` ,` or ` .`; two spaces lead to a predicate, four to a further object.
      const isFurther = text.charCodeAt(at + 2) === 32
      if (!isFurther || shape.hasClasses) {
        shape = shape.with(text, at)
        at += shape.beginning.length
        if (shape.hasClasses) continue
      }
      const end = lineEnd(text, at)
      if (isFurther) objects[objects.length - 1] += `\t${text.slice(at + 4, end - 2)}`
      else objects.push(text.slice(at, end - 2))
      at = end + 1
    }
    return shape.slots(this.#prefixes, this.#namespace, this.#compare)
  }

  #hashLines(subject: string, verb: string, objects: readonly string[]): void {
    for (const object of objects) this.#digest.add(subject, verb, object, ' .\n')
  }

  #objectsAt(open: readonly number[], objects: readonly string[]): string[] {
    return open.flatMap((index) => objects[index]!.split('\t')).map((token) => this.#prefixes.expand(token))
  }

  #distinct(objects: string[]): string[] {
    const [first = '', second = ''] = objects
    if (objects.length === 2 && first !== second) {
      return this.#compare(first, second) < 0 ? objects : [second, first]
    }
    return [...new Set(objects)].sort(this.#compare)
  }
}

function isOwnName(token: string): boolean {
  return token.startsWith('run:')
}

/** What follows the namespace in a name of the run. */
function restOf(token: string): string {
  return `${token.slice(4)}>`
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}
