import type { Literal, Quad, Term } from '@rdfjs/types'
import type { Prefixes } from '../../rdf/prefixes.ts'
import { NAMESPACES, RDF, XSD } from '../../rdf/vocabulary.ts'
import { loadContext } from './context.ts'
import { ContextTerms } from './context-terms.ts'

const { prov, schema, vam } = NAMESPACES

/** Properties whose object is a part of the subject alone. In JSON-LD, it is written inside the subject. */
const EMBEDDING = new Set([
  `${prov}qualifiedAssociation`,
  `${prov}qualifiedUsage`,
  `${prov}qualifiedGeneration`,
  `${schema}additionalProperty`,
  `${vam}setting`,
  `${vam}gap`,
])

type Node = { '@id': string; '@type'?: string | string[]; [property: string]: unknown }

/**
 * Writes quads as a JSON-LD document with our context in it: one line for each node, with associations, usages, generations and
 * settings inside what they belong to. JSON-LD framing does the same, but takes 60 ms and more for each call.
 */
export async function* writeJsonLd(
  quads: AsyncIterable<Quad> | Iterable<Quad>,
  prefixes: Prefixes,
): AsyncGenerator<string, void, undefined> {
  const graphs = await groupByGraph(quads)
  const { '@context': own } = await loadContext()
  const terms = new ContextTerms(own)
  const context: Record<string, unknown> = { ...own }
  for (const [prefix, namespace] of prefixes) Object.assign(context, terms.addPrefix(prefix, namespace))
  const lines = function* (nodes: ReadonlyMap<string, Quad[]>, indent: string) {
    const shaper = new Shaper(nodes, terms)
    let separator = ''
    for (const node of shaper.roots()) {
      yield `${separator}${indent}${JSON.stringify(node)}`
      separator = ',\n'
    }
  }
  yield `{\n"@context": ${JSON.stringify(context)},\n"@graph": [\n`
  let separator = ''
  for (const [graph, nodes] of graphs) {
    yield separator
    if (graph === '') yield* lines(nodes, '')
    else {
      yield `{"@id": ${JSON.stringify(terms.compact(graph))}, "@graph": [\n`
      yield* lines(nodes, ' ')
      yield '\n]}'
    }
    separator = ',\n'
  }
  yield '\n]\n}\n'
}

async function groupByGraph(
  quads: AsyncIterable<Quad> | Iterable<Quad>,
): Promise<Map<string, Map<string, Quad[]>>> {
  const graphs = new Map<string, Map<string, Quad[]>>()
  for await (const quad of quads) {
    let nodes = graphs.get(nameOf(quad.graph))
    if (nodes === undefined) graphs.set(nameOf(quad.graph), (nodes = new Map()))
    const subject = nameOf(quad.subject)
    const about = nodes.get(subject)
    if (about === undefined) nodes.set(subject, [quad])
    else about.push(quad)
  }
  return graphs
}

function nameOf(term: Term): string {
  return term.termType === 'BlankNode' ? `_:${term.value}` : term.value
}

/** Turns the nodes of one graph into JSON objects. */
class Shaper {
  readonly #nodes: ReadonlyMap<string, readonly Quad[]>
  readonly #terms: ContextTerms
  /** Nodes that are written inside the only node that refers to them. */
  readonly #embedded = new Set<string>()

  constructor(nodes: ReadonlyMap<string, readonly Quad[]>, terms: ContextTerms) {
    this.#nodes = nodes
    this.#terms = terms
    this.#findEmbedded()
  }

  *roots(): Generator<Node, void, undefined> {
    for (const subject of this.#nodes.keys()) if (!this.#embedded.has(subject)) yield this.#shape(subject)
  }

  #findEmbedded(): void {
    const references = new Map<string, number>()
    const candidates = new Set<string>()
    for (const about of this.#nodes.values()) {
      for (const { subject, predicate, object } of about) {
        if (object.termType === 'Literal') continue
        const name = nameOf(object)
        references.set(name, (references.get(name) ?? 0) + 1)
        if (EMBEDDING.has(predicate.value) && !object.equals(subject)) candidates.add(name)
      }
    }
    for (const name of candidates) {
      if (references.get(name) !== 1 || !this.#nodes.has(name)) continue
      // In graphs of others, a part that has parts could lead back to its whole.
      if (this.#nodes.get(name)!.some(({ predicate }) => EMBEDDING.has(predicate.value))) continue
      this.#embedded.add(name)
    }
  }

  #shape(subject: string): Node {
    const about = this.#nodes.get(subject) ?? []
    const types = about.filter(isClass).map(({ object }) => this.#terms.name(nameOf(object)))
    const node: Node = { '@id': this.#terms.compact(subject) }
    if (types.length > 0) node['@type'] = types.length === 1 ? types[0]! : types
    for (const quad of about) {
      if (isClass(quad)) continue
      const [key, value] = this.#property(quad.predicate.value, quad.object)
      const before = node[key]
      if (before === undefined) node[key] = value
      else if (Array.isArray(before)) before.push(value)
      else node[key] = [before, value]
    }
    return node
  }

  /** Key and value of one statement; a value whose type the key implies is a bare one. */
  #property(predicate: string, object: Term): [string, unknown] {
    const candidates = this.#terms.property(predicate)
    const type = object.termType === 'Literal' ? object.datatype.value : '@id'
    const fitting =
      candidates.find((each) => each.type === type) ?? candidates.find((each) => each.type === undefined)
    const chosen = fitting ?? candidates[0]
    const key = chosen?.term ?? this.#terms.compact(predicate)
    if (object.termType === 'Literal') return [key, literalValue(object, chosen?.type, this.#terms)]
    const name = nameOf(object)
    if (this.#embedded.has(name)) return [key, this.#shape(name)]
    return [key, chosen?.type === '@id' ? this.#terms.compact(name) : { '@id': this.#terms.compact(name) }]
  }
}

function isClass({ predicate, object }: Quad): boolean {
  return predicate.value === RDF.type && object.termType !== 'Literal'
}

function literalValue(
  { value, language, datatype }: Literal,
  implied: string | undefined,
  terms: ContextTerms,
) {
  if (language) return { '@value': value, '@language': language }
  const type = datatype.value
  // Bare only what all readers keep as it is spelt. They do not with fractions.
  if (implied === undefined || implied === type) {
    if (type === XSD.integer && String(Number(value)) === value && Number.isSafeInteger(Number(value))) {
      return Number(value)
    }
    if (type === XSD.boolean && /^(?:true|false)$/.test(value)) return value === 'true'
  }
  if (type === XSD.string) return implied === undefined ? value : { '@value': value }
  return implied === type ? value : { '@value': value, '@type': terms.compact(type) }
}
