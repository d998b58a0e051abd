import type { BaseQuad, Quad, Term } from '@rdfjs/types'
import { stringLiteral } from './literals.ts'
import { XSD } from './vocabulary.ts'

/*
 * Terms as N-Triples, N-Quads and SPARQL all write them, in the one spelling of canonical N-Quads (RDFC-1.0, section 5).
 */

/** Characters that IRIREF does not allow between the brackets (https://www.w3.org/TR/n-triples/#grammar-production-IRIREF). */
const NOT_IN_IRI = /[\u0000-\u0020<>"{}|^`\\]/g

/** An IRI in angle brackets. */
export function writeIri(iri: string): string {
  return `<${iri.replace(NOT_IN_IRI, escapeCharacter)}>`
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}

/**
 * A literal of a datatype, or of a language if that is not empty.
 * @param writeType writes the IRI of the datatype
 */
export function writeLiteral(lexical: string, datatype: string, language = '', writeType = writeIri): string {
  const text = stringLiteral(lexical)
  if (language !== '') return `${text}@${language}`
  return datatype === XSD.string ? text : `${text}^^${writeType(datatype)}`
}

/** @throws TypeError for a term that is no part of a triple: a variable, the default graph */
export function writeTerm(term: Term): string {
  switch (term.termType) {
    case 'NamedNode':
      return writeIri(term.value)
    case 'BlankNode':
      return `_:${term.value}`
    case 'Literal':
      return writeLiteral(term.value, term.datatype.value, term.language)
    case 'Quad':
      return `<<( ${writeTerms(term)} )>>`
    default:
      throw new TypeError(`N-Quads has no ${term.termType}`)
  }
}

function writeTerms({ subject, predicate, object }: BaseQuad): string {
  return `${writeTerm(subject)} ${writeTerm(predicate)} ${writeTerm(object)}`
}

/** A triple as a line of N-Triples, without its graph and without the line's end. */
export function ntriplesLine(quad: Quad): string {
  return `${writeTerms(quad)} .`
}

/** A quad as a line of N-Quads, without the line's end. */
export function nquadsLine(quad: Quad): string {
  if (quad.graph.termType === 'DefaultGraph') return ntriplesLine(quad)
  return `${writeTerms(quad)} ${writeTerm(quad.graph)} .`
}
