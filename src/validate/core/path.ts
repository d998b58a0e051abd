import type { Term } from '@rdfjs/types'
import type { Store } from 'n3'
import type { TripleTable } from '../../rdf/triple-table.ts'
import { RDF } from '../../rdf/vocabulary.ts'
import { SH } from '../shacl-terms.ts'

/** One step of a property path: along one of some predicates, or against it; or not at all. */
interface Step {
  /** Their numbers in the table; -1: it is not there. */
  predicates: readonly number[]
  isInverse: boolean
  isOptional: boolean
}

export type Path = readonly Step[]

/** Reads a property path of which every step is simple; undefined for one that repeats without end. */
export function readPath(shapes: Store, path: Term, table: TripleTable): Path | undefined {
  const list = readList(shapes, path)
  const steps = (list ?? [path]).map((step) => readStep(shapes, step, table))
  return steps.every((step) => step !== undefined) ? steps : undefined
}

function readStep(shapes: Store, step: Term, table: TripleTable): Step | undefined {
  const number = (term: Term): number => table.terms.numberOf(term) ?? -1
  if (step.termType === 'NamedNode')
    return { predicates: [number(step)], isInverse: false, isOptional: false }
  const [kind, ...others] = shapes.getQuads(step, null, null, null)
  if (kind === undefined || others.length > 0) return undefined
  const { object } = kind
  const name = kind.predicate.value.slice(SH.length)
  const predicates = name === 'alternativePath' ? readList(shapes, object) : [object]
  if (predicates?.every(({ termType }) => termType === 'NamedNode') !== true) return undefined
  if (!['alternativePath', 'inversePath', 'zeroOrOnePath'].includes(name)) return undefined
  return {
    predicates: predicates.map(number),
    isInverse: name === 'inversePath',
    isOptional: name === 'zeroOrOnePath',
  }
}

/** The members of a well-formed list; undefined for what is none. */
export function readList(shapes: Store, list: Term): Term[] | undefined {
  const members: Term[] = []
  const seen = new Set<string>()
  for (let at = list; at.value !== RDF.nil || at.termType !== 'NamedNode';) {
    const firsts = shapes.getObjects(at, RDF.first, null)
    const rests = shapes.getObjects(at, RDF.rest, null)
    if (firsts.length !== 1 || rests.length !== 1 || seen.has(at.value)) return undefined
    seen.add(at.value)
    members.push(firsts[0]!)
    at = rests[0]!
  }
  return members
}

/** Follows paths through one table. */
export class PathWalker {
  readonly #table: TripleTable
  /** When a term was last met: a set that is emptied by counting on. */
  readonly #met: Uint32Array
  #turn = 0

  constructor(table: TripleTable) {
    this.#table = table
    this.#met = new Uint32Array(table.terms.size)
  }

  /** What the path leads to, each once, in the order in which it is met. */
  follow(path: Path, from: number): readonly number[] {
    let nodes = [from]
    for (const step of path) nodes = this.#take(step, nodes)
    return nodes
  }

  #take({ predicates, isInverse, isOptional }: Step, nodes: readonly number[]): number[] {
    const index = isInverse ? this.#table.incoming : this.#table.outgoing
    const met = this.#met
    const turn = ++this.#turn
    const found: number[] = []
    for (const node of nodes) {
      if (isOptional && met[node] !== turn) {
        met[node] = turn
        found.push(node)
      }
      for (const predicate of predicates) {
        const first = index.first(node, predicate)
        for (let at = first, end = index.end(node, first, predicate); at < end; at++) {
          const other = index.other(at)
          if (met[other] === turn) continue
          met[other] = turn
          found.push(other)
        }
      }
    }
    return found
  }
}
