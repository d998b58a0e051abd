import factory from '@rdfjs/data-model'
import type { Literal, Term } from '@rdfjs/types'
import { canonicalLexical } from '../../sparql/canonical-triple.ts'

const allDigits = { dateTimeDigits: Infinity, doubleDigits: 17 }

/** The text of a literal's value, as one spelling stands for all. */
export function canonicalText(text: string, datatype: string): string {
  return canonicalLexical(text, datatype, allDigits)
}

/** A literal as the one that stands for all of its value. */
export function canonicalTerm(term: Literal): Term {
  if (term.language !== '') return term
  const value = canonicalText(term.value, term.datatype.value)
  return value === term.value ? term : factory.literal(value, term.datatype)
}
