import type { Term } from '@rdfjs/types'
import { XSD } from '../../rdf/vocabulary.ts'
import { linksOf, predicatesOf, type PathSymbol } from './property-path.ts'

/** A pattern of a query: terms, or names of variables. */
export interface Leaf {
  subject: Term | string
  /** Any one of several terms, for a path of alternatives. */
  predicate: readonly Term[] | string
  object: Term | string
}

/** Terms that a variable is one of. */
export interface Choice {
  variable: string
  terms: readonly Term[]
}

/**
 * A part of a query in which each solution matches all of its leaves, each in the same graph. What may match besides
 * (OPTIONAL, UNION, MINUS, EXISTS) is in parts of its own.
 */
export interface Part {
  leaves: Leaf[]
  choices: Choice[]
  rests: { part: Part; knows: ReadonlySet<string> | 'all' }[]
  /** Paths of any length: their triples are wanted whatever they join. */
  paths: Path[]
}

export interface Path {
  subject: Term | string
  object: Term | string
  /** Undefined for every predicate. */
  predicates: readonly Term[] | undefined
  /** Whether a node is joined with itself by it, also one that has no such triple. */
  matchesNothing: boolean
}

/** A node of the algebra as `@traqula/algebra-sparql-1-1` gives it. */
export type Operation = { type: string; subType?: string } & Record<string, unknown>

/**
 * Which triples a query can need.
 *
 * What one side of a join knows of a variable may narrow the other, but not what stands in OPTIONAL, MINUS or EXISTS:
 * those see only what is bound on their left. And two GRAPH blocks may match in different graphs.
 *
 * @param alone whether the graph is the only one that is asked
 */
export function planSlice(query: Operation, alone: boolean): Part {
  return new Planner(alone).part(query, alone, true)
}

class Planner {
  readonly #alone: boolean

  constructor(alone: boolean) {
    this.#alone = alone
  }

  /** @param joins whether leaves that stand side by side match in one graph */
  part(operation: Operation, joins: boolean, isRoot = false): Part {
    const part = partOf()
    this.#collect(operation, part, joins, isRoot)
    return part
  }

  #collect(operation: Operation, part: Part, joins: boolean, isRoot: boolean): void {
    const { type } = operation
    const input = operation['input'] as Operation & Operation[]
    switch (type) {
      case 'bgp':
        for (const pattern of operation['patterns'] as Quads) this.#addLeaf(part, leafOf(pattern), joins)
        return
      case 'path':
        this.#addPath(part, operation as unknown as PathOperation, joins)
        return
      case 'values':
        part.choices.push(...choicesOf(operation as never))
        return
      case 'join':
        for (const each of input) this.#collect(each, part, joins, false)
        return
      case 'union':
        for (const each of input) part.rests.push({ part: this.part(each, joins), knows: 'all' })
        return
      case 'leftjoin':
      case 'minus': {
        const left = this.part(input[0]!, joins)
        const knows = certainIn(left)
        add(part, left)
        part.rests.push({ part: this.part(input[1]!, joins), knows })
        // The filter of OPTIONAL sees both sides; what it asks for is sought without knowing either.
        this.#addExistence(operation['expression'], part, joins, new Set())
        return
      }
      case 'graph':
        if (this.#alone) this.#collect(input, part, true, false)
        else part.rests.push({ part: this.part(input, true), knows: 'all' })
        return
      case 'describe':
        this.#collect(input, part, joins, isRoot)
        for (const term of operation['terms'] as Term[])
          part.rests.push({
            part: partOf({ subject: place(term), predicate: anything, object: anything }),
            knows: 'all',
          })
        return
      case 'project':
        if (!isRoot) {
          // Its variables are its own, but for the selected ones.
          part.rests.push({ part: this.part(operation, joins, true), knows: new Set() })
          return
        }
        this.#collect(input, part, joins, false)
        return
      case 'nop':
        return
      default: {
        if (!wrappers.has(type)) throw new RangeError(`unknown operation ${type}`)
        const inner = this.part(input, joins, isRoot)
        add(part, inner)
        const { input: _, ...others } = operation
        this.#addExistence(others, part, joins, certainIn(inner))
      }
    }
  }

  /** What stands in EXISTS and NOT EXISTS. */
  #addExistence(node: unknown, part: Part, joins: boolean, knows: ReadonlySet<string>): void {
    if (Array.isArray(node)) for (const each of node) this.#addExistence(each, part, joins, knows)
    else if (typeof node === 'object' && node !== null) {
      const { type, subType, input } = node as Operation
      if (type === 'expression' && subType === 'existence')
        part.rests.push({ part: this.part(input as Operation, joins), knows })
      else this.#addExistence(Object.values(node), part, joins, knows)
    }
  }

  #addLeaf(part: Part, leaf: Leaf, joins: boolean): void {
    if (joins) part.leaves.push(leaf)
    else part.rests.push({ part: partOf(leaf), knows: 'all' })
  }

  #addPath(part: Part, { subject, predicate, object }: PathOperation, joins: boolean): void {
    const inverse = predicate.type === 'inv'
    const alternatives = linksOf(inverse ? predicate.path! : predicate)
    if (alternatives !== undefined) {
      const [from, to] = inverse ? [object, subject] : [subject, object]
      this.#addLeaf(part, { subject: place(from), predicate: alternatives, object: place(to) }, joins)
      return
    }
    part.paths.push({ subject: place(subject), object: place(object), ...predicatesOf(predicate) })
  }
}

/** In place of a variable that nothing else has. */
export const anything = '?any thing'

const partOf = (...leaves: Leaf[]): Part => ({ leaves, choices: [], rests: [], paths: [] })

type Quads = { subject: Term; predicate: Term; object: Term }[]
interface PathOperation {
  subject: Term
  predicate: PathSymbol
  object: Term
}

/** They hand on the solutions of what is in them, or a part of those. */
const wrappers = new Set([
  'ask',
  'construct',
  'distinct',
  'extend',
  'filter',
  'from',
  'group',
  'orderby',
  'reduced',
  'slice',
])

function add(part: Part, other: Part): void {
  part.leaves.push(...other.leaves)
  part.choices.push(...other.choices)
  part.rests.push(...other.rests)
  part.paths.push(...other.paths)
}

/** Variables that every solution has. */
function certainIn({ leaves, choices }: Part): ReadonlySet<string> {
  const certain = new Set(choices.map(({ variable }) => variable))
  for (const leaf of leaves)
    for (const each of [leaf.subject, leaf.predicate, leaf.object])
      if (typeof each === 'string') certain.add(each)
  return certain
}

function leafOf({ subject, predicate, object }: Quads[number]): Leaf {
  const verb = place(predicate)
  return {
    subject: place(subject),
    predicate: typeof verb === 'string' ? verb : [verb],
    object: place(object),
  }
}

/**
 * A literal of a number or a time matches every one of the same value, however it is written, so that only its place is
 * known.
 */
function place(term: Term): Term | string {
  if (term.termType === 'Variable') return `?${term.value}`
  if (term.termType === 'BlankNode') return `_:${term.value}`
  return isSpelling(term) ? term : anything
}

/** Whether terms that are written otherwise are other terms. */
function isSpelling(term: Term): boolean {
  return term.termType !== 'Literal' || term.datatype.value === XSD.string
}

function choicesOf({
  variables,
  bindings,
}: {
  variables: Term[]
  bindings: Record<string, Term>[]
}): Choice[] {
  return variables.flatMap(({ value: name }) => {
    const terms = bindings.flatMap((row) => row[name] ?? [])
    const isChoice = terms.length === bindings.length && terms.every(isSpelling)
    return isChoice ? [{ variable: `?${name}`, terms }] : []
  })
}
