import type { Quad, Term } from '@rdfjs/types'
import type { Prefixes } from '../rdf/prefixes.ts'
import { TrigSink } from '../rdf/trig-sink.ts'
import { RDF, XSD } from '../rdf/vocabulary.ts'
import { writeLiteral, writeTerm } from '../rdf/write-term.ts'

/** Spellings that Turtle reads as this datatype without quotes. Without a point, a decimal would become an integer. */
const SHORTHANDS: Readonly<Record<string, RegExp>> = {
  [XSD.integer]: /^[+-]?\d+$/,
  [XSD.decimal]: /^[+-]?\d*\.\d+$/,
  [XSD.boolean]: /^(?:true|false)$/,
}

/**
 * Writes quads as Turtle or TriG in the order in which they come. Those in a row that have the same subject become one
 * node. Literals keep their spelling. Turtle has no graphs: there, their names are left out.
 *
 * @param prefixes may grow while the quads are read
 */
export async function* writeTurtle(
  quads: AsyncIterable<Quad> | Iterable<Quad>,
  prefixes: Prefixes,
  { graphs }: { graphs: boolean },
): AsyncGenerator<string, void, undefined> {
  let chunks: string[] = []
  let writer: NodeWriter | undefined
  for await (const quad of quads) {
    writer ??= new NodeWriter(prefixes, graphs, (text) => chunks.push(text))
    writer.add(quad)
    if (chunks.length > 0) {
      yield* chunks
      chunks = []
    }
  }
  writer?.finish()
  yield* chunks
}

/** Collects the statements about one subject, so that its classes can be written first and together. */
class NodeWriter {
  readonly #prefixes: Prefixes
  readonly #sink: TrigSink
  readonly #graphs: boolean
  #node: Quad[] = []

  constructor(prefixes: Prefixes, graphs: boolean, write: (text: string) => void) {
    this.#prefixes = prefixes
    this.#graphs = graphs
    this.#sink = new TrigSink(prefixes, undefined, write)
  }

  add(quad: Quad): void {
    const [first] = this.#node
    const continues = first?.subject.equals(quad.subject) && (!this.#graphs || first.graph.equals(quad.graph))
    if (first !== undefined && !continues) this.#writeNode()
    this.#node.push(quad)
  }

  finish(): void {
    if (this.#node.length > 0) this.#writeNode()
    this.#sink.finish()
  }

  #writeNode(): void {
    const { subject, graph } = this.#node[0]!
    const token = (term: Term) => termToken(term, this.#prefixes)
    if (this.#graphs) this.#sink.enter(graph.termType === 'DefaultGraph' ? undefined : token(graph))
    const classes: string[] = []
    const rest: (readonly [string, string])[] = []
    for (const { predicate, object } of this.#node) {
      if (predicate.value === RDF.type) classes.push(token(object))
      else rest.push([token(predicate), token(object)])
    }
    const kind = { classes, turtle: `\n  a ${classes.join(', ')}` }
    this.#sink.begin(token(subject), classes.length === 0 ? undefined : kind)
    for (const [predicate, object] of rest) this.#sink.add(predicate, object)
    this.#sink.end()
    this.#node = []
  }
}

/** A term as Turtle writes it. */
function termToken(term: Term, prefixes: Prefixes): string {
  if (term.termType === 'NamedNode') return prefixes.token(term.value)
  if (term.termType !== 'Literal') return writeTerm(term)
  const { value, language, datatype } = term
  if (SHORTHANDS[datatype.value]?.test(value)) return value
  return writeLiteral(value, datatype.value, language, (iri) => prefixes.token(iri))
}
