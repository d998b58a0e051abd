import type { Term } from '@rdfjs/types'

/** Terms as numbers from 1; 0 stands for no term. Literals of one value have one number. */
export interface NumberedTerms {
  /** The number of a term, a new one if need be. @throws RangeError for what has none: blank nodes, triples */
  number(term: Term): number
  /** The number of a term; undefined where it is in no graph. */
  find(term: Term): number | undefined
  /** The same object each time. */
  term(number: number): Term
}

/** The triples of one graph, as numbers of terms. */
export interface NumberedGraph {
  /** IRI of the run that it is about. */
  readonly run: string
  /** Number of its name. */
  readonly name: number
  /** Calls back with the triples that have these terms; 0 stands for any. */
  visit(
    subject: number,
    predicate: number,
    object: number,
    take: (subject: number, predicate: number, object: number) => void,
  ): void
  /** How many triples have a predicate and, unless that is 0, an object. */
  count(predicate: number, object: number): number
}

/** Graphs that a question is answered from, one after the other. */
export interface NumberedGraphs extends NumberedTerms {
  readonly graphs: readonly NumberedGraph[]
}
