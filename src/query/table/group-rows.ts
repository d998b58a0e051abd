import factory from '@rdfjs/data-model'
import type { Term } from '@rdfjs/types'
import { XSD } from '../../rdf/vocabulary.ts'
import type { Operation } from '../large/slice-plan.ts'
import { compareTerms } from '../order-rows.ts'
import { iriOf, NotHere, valueOf, type Surroundings, type Value } from './expression.ts'
import type { GraphTable } from './graph-table.ts'

/**
 * Takes the values of the rows of one group, one after the other; gives the number of what is made of them. Of nothing, a
 * sum or an order is an error; it is not counted.
 */
interface Aggregate {
  take(value: number): void
  result(): number
}

/**
 * One row for each group of rows: https://www.w3.org/TR/sparql11-query/#aggregateAlgebra
 *
 * @throws NotHere for aggregates, and values, that are left to Oxigraph
 */
export function groupRows(
  rows: readonly (readonly number[])[],
  operation: Operation,
  around: Surroundings,
): number[][] {
  const keys = (operation['variables'] as Term[]).map(({ value }) => around.slot(value))
  if (keys.length === 0) throw new NotHere('a group of all rows')
  const aggregates = (operation['aggregates'] as Operation[]).map((each) => ({
    slot: around.slot((each['variable'] as unknown as Term).value),
    value: valueOf(each['expression'] as Operation, around),
    begin: makerOf(each, around.table),
  }))
  const groups = new Map<string, { key: readonly number[]; parts: Aggregate[] }>()
  for (const row of rows) {
    const key = keys.map((slot) => row[slot] ?? 0)
    const name = key.join(' ')
    let group = groups.get(name)
    if (group === undefined)
      groups.set(name, (group = { key, parts: aggregates.map(({ begin }) => begin()) }))
    for (const [at, { value }] of aggregates.entries()) group.parts[at]!.take((value as Value)(row))
  }
  return [...groups.values()].map(({ key, parts }) => {
    const row: number[] = []
    for (const [at, slot] of keys.entries()) row[slot] = key[at]!
    for (const [at, { slot }] of aggregates.entries()) row[slot] = parts[at]!.result()
    return row
  })
}

function makerOf({ aggregator, distinct }: Operation, table: GraphTable): () => Aggregate {
  if (aggregator === 'count') return () => countOf(table, distinct === true)
  if (distinct === true) throw new NotHere(`${String(aggregator)} of what is distinct`)
  if (aggregator === 'sum') return () => sumOf(table)
  if (aggregator === 'avg') return () => meanOf(table)
  if (aggregator === 'max') return () => greatestOf(table)
  throw new NotHere(`the aggregate ${String(aggregator)}`)
}

function countOf(table: GraphTable, distinct: boolean): Aggregate {
  const seen = new Set<number>()
  let count = 0
  return {
    take(value) {
      if (value === 0) return
      if (distinct) seen.add(value)
      else count++
    },
    result: () => integer(table, BigInt(distinct ? seen.size : count)),
  }
}

/** Digits behind the point that an xsd:decimal of Oxigraph has. */
const digits = 18

function sumOf(table: GraphTable): Aggregate {
  const sum = new Sum(table)
  return {
    take: (value) => sum.take(value),
    result() {
      if (sum.isError) return 0
      return sum.isWhole ? integer(table, sum.scaled / unit) : decimal(table, sum.scaled)
    },
  }
}

/** Of whole numbers a decimal too, cut off behind its last digit. */
function meanOf(table: GraphTable): Aggregate {
  const sum = new Sum(table)
  return {
    take: (value) => sum.take(value),
    result() {
      if (sum.isError) return 0
      return sum.count === 0 ? integer(table, 0n) : decimal(table, sum.scaled / BigInt(sum.count))
    },
  }
}

const unit = 10n ** BigInt(digits)
/** Up to here, the sum of two safe whole numbers is safe. */
const mostSmall = Number.MAX_SAFE_INTEGER / 2

class Sum {
  isWhole = true
  isError = false
  count = 0
  readonly #table: GraphTable
  #scaled = 0n
  /** Of small whole numbers, which are most. */
  #small = 0

  constructor(table: GraphTable) {
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

function greatestOf(table: GraphTable): Aggregate {
  let greatest = 0
  let isError = false
  return {
    take(value) {
      isError ||= value === 0
      if (isError || value === greatest) return
      numberIn(table, value)
      if (greatest === 0 || compareTerms(table.term(value), table.term(greatest)) > 0) greatest = value
    },
    result: () => (isError ? 0 : greatest),
  }
}

interface DecimalNumber {
  /** In units of its last digit. */
  scaled: bigint
  type: string
  /** Its value, if it is whole and no more than half of what is safe. */
  small: number | undefined
}

const numbersOf = new WeakMap<GraphTable, Map<number, DecimalNumber>>()

/** An xsd:integer or xsd:decimal. Thousands of rows have few values. */
function numberIn(table: GraphTable, number: number): DecimalNumber {
  let known = numbersOf.get(table)
  if (known === undefined) numbersOf.set(table, (known = new Map()))
  let found = known.get(number)
  if (found === undefined) known.set(number, (found = readNumber(table, number)))
  return found
}

function readNumber(table: GraphTable, number: number): DecimalNumber {
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

function decimal(table: GraphTable, scaled: bigint): number {
  const text = (scaled < 0n ? -scaled : scaled).toString().padStart(digits + 1, '0')
  const lexical = `${scaled < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
  return table.number(factory.literal(lexical, iriOf(XSD.decimal)))
}

function integer(table: GraphTable, value: bigint): number {
  return table.number(factory.literal(value.toString(), iriOf(XSD.integer)))
}
