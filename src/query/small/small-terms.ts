import { doubleAsWritten } from '../../canonical-double.ts'
import { stringLiteral } from '../../rdf/literals.ts'
import { NAMESPACES, XSD } from '../../rdf/vocabulary.ts'
import { NotSmall } from './small-query.ts'

/*
 * Terms as canonical N-Quads writes them. What SPARQL does with values that these do not show plainly is left to a whole
 * engine.
 */

const integerEnd = `"^^<${XSD.integer}>`
const dateTimeEnd = `"^^<${NAMESPACES.xsd}dateTime>`
const decimalEnd = `"^^<${XSD.decimal}>`
const doubleEnd = `"^^<${XSD.double}>`
const numberEnds = [integerEnd, decimalEnd, doubleEnd]

export function integer(value: number): string {
  if (!Number.isSafeInteger(value)) throw new NotSmall()
  return `"${value}${integerEnd}`
}

/** The value of an xsd:integer; undefined for any other term. */
export function integerOf(term: string): number | undefined {
  if (!term.endsWith(integerEnd)) return undefined
  const value = Number(term.slice(1, -integerEnd.length))
  if (!Number.isSafeInteger(value)) throw new NotSmall()
  return value
}

/** The text of a literal without a datatype; undefined for any other term. */
export function stringOf(term: string): string | undefined {
  return term.startsWith('"') && term.endsWith('"') ? unescape(term) : undefined
}

/** STR: the IRI, or the lexical form; of a number, which Oxigraph keeps by its value, that as it is written plainly. */
export function textOf(term: string): string {
  if (term.startsWith('<')) return term.slice(1, -1)
  const lexical = unescape(term.slice(0, term.lastIndexOf('"') + 1))
  if (term.endsWith(dateTimeEnd)) throw new NotSmall()
  if (term.endsWith(doubleEnd)) return withoutExponent(doubleAsWritten(lexical))
  if (term.endsWith(decimalEnd) && !/^(?:-?[1-9]\d*|0|-?\d+\.\d{0,16}[1-9])$/.test(lexical))
    throw new NotSmall()
  return lexical
}

/** `0.00000001` for `1e-8`. What is no number, and -0, is left to others. */
function withoutExponent(text: string): string {
  if (/^(?:0|-?[1-9]\d*|-?\d+\.\d*[1-9])$/.test(text)) return text
  const [, sign = '', first = '', rest = '', exponent = ''] =
    /^(-?)([1-9])(?:\.(\d+))?e(-?\d+)$/.exec(text) ?? []
  if (first === '') throw new NotSmall()
  const power = Number(exponent)
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${first}${rest}`
  return sign + (first + rest).padEnd(power + 1, '0')
}

/** A term as answers have it: a double as people write it. */
export function answered(term: string): string {
  if (!term.endsWith(doubleEnd)) return term
  return `"${doubleAsWritten(term.slice(1, -doubleEnd.length))}${doubleEnd}`
}

/** The escapes of canonical N-Quads are those of JSON. */
function unescape(quoted: string): string {
  return quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1)
}

export function string(text: string): string {
  return stringLiteral(text)
}

/** As ORDER BY sorts: what is unbound, IRIs, literals. */
export function compareTerms(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1
  const [isIri, isOtherIri] = [a.startsWith('<'), b.startsWith('<')]
  if (isIri || isOtherIri) {
    if (isIri && isOtherIri) return compareTexts(a.slice(1, -1), b.slice(1, -1))
    return isIri ? -1 : 1
  }
  const [number, other] = [numberOf(a), numberOf(b)]
  if (number !== undefined && other !== undefined) {
    // Two spellings of one value, or what is no number, have an order that is not known here.
    if (number === other || Number.isNaN(number - other)) throw new NotSmall()
    return number - other
  }
  const [end, otherEnd] = [a, b].map((term) => term.slice(term.lastIndexOf('"')))
  if (end !== otherEnd) throw new NotSmall()
  const [text, otherText] = [a, b].map((term) => unescape(term.slice(0, term.lastIndexOf('"') + 1)))
  // Without the Z, so that a second stands before its fractions.
  if (end === dateTimeEnd) return compareTexts(secondsOf(text!), secondsOf(otherText!))
  return compareTexts(text!, otherText!)
}

function secondsOf(dateTime: string): string {
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(dateTime)) throw new NotSmall()
  return dateTime.slice(0, -1)
}

function numberOf(term: string): number | undefined {
  const end = numberEnds.find((each) => term.endsWith(each))
  return end === undefined ? undefined : Number(term.slice(1, -end.length))
}

/** By code point; JavaScript compares UTF-16, which differs only where there are surrogates. */
export function compareTexts(a: string, b: string): number {
  if (/[\ud800-\udfff]/.test(a + b)) return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return a < b ? -1 : a > b ? 1 : 0
}
