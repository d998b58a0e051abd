import factory from '@rdfjs/data-model'
import type { Quad, Term } from '@rdfjs/types'
import type { SavedTerms } from '../../rdf/saved-terms.ts'
import { TermTable, type TermFactory } from '../../rdf/term-table.ts'
import { canonicalLexical } from '../../sparql/canonical-triple.ts'

/** The triples of one graph, as numbers of terms, sorted by subject, predicate and object. */
export interface TableGraph {
  /** IRI of the run that it is about. */
  run: string
  /** Number of its name. */
  name: number
  subjects: Uint32Array
  predicates: Uint32Array
  objects: Uint32Array
  /** Their places, sorted by predicate, object and subject. */
  byObject: Uint32Array
}

const allDigits = { dateTimeDigits: Infinity, doubleDigits: 17 }

/**
 * Many small graphs as numbers: a question looks up one graph after the other, where a store of quads would find each
 * subject among those of all. 0 stands for no term.
 */
export class GraphTable {
  readonly graphs: TableGraph[]
  readonly #terms: TermTable
  readonly #made = new Map<number, Term>()

  constructor(saved?: SavedTerms, graphs: readonly TableGraph[] = []) {
    this.#terms = new TermTable(factory as TermFactory, saved)
    this.graphs = [...graphs]
  }

  /** How many triples there are. */
  get size(): number {
    return this.graphs.reduce((sum, { subjects }) => sum + subjects.length, 0)
  }

  saveTerms(): SavedTerms {
    return this.#terms.save()
  }

  /** @throws RangeError for what has no name of its own everywhere: blank nodes, triples as terms, the default graph */
  add(run: string, quads: readonly Quad[]): void {
    const graphs = new Map<number, [number, number, number][]>()
    for (const { subject, predicate, object, graph } of quads) {
      const name = this.number(graph)
      let triples = graphs.get(name)
      if (triples === undefined) graphs.set(name, (triples = []))
      triples.push([this.number(subject), this.number(predicate), this.number(object)])
    }
    for (const [name, triples] of graphs) this.graphs.push(tableOf(run, name, triples))
  }

  /** The number of a term, a new one if need be; literals of one value have one. */
  number(term: Term): number {
    switch (term.termType) {
      case 'NamedNode':
        return this.#terms.addIri(term.value) + 1
      case 'Literal':
        return this.#terms.add(canonical(term)) + 1
      default:
        throw new RangeError(`A ${term.termType} is none of the terms of a summary.`)
    }
  }

  /** The number of a term; undefined where it is in no graph. */
  find(term: Term): number | undefined {
    const number = this.#terms.numberOf(term.termType === 'Literal' ? canonical(term) : term)
    return number === undefined ? undefined : number + 1
  }

  /** The same object each time. */
  term(number: number): Term {
    let term = this.#made.get(number)
    if (term === undefined) this.#made.set(number, (term = this.#terms.term(number - 1)))
    return term
  }
}

function canonical(term: Term & { termType: 'Literal' }): Term {
  if (term.language !== '') return term
  const value = canonicalLexical(term.value, term.datatype.value, allDigits)
  return value === term.value ? term : factory.literal(value, term.datatype)
}

function tableOf(run: string, name: number, triples: [number, number, number][]): TableGraph {
  triples.sort((one, other) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2])
  const distinct = triples.filter(([s, p, o], at) => {
    const before = triples[at - 1]
    return before?.[0] !== s || before[1] !== p || before[2] !== o
  })
  const [subjects, predicates, objects] = [0, 1, 2].map((column) =>
    Uint32Array.from(distinct, (triple) => triple[column]!),
  ) as [Uint32Array, Uint32Array, Uint32Array]
  const byObject = Uint32Array.from(distinct.keys()).sort(
    (one, other) => predicates[one]! - predicates[other]! || objects[one]! - objects[other]! || one - other,
  )
  return { run, name, subjects, predicates, objects, byObject }
}

/** Calls back with the triples that have these terms; 0 stands for any. */
export function visitTriples(
  graph: TableGraph,
  subject: number,
  predicate: number,
  object: number,
  visit: (subject: number, predicate: number, object: number) => void,
): void {
  const { subjects, predicates, objects, byObject } = graph
  const size = subjects.length
  if (subject !== 0) {
    for (let at = firstOf(graph, subject, predicate); at < size && subjects[at] === subject; at++) {
      const verb = predicates[at]!
      if (predicate !== 0 && verb !== predicate) return
      if (object === 0 || objects[at] === object) visit(subject, verb, objects[at]!)
    }
  } else if (predicate !== 0) {
    for (let place = firstWith(graph, predicate, object); place < size; place++) {
      const at = byObject[place]!
      if (predicates[at] !== predicate || (object !== 0 && objects[at] !== object)) return
      visit(subjects[at]!, predicate, objects[at]!)
    }
  } else {
    for (let at = 0; at < size; at++)
      if (object === 0 || objects[at] === object) visit(subjects[at]!, predicates[at]!, objects[at]!)
  }
}

/** Of so many subjects it is known where their triples begin: a question asks many things of the same few. */
const mostKnown = 16
const known = Array.from({ length: mostKnown }, () => ({
  graph: undefined as TableGraph | undefined,
  subject: 0,
  first: 0,
}))

function firstOf(graph: TableGraph, subject: number, predicate: number): number {
  const place = known[subject % mostKnown]!
  if (place.graph !== graph || place.subject !== subject) {
    place.graph = graph
    place.subject = subject
    place.first = firstWithSubject(graph, subject)
  }
  const { subjects, predicates } = graph
  let at = place.first
  // A subject has few triples, but for that of a graph which describes itself.
  for (let steps = 0; at < subjects.length && subjects[at] === subject; at++, steps++) {
    if (predicates[at]! >= predicate) return at
    if (steps === fewSteps) return firstFrom(graph, at, subject, predicate)
  }
  return at
}

const fewSteps = 32

function firstWithSubject({ subjects }: TableGraph, subject: number): number {
  let [low, high] = [0, subjects.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (subjects[middle]! < subject) low = middle + 1
    else high = middle
  }
  return low
}

function firstFrom(
  { subjects, predicates }: TableGraph,
  from: number,
  subject: number,
  predicate: number,
): number {
  let [low, high] = [from, subjects.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const here = subjects[middle]!
    if (here < subject || (here === subject && predicates[middle]! < predicate)) low = middle + 1
    else high = middle
  }
  return low
}

function firstWith({ predicates, objects, byObject }: TableGraph, predicate: number, object: number): number {
  let [low, high] = [0, byObject.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const at = byObject[middle]!
    const here = predicates[at]!
    if (here < predicate || (here === predicate && objects[at]! < object)) low = middle + 1
    else high = middle
  }
  return low
}

/** How many triples have a predicate and, where one is given, an object. */
export function countWith(graph: TableGraph, predicate: number, object: number): number {
  const end = object === 0 ? firstWith(graph, predicate + 1, 0) : firstWith(graph, predicate, object + 1)
  return end - firstWith(graph, predicate, object)
}
