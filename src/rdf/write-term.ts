import type { Quad, Term } from '@rdfjs/types'
import { stringLiteral } from './literals.ts'
import { NAMESPACES } from './vocabulary.ts'

const STRING = `${NAMESPACES.xsd}string`

/** A term as canonical N-Quads writes it (RDFC-1.0, section 5). */
export function nquadsTerm(term: Term): string {
  switch (term.termType) {
    case 'NamedNode':
      return `<${term.value}>`
    case 'BlankNode':
      return `_:${term.value}`
    case 'Literal': {
      const text = stringLiteral(term.value)
      if (term.language) return `${text}@${term.language}`
      return term.datatype.value === STRING ? text : `${text}^^<${term.datatype.value}>`
    }
    default:
      throw new TypeError(`N-Quads has no ${term.termType}`)
  }
}

/** A triple as a line of canonical N-Quads, without its graph and without the line's end. */
export function ntriplesLine({ subject, predicate, object }: Quad): string {
  return `${nquadsTerm(subject)} ${nquadsTerm(predicate)} ${nquadsTerm(object)} .`
}

/** A quad as a line of canonical N-Quads, without the line's end. */
export function nquadsLine(quad: Quad): string {
  if (quad.graph.termType === 'DefaultGraph') return ntriplesLine(quad)
  return `${ntriplesLine(quad).slice(0, -1)}${nquadsTerm(quad.graph)} .`
}
