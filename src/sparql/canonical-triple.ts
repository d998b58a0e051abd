import type { Quad, Term } from '@rdfjs/types'
import { canonicalDouble } from '../canonical-double.ts'
import { StoreError } from '../errors.ts'
import { NAMESPACES, XSD } from '../rdf/vocabulary.ts'
import { ntriplesLine, writeLiteral, writeTerm } from '../rdf/write-term.ts'

const { xsd } = NAMESPACES
const integers = new Set(
  ['integer', 'long', 'int', 'short', 'byte', 'nonNegativeInteger', 'positiveInteger', 'nonPositiveInteger']
    .concat(['negativeInteger', 'unsignedLong', 'unsignedInt', 'unsignedShort', 'unsignedByte'])
    .map((name) => xsd + name),
)

/** How much of a literal a server keeps, or gives back. */
export interface Precision {
  /** Digits of the fraction of a second: 9 of a nanosecond, 6 in Virtuoso. */
  dateTimeDigits: number
  /** Significant digits of an xsd:double: 17 are all there can be; Virtuoso writes 6 into RDF. */
  doubleDigits: number
}

/**
 * A triple as one N-Triples line, its literals as they are.
 * @throws StoreError for a blank node
 */
export function tripleLine(triple: Quad): string {
  refuseBlankNodes(triple)
  return ntriplesLine(triple)
}

/**
 * A triple as one line that is the same whatever a server did to the spelling of its literals: numbers and booleans by
 * value, doubles and dateTimes cut to what the server keeps, language tags in lower case.
 * @throws StoreError for a blank node
 */
export function canonicalTriple(triple: Quad, precision: Precision): string {
  refuseBlankNodes(triple)
  const { subject, predicate, object } = triple
  return `${writeTerm(subject)} ${writeTerm(predicate)} ${canonicalObject(object, precision)} .`
}

function canonicalObject(term: Term, precision: Precision): string {
  if (term.termType !== 'Literal') return writeTerm(term)
  const { value, language, datatype } = term
  if (language !== '') return writeLiteral(value, datatype.value, language.toLowerCase())
  const canonical = canonicalLexical(value, datatype.value, precision)
  // A whole xsd:decimal is that integer (XML Schema 1.1 part 2, 3.4.13), and Virtuoso makes one of large integers.
  const isWhole = datatype.value === XSD.decimal && /^-?\d+$/.test(canonical)
  return writeLiteral(canonical, isWhole ? XSD.integer : datatype.value)
}

function refuseBlankNodes({ subject, object }: Quad): void {
  for (const { termType, value } of [subject, object]) {
    if (termType === 'NamedNode' || termType === 'Literal') continue
    throw new StoreError(`A ${termType} (‹${value}›) stands in a graph of a run`, {
      advice: 'Records have no blank nodes; give it an IRI, so that it has one name on every server.',
    })
  }
}

/** The spelling of a literal that is the same for every spelling of its value. */
export function canonicalLexical(
  lexical: string,
  type: string,
  { dateTimeDigits, doubleDigits }: Precision,
): string {
  if (!type.startsWith(xsd)) return lexical
  if (integers.has(type))
    return /^[+-]?\d+$/.test(lexical) ? BigInt(lexical.replace('+', '')).toString() : lexical
  switch (type.slice(xsd.length)) {
    case 'decimal':
      return canonicalDecimal(lexical)
    case 'double':
    case 'float':
      return canonicalNumber(lexical, doubleDigits)
    case 'boolean':
      return lexical === '1' ? 'true' : lexical === '0' ? 'false' : lexical
    case 'dateTime':
      return canonicalDateTime(lexical, dateTimeDigits)
    default:
      return lexical
  }
}

function canonicalDecimal(lexical: string): string {
  const parts = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(lexical)
  if (parts === null) return lexical
  const [, sign = '', whole = '', fraction = ''] = parts
  const value = `${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`
  return sign === '-' && value !== '0' ? `-${value}` : value
}

function canonicalNumber(lexical: string, digits: number): string {
  if (lexical === '+INF') return 'INF'
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(lexical)) return lexical
  const value = Number(lexical)
  return canonicalDouble(digits < 17 ? Number(value.toPrecision(digits)) : value)
}

function canonicalDateTime(lexical: string, digits: number): string {
  const parts = /^(-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/.exec(lexical)
  if (parts === null) return lexical
  const [, second = '', fraction = '', zone = ''] = parts
  const kept = fraction.slice(0, digits).replace(/0+$/, '')
  return `${second}${kept === '' ? '' : `.${kept}`}${/^[+-]00:00$/.test(zone) ? 'Z' : zone}`
}
