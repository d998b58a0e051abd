import type { DataFactory, NamedNode, Quad, Term } from '@rdfjs/types'
import type { NodeSink } from './node-sink.ts'
import type { Prefixes } from './prefixes.ts'
import type { Kind } from './vocabulary.ts'

/** Hands each triple of one named graph on as an RDF/JS quad. */
export class QuadSink implements NodeSink {
  tripleCount = 0
  readonly #prefixes: Prefixes
  readonly #factory: DataFactory<Quad>
  readonly #graph: NamedNode
  readonly #push: (quad: Quad) => void
  #subject: NamedNode

  constructor(prefixes: Prefixes, graph: string, factory: DataFactory<Quad>, push: (quad: Quad) => void) {
    this.#prefixes = prefixes
    this.#factory = factory
    this.#graph = this.#term(graph) as NamedNode
    this.#subject = this.#graph
    this.#push = push
  }

  begin(subject: string, kind?: Kind): void {
    this.#subject = this.#term(subject) as NamedNode
    for (const each of kind?.classes ?? []) this.add('a', each)
  }

  add(predicate: string, object: string): void {
    const { quad } = this.#factory
    this.#push(
      quad.call(
        this.#factory,
        this.#subject,
        this.#term(predicate) as NamedNode,
        this.#term(object) as Quad['object'],
        this.#graph,
      ),
    )
    this.tripleCount++
  }

  end(): void {}

  #term(token: string): Term {
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
