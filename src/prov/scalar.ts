import { stringLiteral } from '../rdf/literals.ts'
import type { Literal } from '../record/run.ts'

/** A scalar of the recorded program, whose lexical form is canonical already. */
export function scalarLiteral(scalar: Literal): string {
  switch (scalar.type) {
    case 'string':
      return stringLiteral(scalar.lexical)
    case 'integer':
    case 'boolean':
      return scalar.lexical
    case 'double':
      return `"${scalar.lexical}"^^xsd:double`
    case 'json':
      return `${stringLiteral(scalar.lexical)}^^rdf:JSON`
  }
}
