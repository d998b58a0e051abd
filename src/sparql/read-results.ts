import factory from '@rdfjs/data-model'
import type { Term } from '@rdfjs/types'
import type { Answer, Row } from './answer.ts'

interface JsonTerm {
  type: string
  value: unknown
  datatype?: string
  'xml:lang'?: string
}

/**
 * An answer in SPARQL 1.1 Query Results JSON (https://www.w3.org/TR/sparql11-results-json/) as terms.
 *
 * @throws Error, and says why, for anything else: text that ends early or goes on behind its end, or lacks a part.
 */
export function readSparqlJson(text: string): Answer {
  const json = JSON.parse(text) as {
    head?: { vars?: unknown }
    boolean?: unknown
    results?: { bindings?: unknown }
  } | null
  if (typeof json?.boolean === 'boolean') return { type: 'boolean', value: json.boolean }
  const variables = json?.head?.vars
  const bindings = json?.results?.bindings
  if (!Array.isArray(variables) || !Array.isArray(bindings)) {
    throw new Error('neither a boolean nor head.vars with results.bindings is in it')
  }
  const iris = new Map<string, Term>()
  const rows = bindings.map((binding: Record<string, JsonTerm>): Row => {
    const row: Record<string, Term> = {}
    for (const [name, term] of Object.entries(binding)) row[name] = readTerm(term, iris)
    return row
  })
  return { type: 'bindings', variables: variables.map(String), rows }
}

function readTerm(term: JsonTerm, iris: Map<string, Term>): Term {
  if (typeof term.value !== 'string') throw new Error(`a term of type ${term.type} has no text as its value`)
  switch (term.type) {
    case 'uri': {
      let iri = iris.get(term.value)
      if (iri === undefined) iris.set(term.value, (iri = factory.namedNode(term.value)))
      return iri
    }
    case 'bnode':
      return factory.blankNode(term.value)
    case 'literal':
    case 'typed-literal':
      if (term['xml:lang'] !== undefined) return factory.literal(term.value, term['xml:lang'])
      return factory.literal(
        term.value,
        term.datatype === undefined ? undefined : factory.namedNode(term.datatype),
      )
    default:
      throw new Error(`a term has the unknown type ${JSON.stringify(term.type)}`)
  }
}
