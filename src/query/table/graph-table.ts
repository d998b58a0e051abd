import factory from '@rdfjs/data-model'
import type { Quad, Term } from '@rdfjs/types'
import type { SavedTerms } from '../../rdf/saved-terms.ts'
import { TermTable, type TermFactory } from '../../rdf/term-table.ts'
import { canonicalTerm } from './canonical-term.ts'
import type { NumberedGraphs } from './numbered-graphs.ts'
import { TableGraph } from './table-graph.ts'

/**
 * Many small graphs as numbers: a question looks up one graph after the other, where a store of quads would find each
 * subject among those of all. 0 stands for no term.
 */
export class GraphTable implements NumberedGraphs {
  readonly graphs: TableGraph[]
  readonly #terms: TermTable
  readonly #made = new Map<number, Term>()

  constructor(saved?: SavedTerms, graphs: readonly TableGraph[] = []) {
    this.#terms = new TermTable(factory as TermFactory, saved)
    this.graphs = [...graphs]
  }

  /** How many triples there are. */
  get size(): number {
    return this.graphs.reduce((sum, { size }) => sum + size, 0)
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
    for (const [name, triples] of graphs) this.graphs.push(TableGraph.of(run, name, triples))
  }

  number(term: Term): number {
    switch (term.termType) {
      case 'NamedNode':
        return this.#terms.addIri(term.value) + 1
      case 'Literal':
        return this.#terms.add(canonicalTerm(term)) + 1
      default:
        throw new RangeError(`A ${term.termType} is none of the terms of a summary.`)
    }
  }

  find(term: Term): number | undefined {
    const number = this.#terms.numberOf(term.termType === 'Literal' ? canonicalTerm(term) : term)
    return number === undefined ? undefined : number + 1
  }

  term(number: number): Term {
    let term = this.#made.get(number)
    if (term === undefined) this.#made.set(number, (term = this.#terms.term(number - 1)))
    return term
  }
}
