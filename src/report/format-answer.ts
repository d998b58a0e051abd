import type { Literal, Term } from '@rdfjs/types'
import { XSD } from '../rdf/vocabulary.ts'
import { writeTerm } from '../rdf/write-term.ts'
import type { Answer } from '../sparql/answer.ts'

/** Solutions or a truth value; graphs are written in an RDF syntax instead. */
export type Table = Exclude<Answer, { type: 'quads' }>

/**
 * The SPARQL 1.1 Query Results JSON Format.
 * @see https://www.w3.org/TR/sparql11-results-json/
 */
export function toSparqlJson(answer: Table): object {
  if (answer.type === 'boolean') return { head: {}, boolean: answer.value }
  const bindings = answer.rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, term]) => [name, toJsonTerm(term)])),
  )
  return { head: { vars: answer.variables }, results: { bindings } }
}

/**
 * Lines of the SPARQL 1.1 CSV format: values without their types, as spreadsheets read them.
 * @see https://www.w3.org/TR/sparql11-results-csv-tsv/#csv
 */
export function* toCsv(answer: Table): Generator<string> {
  if (answer.type === 'boolean') return yield `${answer.value}\r\n`
  yield `${answer.variables.map(quoteCsv).join(',')}\r\n`
  for (const row of answer.rows) {
    yield `${answer.variables.map((name) => quoteCsv(plainText(row[name]))).join(',')}\r\n`
  }
}

/**
 * Lines of the SPARQL 1.1 TSV format: terms as Turtle writes them.
 * @see https://www.w3.org/TR/sparql11-results-csv-tsv/#tsv
 */
export function* toTsv(answer: Table): Generator<string> {
  if (answer.type === 'boolean') return yield `${answer.value}\n`
  yield `${answer.variables.map((name) => `?${name}`).join('\t')}\n`
  for (const row of answer.rows) {
    yield `${answer.variables.map((name) => writeCell(row[name])).join('\t')}\n`
  }
}

/** A term without its type: the IRI, the lexical form, `_:` and the label of a blank node, '' for an unbound one. */
export function plainText(term: Term | undefined): string {
  if (term === undefined) return ''
  return term.termType === 'BlankNode' ? `_:${term.value}` : term.value
}

function toJsonTerm(term: Term): object {
  if (term.termType === 'NamedNode') return { type: 'uri', value: term.value }
  if (term.termType === 'BlankNode') return { type: 'bnode', value: term.value }
  const literal = term as Literal
  if (literal.language !== '') return { type: 'literal', value: literal.value, 'xml:lang': literal.language }
  if (literal.datatype.value === XSD.string) return { type: 'literal', value: literal.value }
  return { type: 'literal', value: literal.value, datatype: literal.datatype.value }
}

function quoteCsv(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function writeCell(term: Term | undefined): string {
  return term === undefined ? '' : writeTerm(term)
}
