import type { Literal, Term } from '@rdfjs/types'
import type { Store } from 'n3'
import type { TripleTable } from '../../rdf/triple-table.ts'
import { NAMESPACES, RDF, XSD } from '../../rdf/vocabulary.ts'
import { readList } from './path.ts'

/** Whether a term, by its number, is what a constraint asks of it alone. */
export type ValueTest = (value: number) => boolean

/** The tests of the values of `sh:class`, `sh:in` …; undefined where one is not understood. */
export type TestReader = (
  shapes: Store,
  values: readonly Term[],
  table: TripleTable,
) => ValueTest[] | undefined

/** Constraints on one value, by the local name of the term that says them. */
export const valueTests: Readonly<Record<string, { component: string; read: TestReader }>> = {
  class: { component: 'ClassConstraintComponent', read: readClasses },
  datatype: { component: 'DatatypeConstraintComponent', read: one(readDatatype) },
  in: { component: 'InConstraintComponent', read: one(readIn) },
  minInclusive: { component: 'MinInclusiveConstraintComponent', read: one(readMinInclusive) },
  pattern: { component: 'PatternConstraintComponent', read: one(readPattern) },
}

/** A constraint that a shape has once. */
function one(read: (shapes: Store, value: Term, table: TripleTable) => ValueTest | undefined): TestReader {
  return (shapes, [value, ...others], table) => {
    const test = value === undefined || others.length > 0 ? undefined : read(shapes, value, table)
    return test === undefined ? undefined : [test]
  }
}

function readClasses(shapes: Store, classes: readonly Term[], table: TripleTable): ValueTest[] {
  const type = table.terms.numberOfIri(RDF.type) ?? -1
  return classes.map((each) => {
    const numbers = withSubclasses(shapes, each).map((term) => table.terms.numberOf(term) ?? -1)
    return (value) => numbers.some((number) => table.outgoing.find(value, type, number) >= 0)
  })
}

/** A class and those that the shapes, not the data, say to be below it. */
export function withSubclasses(shapes: Store, top: Term): Term[] {
  const found = [top]
  for (const each of found)
    for (const below of shapes.getSubjects(`${NAMESPACES.rdfs}subClassOf`, each, null))
      if (!found.some((term) => term.equals(below))) found.push(below)
  return found
}

/** How the types of our shapes are spelt (https://www.w3.org/TR/xmlschema11-2/). */
const spellings: Readonly<Record<string, RegExp>> = {
  [XSD.integer]: /^[-+]?[0-9]+$/,
  [XSD.boolean]: /^(?:1|true|0|false)$/,
  [`${NAMESPACES.xsd}dateTime`]:
    /^-?(?:[1-9][0-9]{3,}|0[0-9]{3})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)(?:Z|[-+](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?$/,
  [RDF.JSON]: /^/,
}

function readDatatype(_: Store, datatype: Term, { terms }: TripleTable): ValueTest | undefined {
  const spelling = spellings[datatype.value]
  if (spelling === undefined) return undefined
  return (value) => terms.datatypeOf(value) === datatype.value && spelling.test(terms.valueOf(value))
}

function readIn(shapes: Store, list: Term, { terms }: TripleTable): ValueTest | undefined {
  const members = readList(shapes, list)
  if (members === undefined) return undefined
  const numbers = new Set(members.map((term) => terms.numberOf(term)))
  return (value) => numbers.has(value)
}

const wholeNumbers = `integer long int byte short negativeInteger nonNegativeInteger nonPositiveInteger positiveInteger
  unsignedByte unsignedInt unsignedLong unsignedShort`
const readers = new Map<string, (text: string) => number>([
  ...wholeNumbers.split(/\s+/).map((name) => [name, (text: string) => Number.parseInt(text, 10)] as const),
  ...['double', 'decimal', 'float'].map((name) => [name, Number.parseFloat] as const),
])

function readMinInclusive(_: Store, least: Term, { terms }: TripleTable): ValueTest | undefined {
  const limit = readNumber((least as Literal).datatype?.value, least.value)
  if (limit === undefined) return undefined
  return (value) => {
    const number = readNumber(terms.datatypeOf(value), terms.valueOf(value))
    return number !== undefined && number >= limit
  }
}

function readNumber(datatype: string | undefined, text: string): number | undefined {
  if (datatype?.startsWith(NAMESPACES.xsd) !== true) return undefined
  return readers.get(datatype.slice(NAMESPACES.xsd.length))?.(text)
}

function readPattern(_: Store, pattern: Term, { terms }: TripleTable): ValueTest | undefined {
  const expression = new RegExp(pattern.value)
  return (value) => expression.test(terms.valueOf(value))
}
