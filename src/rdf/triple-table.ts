import type { Quad, Term } from '@rdfjs/types'
import { grow } from './grow.ts'
import { PairIndex } from './pair-index.ts'
import { TermTable, type TermFactory } from './term-table.ts'

type Pattern = Term | null | undefined

/** Number of a term; undefined: any, -1: one that is not there. */
type Given = number | undefined

/** Triples that matched a pattern. */
export interface Matches extends Iterable<Quad> {
  readonly size: number
}

/**
 * The triples of one graph as arrays of numbers: about 35 bytes a triple of a record, its terms included, so that one of
 * 50 million fits where as many objects would not. Triples are added first, then it is sealed, then it is asked.
 *
 * It can be asked by number, which makes no objects, or by term, as an RDF/JS dataset. What it gives comes in the order
 * in which terms came first.
 */
export class TripleTable implements Matches {
  readonly terms: TermTable
  readonly #factory: TermFactory
  readonly #graph: Quad['graph']
  #columns: [Uint32Array, Uint32Array, Uint32Array] | undefined = [
    new Uint32Array(1 << 10),
    new Uint32Array(1 << 10),
    new Uint32Array(1 << 10),
  ]
  #added = 0
  #lastSubject: Term | undefined
  #lastNumber = 0
  /** Numbers of predicates, which are few, by IRI. */
  readonly #predicates = new Map<string, number>()
  #outgoing = new PairIndex(0, 0, () => {})
  #incoming = new PairIndex(0, 0, () => {})
  /** How often each predicate is used. */
  readonly #uses = new Map<number, number>()
  readonly #subjectsOf = new Map<number, Uint32Array>()

  /** @param graph name of the graph in the quads that are given; the default graph if absent */
  constructor(factory: TermFactory, graph: Quad['graph'] = factory.defaultGraph()) {
    this.#factory = factory
    this.#graph = graph
    this.terms = new TermTable(factory)
  }

  /** Adds a triple. Those that are there already are left out when the table is sealed. */
  add(subject: Term, predicate: Term, object: Term): void {
    // Parsers give one object for the subject of many triples.
    if (subject !== this.#lastSubject) {
      this.#lastSubject = subject
      this.#lastNumber = this.terms.add(subject)
    }
    let verb = this.#predicates.get(predicate.value)
    if (verb === undefined) {
      verb = this.terms.add(predicate)
      this.#predicates.set(predicate.value, verb)
    }
    this.addNumbers(this.#lastNumber, verb, this.terms.add(object))
  }

  /** Like `add`, for numbers that `terms` gave. @throws RangeError when the table is sealed */
  addNumbers(subject: number, predicate: number, object: number): void {
    if (this.#columns === undefined) throw new RangeError('A sealed table takes no more triples.')
    const at = this.#added++
    const { length } = this.#columns[0]
    if (at === length) {
      const longer = Math.ceil(length * 1.5)
      this.#columns = [
        grow(this.#columns[0], longer),
        grow(this.#columns[1], longer),
        grow(this.#columns[2], longer),
      ]
    }
    this.#columns[0][at] = subject
    this.#columns[1][at] = predicate
    this.#columns[2][at] = object
  }

  /** Puts other terms in the place of objects, by numbers. @throws RangeError when the table is sealed */
  replaceObjects(others: ReadonlyMap<number, number>): void {
    if (this.#columns === undefined) throw new RangeError('A sealed table keeps its triples.')
    const objects = this.#columns[2]
    for (let at = 0; at < this.#added; at++) objects[at] = others.get(objects[at]!) ?? objects[at]!
  }

  /** Sorts what was added. Only then the table can be asked. */
  seal(): this {
    if (this.#columns === undefined) return this
    const [subjects, predicates, objects] = this.#columns
    const keys = this.terms.size
    const all = new PairIndex(keys, this.#added, (visit) => {
      for (let n = 0; n < this.#added; n++) visit(subjects[n]!, predicates[n]!, objects[n]!)
    })
    this.#columns = undefined
    this.#outgoing = all.distinct()
    const { size } = this.#outgoing
    this.#incoming = new PairIndex(keys, size, (visit) => {
      this.forEach((subject, predicate, object) => visit(object, predicate, subject))
    })
    this.forEach((_, predicate) => void this.#uses.set(predicate, (this.#uses.get(predicate) ?? 0) + 1))
    return this
  }

  /** Triples. */
  get size(): number {
    return this.#outgoing.size
  }

  /** Under each subject the predicates and objects. */
  get outgoing(): PairIndex {
    return this.#outgoing
  }

  /** Under each object the predicates and subjects. */
  get incoming(): PairIndex {
    return this.#incoming
  }

  /** Calls back with the numbers of each triple, subject by subject. */
  forEach(visit: (subject: number, predicate: number, object: number) => void): void {
    const { keys } = this.#outgoing
    for (let subject = 0; subject < keys; subject++) {
      const first = this.#outgoing.first(subject)
      const end = this.#outgoing.end(subject, first)
      for (let at = first; at < end; at++)
        visit(subject, this.#outgoing.predicate(at), this.#outgoing.other(at))
    }
  }

  /** The numbers of all that has this predicate, ascending, each once; kept for the next time. */
  subjectsOf(predicate: number): Uint32Array {
    let subjects = this.#subjectsOf.get(predicate)
    if (subjects === undefined) {
      const found: number[] = []
      if (this.#uses.has(predicate)) {
        for (let subject = 0; subject < this.#outgoing.keys; subject++)
          if (this.#outgoing.count(subject, predicate) > 0) found.push(subject)
      }
      subjects = Uint32Array.from(found)
      this.#subjectsOf.set(predicate, subjects)
    }
    return subjects
  }

  /** How many triples have this predicate. */
  usesOf = (predicate: number): number => this.#uses.get(predicate) ?? 0

  /** How many triples match; null and undefined match everything. */
  count(subject?: Pattern, predicate?: Pattern, object?: Pattern): number {
    const [s, p, o] = this.#numbers(subject, predicate, object)
    if (s === -1 || p === -1 || o === -1) return 0
    if (s !== undefined && o !== undefined) return [...this.#find(s, p, o)].length
    if (s !== undefined) return this.#outgoing.count(s, p)
    if (o !== undefined) return this.#incoming.count(o, p)
    return p === undefined ? this.size : this.usesOf(p)
  }

  has({ subject, predicate, object, graph }: Quad): boolean {
    return graph.equals(this.#graph) && this.count(subject, predicate, object) > 0
  }

  /** Triples that match, made into quads while they are iterated; null and undefined match everything. */
  match(subject?: Pattern, predicate?: Pattern, object?: Pattern, graph?: Pattern): Matches {
    const isOther = graph !== null && graph !== undefined && !graph.equals(this.#graph)
    const count = (): number => (isOther ? 0 : this.count(subject, predicate, object))
    const quads = (): Iterator<Quad> =>
      (isOther ? [] : this.#quads(subject, predicate, object))[Symbol.iterator]()
    return {
      get size() {
        return count()
      },
      [Symbol.iterator]: quads,
    }
  }

  [Symbol.iterator](): Iterator<Quad> {
    return this.#quads()
  }

  *#quads(subject?: Pattern, predicate?: Pattern, object?: Pattern): Generator<Quad, undefined, undefined> {
    const subjects = this.#termMaker<Quad['subject']>()
    const predicates = this.#termMaker<Quad['predicate']>()
    const objects = this.#termMaker<Quad['object']>()
    for (const [s, p, o] of this.#find(...this.#numbers(subject, predicate, object)))
      yield this.#factory.quad(subjects(s), predicates(p), objects(o), this.#graph)
  }

  /** Makes terms, the same one for a number that comes again at once. */
  #termMaker<Made>(): (number: number) => Made {
    let last = -1
    let made: Made
    return (number) => {
      if (number !== last) made = this.terms.term(number) as Made
      last = number
      return made
    }
  }

  *#find(s: Given, p: Given, o: Given): Generator<[number, number, number], void, undefined> {
    if (s === -1 || p === -1 || o === -1) return
    if (s !== undefined && o !== undefined && p !== undefined) {
      if (this.#outgoing.find(s, p, o) >= 0) yield [s, p, o]
    } else if (s !== undefined || (o === undefined && p === undefined)) {
      const keys = s === undefined ? this.#outgoing.keys : s + 1
      for (let key = s ?? 0; key < keys; key++) {
        const first = this.#outgoing.first(key, p)
        const end = this.#outgoing.end(key, first, p)
        for (let at = first; at < end; at++) {
          const other = this.#outgoing.other(at)
          if (o === undefined || o === other) yield [key, this.#outgoing.predicate(at), other]
        }
      }
    } else if (o !== undefined) {
      const first = this.#incoming.first(o, p)
      const end = this.#incoming.end(o, first, p)
      for (let at = first; at < end; at++) yield [this.#incoming.other(at), this.#incoming.predicate(at), o]
    } else {
      for (const subject of this.subjectsOf(p!)) yield* this.#find(subject, p, undefined)
    }
  }

  #numbers(...pattern: Pattern[]): [Given, Given, Given] {
    return pattern.map((term) =>
      term === null || term === undefined ? undefined : (this.terms.numberOf(term) ?? -1),
    ) as [Given, Given, Given]
  }
}
