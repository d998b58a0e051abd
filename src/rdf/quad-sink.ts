import type { DataFactory, Literal, NamedNode, Quad } from '@rdfjs/types'
import type { NodeSink } from './node-sink.ts'
import type { Prefixes } from './prefixes.ts'
import type { Kind } from './vocabulary.ts'

/** What the sink needs of a factory. */
export type QuadFactory = Pick<DataFactory<Quad>, 'namedNode' | 'literal' | 'quad'>

/** Hands each triple of one named graph on as an RDF/JS quad. */
export class QuadSink implements NodeSink {
  tripleCount = 0
  readonly #prefixes: Prefixes
  readonly #factory: QuadFactory
  readonly #graph: NamedNode
  readonly #push: (quad: Quad) => void
  #subject: NamedNode

  constructor(prefixes: Prefixes, graph: string, factory: QuadFactory, push: (quad: Quad) => void) {
    this.#prefixes = prefixes
    this.#factory = factory
    this.#graph = this.#node(graph)
    this.#subject = this.#graph
    this.#push = push
  }

  begin(subject: string, kind?: Kind): void {
    this.#subject = this.#node(subject)
    for (const each of kind?.classes ?? []) this.add('a', each)
  }

  add(predicate: string, object: string): void {
    this.#push(this.#factory.quad(this.#subject, this.#node(predicate), this.#object(object), this.#graph))
    this.tripleCount++
  }

  end(): void {}

  #node(token: string): NamedNode {
    return this.#factory.namedNode(this.#prefixes.expand(token).slice(1, -1))
  }

  #object(token: string): NamedNode | Literal {
    const text = this.#prefixes.expand(token)
    if (text.startsWith('<')) return this.#factory.namedNode(text.slice(1, -1))
    const end = text.lastIndexOf('"')
    const value = unescape(text.slice(1, end))
    return end === text.length - 1
      ? this.#factory.literal(value)
      : this.#factory.literal(value, this.#factory.namedNode(text.slice(end + 4, -1)))
  }
}

const LONG_FORMS: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r' }

function unescape(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(/\\(?:u([0-9A-F]{4})|(.))/g, (_, hex: string | undefined, char: string) =>
    hex === undefined ? (LONG_FORMS[char] ?? char) : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
