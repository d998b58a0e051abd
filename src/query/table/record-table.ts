import factory from '@rdfjs/data-model'
import type { Term } from '@rdfjs/types'
import { ParseError } from '../../errors.ts'
import { readTable } from '../../formats/read-table.ts'
import type { TermFactory } from '../../rdf/term-table.ts'
import { TripleTable } from '../../rdf/triple-table.ts'
import { XSD } from '../../rdf/vocabulary.ts'
import type { StoredGraph } from '../../store/store.ts'
import { canonicalTerm, canonicalText } from './canonical-term.ts'
import type { NumberedGraph, NumberedGraphs } from './numbered-graphs.ts'

/**
 * One record as numbers of terms: it is read in a third of the time that Oxigraph takes, and most ready-made questions are
 * answered from it.
 */
export class RecordTable implements NumberedGraphs {
  readonly graphs: readonly NumberedGraph[]
  readonly #triples: TripleTable
  readonly #made = new Map<number, Term>()

  private constructor(triples: TripleTable, run: string, name: string) {
    this.#triples = triples
    const { outgoing, incoming } = triples
    const number = this.number(factory.namedNode(name))
    const count = (predicate: number, object: number): number =>
      object === 0 ? triples.usesOf(predicate - 1) : incoming.count(object - 1, predicate - 1)
    const visit: NumberedGraph['visit'] = (subject, predicate, object, take) => {
      const verb = predicate === 0 ? undefined : predicate - 1
      const from = (s: number) => {
        const first = outgoing.first(s, verb)
        const end = outgoing.end(s, first, verb)
        for (let at = first; at < end; at++) {
          const o = outgoing.other(at) + 1
          if (object === 0 || o === object) take(s + 1, outgoing.predicate(at) + 1, o)
        }
      }
      if (subject !== 0) from(subject - 1)
      else if (object !== 0) {
        const first = incoming.first(object - 1, verb)
        const end = incoming.end(object - 1, first, verb)
        for (let at = first; at < end; at++) take(incoming.other(at) + 1, incoming.predicate(at) + 1, object)
      } else if (verb !== undefined) for (const s of triples.subjectsOf(verb)) from(s)
      else triples.forEach((s, p, o) => take(s + 1, p + 1, o + 1))
    }
    this.graphs = [{ run, name: number, visit, count }]
  }

  /**
   * @returns undefined for a record that a table is not enough for: it does not parse, or has blank nodes
   * @throws StoreError that says what is wrong with the file
   */
  static async read(run: string, graph: StoredGraph): Promise<RecordTable | undefined> {
    let table: TripleTable
    try {
      table = await readTable(
        graph,
        () => new TripleTable(factory as TermFactory),
        () => {},
      )
    } catch (error) {
      // Oxigraph says what is wrong with it.
      if (error instanceof ParseError) return undefined
      throw error
    }
    const others = otherSpellings(table)
    if (others === undefined) return undefined
    table.replaceObjects(others)
    return new RecordTable(table.seal(), run, graph.graph)
  }

  number(term: Term): number {
    switch (term.termType) {
      case 'NamedNode':
        return this.#triples.terms.addIri(term.value) + 1
      case 'Literal':
        return this.#triples.terms.add(canonicalTerm(term)) + 1
      default:
        throw new RangeError(`A ${term.termType} is none of the terms of a record.`)
    }
  }

  find(term: Term): number | undefined {
    const number = this.#triples.terms.numberOf(term.termType === 'Literal' ? canonicalTerm(term) : term)
    return number === undefined ? undefined : number + 1
  }

  term(number: number): Term {
    let term = this.#made.get(number)
    if (term === undefined) this.#made.set(number, (term = this.#triples.terms.term(number - 1)))
    return term
  }
}

/** Of literals that are not in the one spelling of their value, the numbers of those that are; undefined where some term is no IRI and no literal. */
function otherSpellings({ terms }: TripleTable): Map<number, number> | undefined {
  const others = new Map<number, number>()
  const { size } = terms
  for (let number = 0; number < size; number++) {
    if (terms.isIri(number)) continue
    const type = terms.datatypeOf(number)
    if (type === undefined) return undefined
    if (type === XSD.string) continue
    const text = terms.valueOf(number)
    const canonical = canonicalText(text, type)
    if (canonical !== text) others.set(number, terms.addLiteral(terms.literalHead(type), canonical))
  }
  return others
}
