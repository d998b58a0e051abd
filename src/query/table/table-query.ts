import type { Term } from '@rdfjs/types'
import type { Answer, Row } from '../../sparql/answer.ts'
import { takeLists, toAlgebra } from '../large/query-plan.ts'
import type { Operation } from '../large/slice-plan.ts'
import { compareTerms, orderKeys } from '../order-rows.ts'
import { conditionOf, NotHere, valueOf } from './expression.ts'
import type { Context } from './group-parts.ts'
import { groupRows } from './group-rows.ts'
import { joined } from './join-rows.ts'
import type { NumberedGraphs } from './numbered-graphs.ts'
import { matchOf } from './pattern.ts'

/** A query whose patterns all stand in GRAPH blocks, so that each graph can be asked by itself; blocks are joined. */
export interface TableQuery {
  algebra: Operation
  /** The lists of terms that stand in it as marks. */
  lists: readonly (readonly Term[])[]
}

const parsed = new Map<string, Operation>()
const mostParsed = 200

/** @returns undefined for a query that a table cannot answer */
export async function readTableQuery(sparql: string): Promise<TableQuery | undefined> {
  if (!/^\s*SELECT\b/im.test(sparql) || !/\bGRAPH\b/i.test(sparql)) return undefined
  const { text, given } = takeLists(sparql)
  let algebra = parsed.get(text)
  if (algebra === undefined) {
    try {
      algebra = await toAlgebra(text)
    } catch {
      // Oxigraph says what is wrong with it.
      return undefined
    }
    if (parsed.size === mostParsed) parsed.clear()
    parsed.set(text, algebra)
  }
  return { algebra, lists: given }
}

/**
 * Answers from the graphs of some runs.
 *
 * @throws NotHere for what is left to Oxigraph
 */
export function answerFrom(
  table: NumberedGraphs,
  { algebra, lists }: TableQuery,
  isMeant: (run: string) => boolean,
): Answer {
  const slots = new Map<string, number>()
  let marks = 0
  const context: Context = {
    table,
    lists,
    onList: () => void marks++,
    emptyRow: () => Array.from(slots, () => 0),
    slot(variable) {
      let slot = slots.get(variable)
      if (slot === undefined) slots.set(variable, (slot = slots.size))
      return slot
    },
  }
  const rows = rowsOf(algebra, context, isMeant)
  if (marks !== lists.length) throw new NotHere('a list that is none')
  const columns = selectedBy(algebra).map((name) => [name, context.slot(name)] as const)
  return {
    type: 'bindings',
    variables: columns.map(([name]) => name),
    rows: rows.map(rowMaker(table, columns)),
  }
}

/** Columns that a bit each can stand for. */
const mostBits = 31

/**
 * Makes rows as copies of the first one that has the same columns: to make objects of fifteen properties one property
 * after another takes half as long again.
 */
function rowMaker(
  table: NumberedGraphs,
  columns: readonly (readonly [name: string, slot: number])[],
): (row: readonly number[]) => Row {
  const firsts = new Map<number, Row>()
  const bits = columns.map((_, at) => (at < mostBits ? 1 << at : 0))
  return (row) => {
    let bound = 0
    for (let at = 0; at < columns.length; at++) if ((row[columns[at]![1]] ?? 0) !== 0) bound |= bits[at]!
    const first = columns.length <= mostBits ? firsts.get(bound) : undefined
    const made: Record<string, Term> = { ...first }
    for (const [name, slot] of columns) {
      const number = row[slot]
      if (number !== undefined && number !== 0) made[name] = table.term(number)
    }
    if (first === undefined) firsts.set(bound, made as Row)
    return made as Row
  }
}

function rowsOf(operation: Operation, context: Context, isMeant: (run: string) => boolean): number[][] {
  const input = operation['input'] as Operation
  const from = () => rowsOf(input, context, isMeant)
  switch (operation.type) {
    case 'graph':
      return matched(operation, context, isMeant)
    case 'extend': {
      const rows = from()
      const slot = context.slot((operation['variable'] as Term).value)
      const value = valueOf(operation['expression'] as Operation, context)
      for (const row of rows) row[slot] = value(row)
      return rows
    }
    case 'filter':
      return from().filter(conditionOf(operation['expression'] as Operation, context))
    case 'group':
      return groupRows(from(), operation, context)
    case 'orderby':
      return ordered(from(), operation, context)
    case 'join':
      return (operation['input'] as Operation[])
        .map((each) => selectedRows(each, context, isMeant))
        .reduce((ones, others) => joined(ones, others))
    case 'leftjoin': {
      if (operation['expression'] !== undefined) throw new NotHere('a condition of OPTIONAL')
      const [ones, others] = (operation['input'] as Operation[]).map((each) =>
        selectedRows(each, context, isMeant),
      )
      return joined(ones!, others!, true)
    }
    case 'project':
      if (!isOutermost(input)) throw new NotHere('a selection in another')
      return from()
    case 'distinct': {
      const rows = from()
      const slots = selectedBy(operation).map((name) => context.slot(name))
      return [...new Map(rows.map((row) => [slots.map((slot) => row[slot] ?? 0).join(' '), row])).values()]
    }
    case 'slice': {
      const [start, length] = [operation['start'] as number, operation['length'] as number | undefined]
      return from().slice(start, length === undefined ? undefined : start + length)
    }
    default:
      throw new NotHere(operation.type)
  }
}

function isOutermost(operation: Operation): boolean {
  if (operation.type === 'graph' || isJoin(operation)) return true
  const input = operation['input'] as Operation | undefined
  return operation.type !== 'project' && input !== undefined && !Array.isArray(input) && isOutermost(input)
}

function isJoin({ type }: Operation): boolean {
  return type === 'join' || type === 'leftjoin'
}

/** Of a selection in another, what it selects: its other variables are its own, whatever their names. */
function selectedRows(operation: Operation, context: Context, isMeant: (run: string) => boolean): number[][] {
  const rows = rowsOf(operation, context, isMeant)
  if (operation.type === 'graph' || isJoin(operation)) return rows
  const slots = selectedBy(operation).map((name) => context.slot(name))
  return rows.map((row) => {
    const selected: number[] = []
    for (const slot of slots) selected[slot] = row[slot] ?? 0
    return selected
  })
}

function selectedBy(operation: Operation): string[] {
  return operation.type === 'project'
    ? (operation['variables'] as Term[]).map(({ value }) => value)
    : selectedBy(operation['input'] as Operation)
}

function matched(operation: Operation, context: Context, isMeant: (run: string) => boolean): number[][] {
  const name = operation['name'] as Term
  const variable = name.termType === 'Variable' ? name.value : undefined
  const slot = variable === undefined ? undefined : context.slot(variable)
  const match = matchOf(operation['input'] as Operation, context, variable)
  const only = slot === undefined ? context.table.find(name) : undefined
  const rows: number[][] = []
  const row = context.emptyRow()
  for (const graph of context.table.graphs) {
    if ((slot === undefined && graph.name !== only) || !isMeant(graph.run)) continue
    if (slot !== undefined) row[slot] = graph.name
    match(graph, row, () => void rows.push([...row]))
  }
  return rows
}

/** Comparisons of terms after which it is quicker to sort all terms of a column once. */
const fewComparisons = 2000

function ordered(rows: number[][], operation: Operation, { table, slot }: Context): number[][] {
  const keys = orderKeys(operation['expressions'] as Operation[])
  if (keys === undefined) throw new NotHere('an order by more than variables')
  const columns = keys.map(({ name, isDescending }) => {
    const place = slot(name)
    const termOf = (number: number) => (number === 0 ? undefined : table.term(number))
    let comparisons = 0
    let ranks: Map<number, number> | undefined
    const order = (one: number[], other: number[]): number => {
      const [a, b] = [one[place] ?? 0, other[place] ?? 0]
      if (a === b) return 0
      if (ranks === undefined) {
        if (++comparisons < fewComparisons) return compareTerms(termOf(a), termOf(b))
        ranks = ranksOf(new Set(rows.map((row) => row[place] ?? 0)), termOf)
      }
      return ranks.get(a)! - ranks.get(b)!
    }
    return isDescending ? (one: number[], other: number[]) => -order(one, other) : order
  })
  return rows.sort((one, other) => {
    for (const compare of columns) {
      const order = compare(one, other)
      if (order !== 0) return order
    }
    return 0
  })
}

/** The place of each number among all; those whose terms have the same value have one. */
function ranksOf(
  numbers: Iterable<number>,
  termOf: (number: number) => Term | undefined,
): Map<number, number> {
  const sorted = [...numbers]
    .map((number) => ({ number, term: termOf(number) }))
    .sort((one, other) => compareTerms(one.term, other.term))
  let rank = 0
  return new Map(
    sorted.map(({ number, term }, at) => {
      if (at > 0 && compareTerms(sorted[at - 1]!.term, term) !== 0) rank++
      return [number, rank]
    }),
  )
}
