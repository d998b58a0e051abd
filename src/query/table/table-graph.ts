import type { NumberedGraph } from './numbered-graphs.ts'

type Columns = readonly [subjects: Uint32Array, predicates: Uint32Array, objects: Uint32Array]
/** How many arrays a graph is made of. */
export const arraysOfGraph = 4

type Take = Parameters<NumberedGraph['visit']>[3]

/** The triples of a summary, sorted by subject, predicate and object. */
export class TableGraph implements NumberedGraph {
  readonly run: string
  readonly name: number
  readonly #subjects: Uint32Array
  readonly #predicates: Uint32Array
  readonly #objects: Uint32Array
  /** Places of the triples, sorted by predicate, object and subject. */
  readonly #byObject: Uint32Array

  /** @param byObject places of the triples, sorted by predicate, object and subject */
  constructor(run: string, name: number, [subjects, predicates, objects]: Columns, byObject: Uint32Array) {
    this.run = run
    this.name = name
    this.#subjects = subjects
    this.#predicates = predicates
    this.#objects = objects
    this.#byObject = byObject
  }

  /** @param triples in any order, which are sorted in place */
  static of(run: string, name: number, triples: [number, number, number][]): TableGraph {
    triples.sort((one, other) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2])
    const distinct = triples.filter(([s, p, o], at) => {
      const before = triples[at - 1]
      return before?.[0] !== s || before[1] !== p || before[2] !== o
    })
    const columns = [0, 1, 2].map((column) => Uint32Array.from(distinct, (triple) => triple[column]!))
    const [subjects, predicates, objects] = columns as [Uint32Array, Uint32Array, Uint32Array]
    const byObject = Uint32Array.from(distinct.keys()).sort(
      (one, other) => predicates[one]! - predicates[other]! || objects[one]! - objects[other]! || one - other,
    )
    return new TableGraph(run, name, [subjects, predicates, objects], byObject)
  }

  /** How many triples there are. */
  get size(): number {
    return this.#subjects.length
  }

  /** What it is made of. */
  get arrays(): readonly Uint32Array[] {
    return [this.#subjects, this.#predicates, this.#objects, this.#byObject]
  }

  visit(subject: number, predicate: number, object: number, take: Take): void {
    const [subjects, predicates, objects, byObject] = [
      this.#subjects,
      this.#predicates,
      this.#objects,
      this.#byObject,
    ]
    const size = subjects.length
    if (subject !== 0) {
      for (let at = this.#firstOf(subject, predicate); at < size && subjects[at] === subject; at++) {
        const verb = predicates[at]!
        if (predicate !== 0 && verb !== predicate) return
        if (object === 0 || objects[at] === object) take(subject, verb, objects[at]!)
      }
    } else if (predicate !== 0) {
      for (let place = this.#firstWith(predicate, object); place < size; place++) {
        const at = byObject[place]!
        if (predicates[at] !== predicate || (object !== 0 && objects[at] !== object)) return
        take(subjects[at]!, predicate, objects[at]!)
      }
    } else {
      for (let at = 0; at < size; at++)
        if (object === 0 || objects[at] === object) take(subjects[at]!, predicates[at]!, objects[at]!)
    }
  }

  count(predicate: number, object: number): number {
    const end = object === 0 ? this.#firstWith(predicate + 1, 0) : this.#firstWith(predicate, object + 1)
    return end - this.#firstWith(predicate, object)
  }

  #firstOf(subject: number, predicate: number): number {
    const place = known[subject % mostKnown]!
    if (place.graph !== this || place.subject !== subject) {
      place.graph = this
      place.subject = subject
      place.first = this.#firstWithSubject(subject)
    }
    const [subjects, predicates] = [this.#subjects, this.#predicates]
    let at = place.first
    // A subject has few triples, but for that of a graph which describes itself.
    for (let steps = 0; at < subjects.length && subjects[at] === subject; at++, steps++) {
      if (predicates[at]! >= predicate) return at
      if (steps === fewSteps) return this.#firstFrom(at, subject, predicate)
    }
    return at
  }

  #firstWithSubject(subject: number): number {
    const subjects = this.#subjects
    let [low, high] = [0, subjects.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (subjects[middle]! < subject) low = middle + 1
      else high = middle
    }
    return low
  }

  #firstFrom(from: number, subject: number, predicate: number): number {
    const [subjects, predicates] = [this.#subjects, this.#predicates]
    let [low, high] = [from, subjects.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      const here = subjects[middle]!
      if (here < subject || (here === subject && predicates[middle]! < predicate)) low = middle + 1
      else high = middle
    }
    return low
  }

  #firstWith(predicate: number, object: number): number {
    const [predicates, objects, byObject] = [this.#predicates, this.#objects, this.#byObject]
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
}

/** Of so many subjects it is known where their triples begin: a question asks many things of the same few. */
const mostKnown = 16
const known = Array.from({ length: mostKnown }, () => ({
  graph: undefined as TableGraph | undefined,
  subject: 0,
  first: 0,
}))

const fewSteps = 32
