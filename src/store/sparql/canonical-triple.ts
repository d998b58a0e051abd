import type { Quad, Term } from '@rdfjs/types'
import { canonicalDouble, stringLiteral } from '../../prov/literals.ts'
import { StoreError } from '../../errors.ts'

const xsd = 'http://www.w3.org/2001/XMLSchema#'
const integers = new Set(
  ['integer', 'long', 'int', 'short', 'byte', 'nonNegativeInteger', 'positiveInteger', 'nonPositiveInteger']
    .concat(['negativeInteger', 'unsignedLong', 'unsignedInt', 'unsignedShort', 'unsignedByte'])
    .map((name) => xsd + name),
)

/** A triple as one N-Triples line, its literals as they are. */
export function tripleLine({ subject, predicate, object }: Quad): string {
  return `${write(subject, asIs)} ${write(predicate, asIs)} ${write(object, asIs)} .`
}

/**
 * A triple as one line that is the same whatever a server did to the spelling of its literals: numbers and booleans by
 * value, dateTimes cut to what the server keeps, language tags in lower case.
 * @param dateTimeDigits digits of a second's fraction that the server keeps
 */
export function canonicalTriple({ subject, predicate, object }: Quad, dateTimeDigits: number): string {
  const spell = (lexical: string, type: string): string => canonicalLexical(lexical, type, dateTimeDigits)
  return `${write(subject, spell)} ${write(predicate, spell)} ${write(object, spell)} .`
}

type Spell = (lexical: string, type: string) => string

const asIs: Spell = (lexical) => lexical

function write(term: Term, spell: Spell): string {
  switch (term.termType) {
    case 'NamedNode':
      return `<${escapeIri(term.value)}>`
    case 'Literal': {
      if (term.language !== '') return `${stringLiteral(term.value)}@${term.language.toLowerCase()}`
      const type = term.datatype.value
      if (type === `${xsd}string`) return stringLiteral(term.value)
      return `${stringLiteral(spell(term.value, type))}^^<${escapeIri(type)}>`
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
export function canonicalLexical(lexical: string, type: string, dateTimeDigits: number): string {
  if (!type.startsWith(xsd)) return lexical
  if (integers.has(type))
    return /^[+-]?\d+$/.test(lexical) ? BigInt(lexical.replace('+', '')).toString() : lexical
  switch (type.slice(xsd.length)) {
    case 'decimal':
      return canonicalDecimal(lexical)
    case 'double':
    case 'float':
      return canonicalNumber(lexical)
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

function canonicalNumber(lexical: string): string {
  const special: Record<string, number> = {
    INF: Infinity,
    '+INF': Infinity,
    '-INF': -Infinity,
    NaN: Number.NaN,
  }
  const value = special[lexical] ?? (lexical.trim() === '' ? Number.NaN : Number(lexical))
  return Number.isNaN(value) && lexical !== 'NaN' ? lexical : canonicalDouble(value)
}

function canonicalDateTime(lexical: string, digits: number): string {
  const parts = /^(-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/.exec(lexical)
  if (parts === null) return lexical
  const [, second = '', fraction = '', zone = ''] = parts
  const kept = fraction.slice(0, digits).replace(/0+$/, '')
  return `${second}${kept === '' ? '' : `.${kept}`}${/^[+-]00:00$/.test(zone) ? 'Z' : zone}`
}
