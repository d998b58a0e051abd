import type { Term } from '@rdfjs/types'
import { linksOf, type PathSymbol } from '../large/property-path.ts'
import { markedList } from '../large/query-plan.ts'
import type { Operation } from '../large/slice-plan.ts'
import { NotHere, type Surroundings } from './expression.ts'
import type { Triple } from './match-steps.ts'
import type { NumberedGraphs } from './numbered-graphs.ts'

export interface Context extends Surroundings {
  table: NumberedGraphs
  /** The lists of terms that stand in the query as marks. */
  lists: readonly (readonly Term[])[]
  /** Counts the marks that were found. */
  onList: () => void
  /** A row without a value for any variable that has a place yet. */
  emptyRow: () => number[]
}

/** Rows of VALUES; 0 is UNDEF. */
export interface List {
  slots: readonly number[]
  rows: readonly (readonly number[])[]
}

/** What stands side by side in a group. */
export interface Parts {
  triples: Triple[]
  others: Operation[]
  /** Terms that a variable must be one of. */
  choices: Map<number, ReadonlySet<number>>
  lists: List[]
}

/** @throws NotHere for what is left to Oxigraph */
export function partsOf(operation: Operation, context: Context): Parts {
  const parts: Parts = { triples: [], others: [], choices: new Map(), lists: [] }
  collect(operation, parts, context)
  return parts
}

function collect(operation: Operation, parts: Parts, context: Context): void {
  const { triples, others, choices, lists } = parts
  switch (operation.type) {
    case 'join':
      for (const each of operation['input'] as Operation[]) collect(each, parts, context)
      return
    case 'bgp':
      for (const { subject, predicate, object } of operation['patterns'] as Record<string, Term>[])
        triples.push(tripleOf(context, subject!, [predicate!], object!))
      return
    case 'path': {
      const links = linksOf(operation['predicate'] as PathSymbol)
      if (links === undefined) throw new NotHere('a path')
      triples.push(tripleOf(context, operation['subject'] as Term, links, operation['object'] as Term))
      return
    }
    case 'values': {
      const list = listOf(operation, context)
      const [slot, ...more] = list.slots
      const numbers = new Set(list.rows.map(([number]) => number!))
      if (more.length > 0 || numbers.has(0) || numbers.size < list.rows.length) lists.push(list)
      else {
        const known = choices.get(slot!)
        choices.set(
          slot!,
          known === undefined ? numbers : new Set([...numbers].filter((each) => known.has(each))),
        )
      }
      return
    }
    default:
      others.push(operation)
  }
}

function tripleOf(context: Context, subject: Term, predicates: readonly Term[], object: Term): Triple {
  const triple = {
    subject: placeOf(context, subject),
    predicates: predicates.map((each) => placeOf(context, each)),
    object: placeOf(context, object),
  }
  const places = placesOf(triple).filter((place) => place < 0)
  if (new Set(places).size < places.length) throw new NotHere('a variable twice in one pattern')
  return triple
}

/** The rows of VALUES; 0 is UNDEF. */
function listOf(operation: Operation, context: Context): List {
  const names = (operation['variables'] as Term[]).map(({ value }) => value)
  const bindings = operation['bindings'] as Record<string, Term | undefined>[]
  const mark = names.length === 1 && bindings.length === 1 ? markedList(bindings[0]![names[0]!]) : undefined
  if (mark !== undefined) context.onList()
  const rows =
    mark === undefined
      ? bindings.map((row) => names.map((name) => row[name]))
      : context.lists[mark]!.map((term) => [term])
  const { table } = context
  return {
    slots: names.map((name) => context.slot(name)),
    rows: rows.map((row) => row.map((term) => (term === undefined ? 0 : table.number(term)))),
  }
}

function placeOf(context: Context, term: Term): number {
  if (term.termType === 'Variable') return -context.slot(term.value) - 1
  if (term.termType === 'BlankNode') throw new NotHere('a blank node')
  // A number that no triple has, where no graph has the term.
  return context.table.number(term)
}

export function placesOf({ subject, predicates, object }: Triple): number[] {
  return [subject, ...predicates, object]
}
