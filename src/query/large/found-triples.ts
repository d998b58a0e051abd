import { grow } from '../../rdf/grow.ts'

/** Triples as numbers of terms, in the order in which they were added. */
export class FoundTriples {
  #numbers = new Uint32Array(48)
  #size = 0

  get size(): number {
    return this.#size
  }

  add(subject: number, predicate: number, object: number): void {
    const at = this.#size++ * 3
    if (at === this.#numbers.length) this.#numbers = grow(this.#numbers, at * 2)
    this.#numbers[at] = subject
    this.#numbers[at + 1] = predicate
    this.#numbers[at + 2] = object
  }

  forEach(visit: (subject: number, predicate: number, object: number) => void): void {
    const numbers = this.#numbers
    for (let at = 0; at < this.#size * 3; at += 3) visit(numbers[at]!, numbers[at + 1]!, numbers[at + 2]!)
  }

  *[Symbol.iterator](): Generator<[subject: number, predicate: number, object: number], void, undefined> {
    const numbers = this.#numbers
    for (let at = 0; at < this.#size * 3; at += 3) yield [numbers[at]!, numbers[at + 1]!, numbers[at + 2]!]
  }

  /** What stands at a place of the triples: 0 for subjects, 1 for predicates, 2 for objects. */
  column(place: number): Set<number> {
    const found = new Set<number>()
    for (let at = place; at < this.#size * 3; at += 3) found.add(this.#numbers[at]!)
    return found
  }
}
