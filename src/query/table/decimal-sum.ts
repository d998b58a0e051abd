import factory from '@rdfjs/data-model'
import { XSD } from '../../rdf/vocabulary.ts'
import { iriOf, NotHere } from './expression.ts'
import type { NumberedTerms } from './numbered-graphs.ts'

/** Digits behind the point that an xsd:decimal of Oxigraph has. */
const digits = 18

/** Units of the last digit in 1. */
export const unit = 10n ** BigInt(digits)
/** Up to here, the sum of two safe whole numbers is safe. */
const mostSmall = Number.MAX_SAFE_INTEGER / 2

/** Adds up numbers that a table has, as decimals of SPARQL. */
export class Sum {
  isWhole = true
  isError = false
  count = 0
  readonly #table: NumberedTerms
  #scaled = 0n
  /** Of small whole numbers, which are most. */
  #small = 0

  constructor(table: NumberedTerms) {
    this.#table = table
  }

  /** In units of the last digit. */
  get scaled(): bigint {
    return this.#scaled + BigInt(this.#small) * unit
  }

  take(value: number): void {
    this.isError ||= value === 0
    if (this.isError) return
    this.count++
    const { scaled, type, small } = numberIn(this.#table, value)
    this.isWhole &&= type === XSD.integer
    if (small === undefined || Math.abs(this.#small + small) > mostSmall) this.#scaled += scaled
    else this.#small += small
  }
}

interface DecimalNumber {
  /** In units of its last digit. */
  scaled: bigint
  type: string
  /** Its value, if it is whole and no more than half of what is safe. */
  small: number | undefined
}

const numbersOf = new WeakMap<NumberedTerms, Map<number, DecimalNumber>>()

/** An xsd:integer or xsd:decimal. Thousands of rows have few values. */
export function numberIn(table: NumberedTerms, number: number): DecimalNumber {
  let known = numbersOf.get(table)
  if (known === undefined) numbersOf.set(table, (known = new Map()))
  let found = known.get(number)
  if (found === undefined) known.set(number, (found = readNumber(table, number)))
  return found
}

function readNumber(table: NumberedTerms, number: number): DecimalNumber {
  const term = number === 0 ? undefined : table.term(number)
  const type = term?.termType === 'Literal' ? term.datatype.value : ''
  const [whole, sign = '', before = '', behind = ''] =
    /^(-?)(\d+)(?:\.(\d{1,18}))?$/.exec(term?.value ?? '') ?? []
  if (whole === undefined || (type !== XSD.integer && type !== XSD.decimal))
    throw new NotHere('a sum or an order of what is no decimal number')
  const value = Number(whole)
  return {
    scaled: BigInt(`${sign}${before}${behind.padEnd(digits, '0')}`),
    type,
    small: Number.isInteger(value) && Math.abs(value) <= mostSmall && /^0*$/.test(behind) ? value : undefined,
  }
}

export function decimal(table: NumberedTerms, scaled: bigint): number {
  const text = (scaled < 0n ? -scaled : scaled).toString().padStart(digits + 1, '0')
  const lexical = `${scaled < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
  return table.number(factory.literal(lexical, iriOf(XSD.decimal)))
}

export function integer(table: NumberedTerms, value: bigint): number {
  return table.number(factory.literal(value.toString(), iriOf(XSD.integer)))
}
