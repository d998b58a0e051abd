import { canonicalDouble } from '../canonical-double.ts'
import { canonicalJson, type Json } from '../canonical-json.ts'

/*
 * Literals as Turtle tokens, in XSD-canonical form, so that all parsers and stores have the same text for the same value.
 * Strings are escaped as in canonical N-Quads (RDFC-1.0, section 5), which is also valid Turtle.
 */

const NEEDS_ESCAPE = /["\\\u0000-\u001f\u007f\ud800-\udfff]/
const ESCAPED = /["\\\u0000-\u001f\u007f]/g
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
}

/** A quoted string. Half a surrogate pair, which UTF-8 cannot carry, becomes U+FFFD. */
export function stringLiteral(text: string): string {
  return NEEDS_ESCAPE.test(text) ? `"${escape(text)}"` : `"${text}"`
}

function escape(text: string): string {
  return text
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(
      ESCAPED,
      (char) => SHORT_ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
    )
}

export function booleanLiteral(value: boolean): string {
  return value ? 'true' : 'false'
}

/** xsd:integer of a whole number, such as a count or a size. */
export function integerLiteral(value: number | bigint): string {
  return typeof value === 'bigint' ? value.toString() : BigInt(Math.round(value)).toString()
}

/** xsd:double, as `2.5E0`. */
export function doubleLiteral(value: number): string {
  return `"${canonicalDouble(value)}"^^xsd:double`
}

const NANOSECONDS = 1_000_000_000

/** xsd:decimal seconds of a duration in nanoseconds, without trailing zeros. */
export function secondsLiteral(nanoseconds: bigint): string {
  if (nanoseconds < 0n) return `-${secondsLiteral(-nanoseconds)}`
  const exact = Number(nanoseconds)
  if (!Number.isSafeInteger(exact)) {
    return decimal((nanoseconds / 1_000_000_000n).toString(), Number(nanoseconds % 1_000_000_000n))
  }
  const whole = Math.floor(exact / NANOSECONDS)
  return decimal(String(whole), exact - whole * NANOSECONDS)
}

/** The canonical form of a whole decimal has no point (XSD 1.1). Without quotes, Turtle would read it as an integer. */
function decimal(whole: string, nanoseconds: number): string {
  return nanoseconds === 0 ? `"${whole}"^^xsd:decimal` : `${whole}.${fraction(nanoseconds)}`
}

function fraction(nanoseconds: number): string {
  let digits = String(nanoseconds + NANOSECONDS)
  let end = digits.length
  while (digits.charCodeAt(end - 1) === 48) end--
  digits = digits.slice(1, end)
  return digits
}

let lastSecond = Number.NaN
let lastSecondText = ''

/** The lexical form of an xsd:dateTime in UTC of nanoseconds since 1970, without trailing zeros. */
export function dateTime(nanoseconds: bigint): string {
  let second = Number(nanoseconds / 1_000_000_000n)
  let rest = Number(nanoseconds % 1_000_000_000n)
  if (rest < 0) {
    second -= 1
    rest += NANOSECONDS
  }
  // Thousands of calls begin in the same second, and Date is the slow part.
  if (second !== lastSecond) {
    lastSecondText = new Date(second * 1000).toISOString().slice(0, -5)
    lastSecond = second
  }
  return rest === 0 ? `${lastSecondText}Z` : `${lastSecondText}.${fraction(rest)}Z`
}

export function dateTimeLiteral(nanoseconds: bigint): string {
  return `"${dateTime(nanoseconds)}"^^xsd:dateTime`
}

/** rdf:JSON, spelt as RFC 8785 (canonical JSON) says. */
export function jsonLiteral(value: Json): string {
  return `${stringLiteral(canonicalJson(value))}^^rdf:JSON`
}
