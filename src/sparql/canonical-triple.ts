import type { Quad, Term } from '@rdfjs/types'
import { canonicalDouble, stringLiteral } from '../rdf/literals.ts'
import { StoreError } from '../errors.ts'

const xsd = 'http://www.w3.org/2001/XMLSchema#'
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

/** A triple as one N-Triples line, its literals as they are. */
export function tripleLine({ subject, predicate, object }: Quad): string {
  return `${write(subject, asIs)} ${write(predicate, asIs)} ${write(object, asIs)} .`
}

/**
 * A triple as one line that is the same whatever a server did to the spelling of its literals: numbers and booleans by
 * value, doubles and dateTimes cut to what the server keeps, language tags in lower case.
 */
export function canonicalTriple({ subject, predicate, object }: Quad, precision: Precision): string {
  const spell: Spell = (lexical, type) => {
    const canonical = canonicalLexical(lexical, type, precision)
    // A whole xsd:decimal is that integer (XML Schema 1.1 part 2, 3.4.13), and Virtuoso makes one of large integers.
    const isWhole = type === `${xsd}decimal` && /^-?\d+$/.test(canonical)
    return [canonical, isWhole ? `${xsd}integer` : type]
  }
  return `${write(subject, spell)} ${write(predicate, spell)} ${write(object, spell)} .`
}

type Spell = (lexical: string, type: string) => [lexical: string, type: string]

const asIs: Spell = (lexical, type) => [lexical, type]

function write(term: Term, spell: Spell): string {
  switch (term.termType) {
    case 'NamedNode':
      return `<${escapeIri(term.value)}>`
    case 'Literal': {
      if (term.language !== '') return `${stringLiteral(term.value)}@${term.language.toLowerCase()}`
      if (term.datatype.value === `${xsd}string`) return stringLiteral(term.value)
      const [lexical, type] = spell(term.value, term.datatype.value)
      return `${stringLiteral(lexical)}^^<${escapeIri(type)}>`
    }
    default:
      throw new StoreError(`A ${term.termType} (‹${term.value}›) stands in a graph of a run`, {
        advice: 'Records have no blank nodes; give it an IRI, so that it has one name on every server.',
      })
  }
}

/** N-Triples, IRIREF: what may not stand between the brackets. */
function escapeIri(iri: string): string {
  return iri.replace(
    /[\u0000-\u0020<>"{}|^`\\]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  )
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
  const special: Record<string, number> = {
    INF: Infinity,
    '+INF': Infinity,
    '-INF': -Infinity,
    NaN: Number.NaN,
  }
  const value = special[lexical] ?? (lexical.trim() === '' ? Number.NaN : Number(lexical))
  return Number.isNaN(value) && lexical !== 'NaN'
    ? lexical
    : canonicalDouble(digits < 17 ? Number(value.toPrecision(digits)) : value)
}

function canonicalDateTime(lexical: string, digits: number): string {
  const parts = /^(-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/.exec(lexical)
  if (parts === null) return lexical
  const [, second = '', fraction = '', zone = ''] = parts
  const kept = fraction.slice(0, digits).replace(/0+$/, '')
  return `${second}${kept === '' ? '' : `.${kept}`}${/^[+-]00:00$/.test(zone) ? 'Z' : zone}`
}
