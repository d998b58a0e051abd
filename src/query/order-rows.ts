import type { Literal, Term } from '@rdfjs/types'
import { compareTimes } from '../compare-times.ts'
import { NAMESPACES, XSD } from '../rdf/vocabulary.ts'
import type { Row } from '../sparql/answer.ts'
import type { Operation } from './large/slice-plan.ts'

/** A variable by which rows are ordered. */
export interface OrderKey {
  name: string
  isDescending: boolean
}

/** The keys of an ORDER BY; undefined where one is more than a variable. */
export function orderKeys(expressions: readonly Operation[]): OrderKey[] | undefined {
  const keys: OrderKey[] = []
  for (const each of expressions) {
    const isDescending = each.subType === 'operator' && each['operator'] === 'desc'
    const inner = isDescending ? (each['args'] as Operation[])[0]! : each
    const term = inner['term'] as Term | undefined
    if (inner.subType !== 'term' || term?.termType !== 'Variable') return undefined
    keys.push({ name: term.value, isDescending })
  }
  return keys
}

/** The rows in the order of these keys: https://www.w3.org/TR/sparql11-query/#modOrderBy */
export function orderRows(rows: readonly Row[], keys: readonly OrderKey[]): Row[] {
  return rows.toSorted((one, other) => {
    for (const { name, isDescending } of keys) {
      const order = compareTerms(one[name], other[name])
      if (order !== 0) return isDescending ? -order : order
    }
    return 0
  })
}

/**
 * Nothing, blank nodes, IRIs, literals. What SPARQL leaves open is as in Oxigraph: literals that have no order among
 * themselves stand by their text.
 */
export function compareTerms(one: Term | undefined, other: Term | undefined): number {
  if (one === other) return 0
  const ranks = rankOf(one) - rankOf(other)
  if (ranks !== 0 || one === undefined || other === undefined) return ranks
  if (one.termType !== 'Literal' || other.termType !== 'Literal') return compareText(one.value, other.value)
  return (
    compareValues(one, other) ??
    (compareText(one.value, other.value) ||
      compareText(one.datatype.value, other.datatype.value) ||
      compareText(one.language, other.language))
  )
}

function rankOf(term: Term | undefined): number {
  switch (term?.termType) {
    case undefined:
      return 0
    case 'BlankNode':
      return 1
    case 'NamedNode':
      return 2
    case 'Literal':
      return 4
    default:
      return 3
  }
}

/** Undefined for values that have no order, and for texts that are no values of their type. */
function compareValues(one: Literal, other: Literal): number | undefined {
  const [type, otherType] = [one.datatype.value, other.datatype.value]
  if (numeric.has(type) && numeric.has(otherType)) return compareNumbers(one.value, other.value)
  if (type !== otherType) return undefined
  if (type === XSD.dateTime) return compareTimes(one.value, other.value)
  if (type === XSD.boolean) return Number(isTrue(one)) - Number(isTrue(other))
  return undefined
}

const numeric: ReadonlySet<string> = new Set([
  XSD.integer,
  XSD.decimal,
  XSD.double,
  ...['float', 'long', 'int', 'short', 'byte', 'nonNegativeInteger', 'positiveInteger'].map(
    (name) => `${NAMESPACES.xsd}${name}`,
  ),
])

function compareNumbers(one: string, other: string): number | undefined {
  const [a, b] = [numberIn(one), numberIn(other)]
  if (Number.isNaN(a) || Number.isNaN(b)) return undefined
  return a < b ? -1 : a > b ? 1 : 0
}

function numberIn(text: string): number {
  return Number(text.replace('INF', 'Infinity'))
}

function isTrue({ value }: Literal): boolean {
  return value === 'true' || value === '1'
}

/** By code points; JavaScript compares by code units, which puts those above U+FFFF before some below. */
function compareText(one: string, other: string): number {
  if (one === other) return 0
  const length = Math.min(one.length, other.length)
  for (let at = 0; at < length; at++) {
    const [a, b] = [one.charCodeAt(at), other.charCodeAt(at)]
    if (a !== b) return placeOf(a) - placeOf(b)
  }
  return one.length - other.length
}

function placeOf(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit
}
