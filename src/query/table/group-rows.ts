import type { Term } from '@rdfjs/types'
import type { Operation } from '../large/slice-plan.ts'
import { compareTerms } from '../order-rows.ts'
import { decimal, integer, numberIn, Sum, unit } from './decimal-sum.ts'
import { NotHere, valueOf, type Surroundings, type Value } from './expression.ts'
import type { NumberedTerms } from './numbered-graphs.ts'

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

function makerOf({ aggregator, distinct }: Operation, table: NumberedTerms): () => Aggregate {
  if (aggregator === 'count') return () => countOf(table, distinct === true)
  if (distinct === true) throw new NotHere(`${String(aggregator)} of what is distinct`)
  if (aggregator === 'sum') return () => sumOf(table)
  if (aggregator === 'avg') return () => meanOf(table)
  if (aggregator === 'max') return () => greatestOf(table)
  throw new NotHere(`the aggregate ${String(aggregator)}`)
}

function countOf(table: NumberedTerms, distinct: boolean): Aggregate {
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

function sumOf(table: NumberedTerms): Aggregate {
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
function meanOf(table: NumberedTerms): Aggregate {
  const sum = new Sum(table)
  return {
    take: (value) => sum.take(value),
    result() {
      if (sum.isError) return 0
      return sum.count === 0 ? integer(table, 0n) : decimal(table, sum.scaled / BigInt(sum.count))
    },
  }
}

function greatestOf(table: NumberedTerms): Aggregate {
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
