import type { PairIndex } from '../rdf/pair-index.ts'
import type { TripleTable } from '../rdf/triple-table.ts'
import { RDF } from '../rdf/vocabulary.ts'

/** Steps through a record by numbers of its terms and IRIs of its predicates. */
export class RecordSteps {
  readonly table: TripleTable
  readonly #numbers = new Map<string, number>()

  constructor(table: TripleTable) {
    this.table = table
  }

  objects(subject: number, predicate: string): number[] {
    return othersIn(this.table.outgoing, subject, this.number(predicate))
  }

  object(subject: number, predicate: string): number | undefined {
    const index = this.table.outgoing
    const number = this.number(predicate)
    const first = index.first(subject, number)
    return first < index.end(subject, first, number) ? index.other(first) : undefined
  }

  has(subject: number, predicate: string): boolean {
    return this.object(subject, predicate) !== undefined
  }

  subjects(predicate: string, object: number): number[] {
    return othersIn(this.table.incoming, object, this.number(predicate))
  }

  isOf(node: number, type: string): boolean {
    return this.table.outgoing.find(node, this.number(RDF.type), this.number(type)) >= 0
  }

  ofClass(type: string): number[] {
    return this.subjects(RDF.type, this.number(type))
  }

  /** What a term says; undefined of no term. */
  text(node: number | undefined): string | undefined {
    return node === undefined ? undefined : this.table.terms.valueOf(node)
  }

  /** The number of an IRI; -1 where the record does not have it, so that nothing is found. */
  number(iri: string): number {
    let number = this.#numbers.get(iri)
    if (number === undefined) this.#numbers.set(iri, (number = this.table.terms.numberOfIri(iri) ?? -1))
    return number
  }
}

function othersIn(index: PairIndex, key: number, predicate: number): number[] {
  const first = index.first(key, predicate)
  return Array.from({ length: index.end(key, first, predicate) - first }, (_, n) => index.other(first + n))
}
