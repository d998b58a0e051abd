import { canonicalDouble } from '../../canonical-double.ts'
import { RDF, XSD } from '../../rdf/vocabulary.ts'
import type { ForeignTerm } from '../copy-quad.ts'

/*
 * JSON.parse rounds integers beyond 2^53, and jsonld.js spells every xsd:double anew, with 16 digits and infinities as
 * NaN. So that a document keeps its numbers, these pass through both in disguise: integers as IRIs, doubles as literals
 * of a datatype of ours.
 */

const INTEGER = 'urn:vampira:exact-integer:'
const DOUBLE = 'urn:vampira:exact-double'

const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g

const DISGUISED_INTEGER = new RegExp(`"${INTEGER}(-?\\d+)"`, 'g')

/** JSON text in which the integers that JavaScript has no number for are strings. */
export function disguiseIntegers(json: string): string {
  if (!/\d{16}/.test(json)) return json
  return json.replace(STRING_OR_NUMBER, (token) => (isRounded(token) ? `"${INTEGER}${token}"` : token))
}

function isRounded(token: string): boolean {
  return /^-?\d{16,}$/.test(token) && BigInt(token) !== BigInt(Number(token))
}

/** An expanded document in which disguised integers are values again, and doubles are disguised. */
export function disguiseDoubles(expanded: unknown): unknown {
  if (Array.isArray(expanded)) return expanded.map(disguiseDoubles)
  if (typeof expanded !== 'object' || expanded === null) return expanded
  const node = expanded as Record<string, unknown>
  const { '@type': type, '@value': value, '@id': id } = node
  if (type === '@json') return node
  // An IRI is made of the disguise where the context wants IRIs of strings; of numbers it makes none.
  const integer = value ?? (Object.keys(node).length === 1 ? id : undefined)
  if (typeof integer === 'string' && integer.startsWith(INTEGER)) {
    return { '@value': integer.slice(INTEGER.length), '@type': type ?? XSD.integer }
  }
  if (type === XSD.double && typeof value === 'string') return { '@value': value, '@type': DOUBLE }
  if (typeof value === 'number' && (type === XSD.double || (type === undefined && isDouble(value)))) {
    return { '@value': canonicalDouble(value), '@type': DOUBLE }
  }
  return Object.fromEntries(Object.entries(node).map(([key, each]) => [key, disguiseDoubles(each)]))
}

/** https://www.w3.org/TR/json-ld11-api/#object-to-rdf-conversion: step 10. */
function isDouble(value: number): boolean {
  return !Number.isInteger(value) || Math.abs(value) >= 1e21
}

/** A term as the document had it. */
export function undisguise(term: ForeignTerm): ForeignTerm {
  const type = term.datatype?.value
  if (type === DOUBLE) return { ...term, datatype: { value: XSD.double } }
  if (type === RDF.JSON) return { ...term, value: term.value.replace(DISGUISED_INTEGER, '$1') }
  return term
}
