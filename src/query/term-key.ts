import type { Term } from '@rdfjs/types'
import { canonicalLexical } from '../sparql/canonical-triple.ts'
import { writeLiteral, writeTerm } from '../rdf/write-term.ts'

const allDigits = { dateTimeDigits: 9, doubleDigits: 17 }

/**
 * A text that is the same for the same term, however a server spells it: some servers write 8.0E0 as they got it, some
 * 8, some 8e0. A time that a server cut to microseconds (Virtuoso does) is another time. '' for no term and for the default graph.
 */
export function termKey(term: Term | undefined): string {
  if (term === undefined || term.termType === 'DefaultGraph') return ''
  if (term.termType !== 'Literal' || term.language !== '') return writeTerm(term)
  const type = term.datatype.value
  return writeLiteral(canonicalLexical(term.value, type, allDigits), type)
}
