import type { Term } from '@rdfjs/types'
import type { PairIndex } from '../../rdf/pair-index.ts'
import type { TripleTable } from '../../rdf/triple-table.ts'
import { FoundTriples } from './found-triples.ts'
import { anything, type Leaf, type Part } from './slice-plan.ts'

/** Numbers of the terms that a variable can be. */
export type Candidates = Map<string, ReadonlySet<number>>

/** What a place of a pattern may be: undefined for anything. */
type Allowed = ReadonlySet<number> | undefined

/** More triples are wanted than may be. */
export class SliceTooLarge extends Error {}

/**
 * Finds the triples of a table that a part of a query can need: with them alone, it has the same solutions. Patterns are
 * looked up one after the other, the most selective first, and what a variable was found to be narrows the next ones.
 *
 * @param most triples at once
 * @param known what variables can be
 * @throws SliceTooLarge
 */
export function findSlice(
  table: TripleTable,
  part: Part,
  most: number,
  known: Candidates = new Map(),
): FoundTriples {
  const slice = new FoundTriples()
  new Finder(table, slice, most).find(part, known)
  return slice
}

/**
 * Terms among which all are that a variable is in solutions of a part, by numbers. Each solution must have it.
 *
 * @param most triples at once
 * @throws SliceTooLarge
 */
export function findCandidates(
  table: TripleTable,
  part: Part,
  variable: string,
  most: number,
): ReadonlySet<number> {
  return new Finder(table, new FoundTriples(), most).candidatesOf(variable, part, new Map())
}

class Finder {
  readonly #table: TripleTable
  readonly #slice: FoundTriples
  readonly #most: number

  constructor(table: TripleTable, slice: FoundTriples, most: number) {
    this.#table = table
    this.#slice = slice
    this.#most = most
  }

  find(part: Part, known: Candidates): void {
    const candidates: Candidates = new Map(known)
    for (const { variable, terms } of part.choices) {
      narrow(candidates, variable, this.#numbers(terms))
    }
    const waiting = new Set(part.leaves)
    const found: { leaf: Leaf; triples: FoundTriples }[] = []
    while (waiting.size > 0) {
      const leaf = this.#cheapest(waiting, candidates)
      waiting.delete(leaf)
      const triples = this.#look(leaf, candidates)
      // No solution matches this, so none matches all of it.
      if (triples.size === 0) return
      found.push({ leaf, triples })
      learn(leaf, triples, candidates)
    }
    for (const { leaf, triples } of found) {
      triples.forEach((s, p, o) => {
        if (!isAllowed(leaf.subject, s, candidates) || !isAllowed(leaf.object, o, candidates)) return
        this.#slice.add(s, p, o)
      })
      this.#checkSize(this.#slice.size)
    }
    for (const { subject, object, predicates, matchesNothing } of part.paths) {
      const isBound = (each: Term | string) => typeof each !== 'string' || candidates.has(each)
      // Where it may be of no length and begin anywhere, it begins at every node that there is.
      const isAnywhere = matchesNothing && !isBound(subject) && !isBound(object)
      const all: Leaf = {
        subject: '?from',
        predicate: isAnywhere || predicates === undefined ? '?by' : predicates,
        object: '?to',
      }
      this.#look(all, new Map()).forEach((s, p, o) => this.#slice.add(s, p, o))
      this.#checkSize(this.#slice.size)
    }
    for (const { part: rest, knows } of part.rests) {
      this.find(rest, knows === 'all' ? candidates : only(candidates, knows))
    }
  }

  candidatesOf(variable: string, part: Part, known: Candidates): ReadonlySet<number> {
    const candidates: Candidates = new Map(known)
    for (const choice of part.choices) narrow(candidates, choice.variable, this.#numbers(choice.terms))
    const leaves = part.leaves.filter(({ subject, object }) => subject === variable || object === variable)
    if (leaves.length > 0) {
      const leaf = this.#cheapest(new Set(leaves), candidates)
      learn(leaf, this.#look(leaf, candidates), candidates)
    }
    const found = candidates.get(variable)
    if (found !== undefined) return found
    const all = new Set<number>()
    for (const { part: rest } of part.rests)
      for (const term of this.candidatesOf(variable, rest, candidates)) all.add(term)
    return all
  }

  /** The triples that match, of what is known until now. */
  #look(leaf: Leaf, candidates: Candidates): FoundTriples {
    const { outgoing, incoming } = this.#table
    const found = new FoundTriples()
    const [subjects, predicates, objects] = this.#allowed(leaf, candidates)
    const isSame = leaf.subject === leaf.object && leaf.subject !== anything
    const take = (s: number, p: number, o: number) => {
      if (predicates?.has(p) === false || subjects?.has(s) === false || objects?.has(o) === false) return
      if (isSame && s !== o) return
      found.add(s, p, o)
      this.#checkSize(found.size)
    }
    const verbs = predicates === undefined ? [undefined] : [...predicates]
    const [bySubject, byObject] = [
      this.#costBy(outgoing, subjects, verbs),
      this.#costBy(incoming, objects, verbs),
    ]
    if (subjects !== undefined && bySubject <= byObject) {
      for (const s of subjects) for (const verb of verbs) visit(outgoing, s, verb, (p, o) => take(s, p, o))
    } else if (objects !== undefined) {
      for (const o of objects) for (const verb of verbs) visit(incoming, o, verb, (p, s) => take(s, p, o))
    } else if (predicates === undefined) {
      this.#checkSize(this.#table.size)
      this.#table.forEach(take)
    } else {
      for (const verb of predicates)
        for (const s of this.#table.subjectsOf(verb)) visit(outgoing, s, verb, (p, o) => take(s, p, o))
    }
    return found
  }

  #cheapest(leaves: ReadonlySet<Leaf>, candidates: Candidates): Leaf {
    let [cheapest, least] = [[...leaves][0]!, Number.POSITIVE_INFINITY]
    if (leaves.size === 1) return cheapest
    for (const leaf of leaves) {
      const cost = this.#cost(leaf, candidates)
      if (cost < least) [cheapest, least] = [leaf, cost]
    }
    return cheapest
  }

  /** About how many triples have to be looked at. */
  #cost(leaf: Leaf, candidates: Candidates): number {
    const [subjects, predicates, objects] = this.#allowed(leaf, candidates)
    const verbs = predicates === undefined ? [undefined] : [...predicates]
    const { incoming, outgoing } = this.#table
    const all = verbs.reduce<number>(
      (sum, verb) => sum + (verb === undefined ? this.#table.size : this.#table.usesOf(verb)),
      0,
    )
    return Math.min(this.#costBy(outgoing, subjects, verbs), this.#costBy(incoming, objects, verbs), all)
  }

  /** By some of the terms, where there are many. */
  #costBy(index: PairIndex, terms: Allowed, verbs: readonly (number | undefined)[]): number {
    if (terms === undefined) return Number.POSITIVE_INFINITY
    let [seen, sum] = [0, 0]
    for (const term of terms) {
      for (const verb of verbs) sum += index.count(term, verb)
      if (++seen === sampled) break
    }
    return seen === 0 ? 0 : (sum / seen) * terms.size
  }

  #allowed({ subject, predicate, object }: Leaf, candidates: Candidates): [Allowed, Allowed, Allowed] {
    const of = (each: Term | string): Allowed =>
      typeof each === 'string' ? candidates.get(each) : this.#numbers([each])
    return [
      of(subject),
      typeof predicate === 'string' ? candidates.get(predicate) : this.#numbers(predicate),
      of(object),
    ]
  }

  #numbers(terms: readonly Term[]): ReadonlySet<number> {
    return new Set(terms.flatMap((term) => this.#table.terms.numberOf(term) ?? []))
  }

  #checkSize(size: number): void {
    if (size > this.#most) throw new SliceTooLarge()
  }
}

/** Terms by which the cost of all is estimated. */
const sampled = 32

function visit(
  index: PairIndex,
  key: number,
  verb: number | undefined,
  take: (predicate: number, other: number) => void,
): void {
  const first = index.first(key, verb)
  const end = index.end(key, first, verb)
  for (let at = first; at < end; at++) take(index.predicate(at), index.other(at))
}

function isAllowed(each: Term | string, number: number, candidates: Candidates): boolean {
  return typeof each !== 'string' || candidates.get(each)?.has(number) !== false
}

/** What the variables of a pattern can be, by the triples that match it. */
function learn({ subject, predicate, object }: Leaf, triples: FoundTriples, candidates: Candidates): void {
  for (const [column, each] of [subject, predicate, object].entries())
    if (typeof each === 'string' && each !== anything) narrow(candidates, each, triples.column(column))
}

function narrow(candidates: Candidates, variable: string, terms: ReadonlySet<number>): void {
  const known = candidates.get(variable)
  if (known === undefined) candidates.set(variable, terms)
  else candidates.set(variable, new Set([...terms].filter((term) => known.has(term))))
}

function only(candidates: Candidates, variables: ReadonlySet<string>): Candidates {
  return new Map([...candidates].filter(([variable]) => variables.has(variable)))
}
