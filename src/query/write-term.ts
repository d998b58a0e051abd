import type { Term } from '@rdfjs/types'

const xsdString = 'http://www.w3.org/2001/XMLSchema#string'

/** A term as SPARQL and N-Triples write it; undefined for what a query cannot name: blank nodes, quoted triples. */
export function writeTerm(term: Term): string | undefined {
  switch (term.termType) {
    case 'NamedNode':
      return writeIri(term.value)
    case 'Literal': {
      const text = writeString(term.value)
      if (term.language !== '') return `${text}@${term.language}`
      return term.datatype.value === xsdString ? text : `${text}^^${writeIri(term.datatype.value)}`
    }
    default:
      return undefined
  }
}

/** An IRI in angle brackets, with what the grammar allows in none escaped. */
export function writeIri(iri: string): string {
  return `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, escapeCharacter)}>`
}

/** Text in quotes, escaped. */
export function writeString(text: string): string {
  return `"${text.replace(/["\\\u0000-\u001F\u007F]/g, escapeLiteral)}"`
}

const short: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

function escapeLiteral(character: string): string {
  return short[character] ?? escapeCharacter(character)
}

function escapeCharacter(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
