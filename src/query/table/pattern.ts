import type { Term } from '@rdfjs/types'
import { markedList } from '../large/query-plan.ts'
import type { Operation } from '../large/slice-plan.ts'
import { conditionOf, NotHere, valueOf, type Surroundings } from './expression.ts'
import { countWith, type GraphTable, type TableGraph } from './graph-table.ts'
import { chainOf, choiceOf, slotOf, stepOf, type Match, type Triple } from './match-steps.ts'
import { checkDesign, variablesIn } from './well-designed.ts'

export interface Context extends Surroundings {
  table: GraphTable
  /** The lists of terms that stand in the query as marks. */
  lists: readonly (readonly Term[])[]
  /** Counts the marks that were found. */
  onList: () => void
  /** A row without a value for any variable that has a place yet. */
  emptyRow: () => number[]
}

/** Graphs by which it is estimated how many triples a pattern matches. */
const graphsSampled = 16

/**
 * Makes the pattern in a GRAPH block into a function that finds its solutions in one graph, from left to right.
 *
 * @param name the variable that is the graph's name, if one is
 * @throws NotHere for a pattern that is left to Oxigraph
 */
export function matchOf(operation: Operation, context: Context, name: string | undefined): Match {
  const names = name === undefined ? [] : [name]
  checkDesign(operation, new Set(names))
  return new Compiler(context).match(operation, new Set(names.map((each) => context.slot(each))))
}

class Compiler {
  readonly #context: Context
  readonly #sample: readonly TableGraph[]

  constructor(context: Context) {
    this.#context = context
    const { graphs } = context.table
    const step = Math.max(1, Math.floor(graphs.length / graphsSampled))
    this.#sample = graphs.filter((_, at) => at % step === 0)
  }

  /** @param bound places that are bound before it */
  match(operation: Operation, bound: Set<number>): Match {
    const input = operation['input'] as Operation & Operation[]
    switch (operation.type) {
      case 'bgp':
      case 'join':
      case 'values':
        return this.#joined(operation, bound)
      case 'union': {
        const branches = input.map((each) => this.match(each, new Set(bound)))
        return (graph, row, next) => {
          for (const branch of branches) branch(graph, row, next)
        }
      }
      case 'leftjoin': {
        const left = this.match(input[0]!, bound)
        for (const name of variablesIn(input[0])) bound.add(this.#context.slot(name))
        const right = this.match(input[1]!, new Set(bound))
        const expression = operation['expression'] as Operation | undefined
        const holds = expression && conditionOf(expression, this.#context)
        return (graph, row, next) => {
          left(graph, row, () => {
            let found = false
            right(graph, row, () => {
              if (holds?.(row) === false) return
              found = true
              next()
            })
            if (!found) next()
          })
        }
      }
      case 'filter': {
        const inner = this.match(input, bound)
        const holds = conditionOf(operation['expression'] as Operation, this.#context)
        return (graph, row, next) => inner(graph, row, () => void (holds(row) && next()))
      }
      case 'extend': {
        const inner = this.match(input, bound)
        const value = valueOf(operation['expression'] as Operation, this.#context)
        const place = this.#context.slot((operation['variable'] as Term).value)
        return (graph, row, next) =>
          inner(graph, row, () => {
            row[place] = value(row)
            next()
            row[place] = 0
          })
      }
      default:
        throw new NotHere(`${operation.type} in GRAPH`)
    }
  }

  /** What stands side by side: triples, the most selective first, then all else. */
  #joined(operation: Operation, bound: Set<number>): Match {
    const triples: Triple[] = []
    const others: Operation[] = []
    const choices = new Map<number, ReadonlySet<number>>()
    this.#flatten(operation, triples, others, choices)
    const steps: Match[] = []
    for (const [slot, numbers] of choices) if (bound.has(slot)) steps.push(choiceOf(slot, numbers))
    const left = new Set(triples)
    while (left.size > 0) {
      const triple = this.#cheapest(left, bound, choices)
      left.delete(triple)
      steps.push(stepOf(triple, choices))
      for (const place of triple) if (place < 0) bound.add(slotOf(place))
    }
    for (const each of others) {
      steps.push(this.match(each, bound))
      for (const name of variablesIn(each)) bound.add(this.#context.slot(name))
    }
    for (const [slot, numbers] of choices) steps.push(choiceOf(slot, numbers))
    return chainOf(steps)
  }

  #flatten(
    operation: Operation,
    triples: Triple[],
    others: Operation[],
    choices: Map<number, ReadonlySet<number>>,
  ): void {
    if (operation.type === 'join') {
      for (const each of operation['input'] as Operation[]) this.#flatten(each, triples, others, choices)
    } else if (operation.type === 'bgp') {
      for (const { subject, predicate, object } of operation['patterns'] as Record<string, Term>[])
        this.#addTriple(triples, [this.#place(subject!), this.#place(predicate!), this.#place(object!)])
    } else if (operation.type === 'values') {
      const [slot, numbers] = this.#choice(operation)
      const known = choices.get(slot)
      choices.set(
        slot,
        known === undefined ? numbers : new Set([...numbers].filter((each) => known.has(each))),
      )
    } else others.push(operation)
  }

  #addTriple(triples: Triple[], triple: Triple): void {
    const places = triple.filter((place) => place < 0)
    if (new Set(places).size < places.length) throw new NotHere('a variable twice in one pattern')
    triples.push(triple)
  }

  #choice(operation: Operation): [slot: number, numbers: ReadonlySet<number>] {
    const [variable, ...more] = operation['variables'] as Term[]
    const rows = (operation['bindings'] as Record<string, Term>[]).map((row) => row[variable!.value])
    if (more.length > 0 || rows.includes(undefined)) throw new NotHere('VALUES of more than one variable')
    const list = rows.length === 1 ? markedList(rows[0]) : undefined
    if (list !== undefined) this.#context.onList()
    const terms = list === undefined ? (rows as Term[]) : this.#context.lists[list]!
    const numbers = new Set(terms.map((term) => this.#context.table.number(term)))
    if (numbers.size < terms.length) throw new NotHere('VALUES that has a term twice')
    return [this.#context.slot(variable!.value), numbers]
  }

  #place(term: Term): number {
    if (term.termType === 'Variable') return -this.#context.slot(term.value) - 1
    if (term.termType === 'BlankNode') throw new NotHere('a blank node')
    // A number that no triple has, where no graph has the term.
    return this.#context.table.number(term)
  }

  #cheapest(
    triples: ReadonlySet<Triple>,
    bound: ReadonlySet<number>,
    choices: ReadonlyMap<number, ReadonlySet<number>>,
  ): Triple {
    let [cheapest, least] = [[...triples][0]!, Number.POSITIVE_INFINITY]
    for (const triple of triples) {
      const cost = this.#cost(triple, bound, choices)
      if (cost < least) [cheapest, least] = [triple, cost]
    }
    return cheapest
  }

  #cost(
    [subject, predicate, object]: Triple,
    bound: ReadonlySet<number>,
    choices: ReadonlyMap<number, ReadonlySet<number>>,
  ): number {
    const isKnown = (place: number) => place > 0 || bound.has(slotOf(place))
    if (isKnown(subject)) return isKnown(object) ? 0 : 1
    if (predicate < 0) return 1e6
    if (object < 0 && isKnown(object)) return 2
    const count = this.#sample.reduce(
      (sum, graph) => sum + countWith(graph, predicate, Math.max(0, object)),
      0,
    )
    const isChosen = choices.has(slotOf(subject)) || choices.has(slotOf(object))
    return 2 + (count / this.#sample.length) * (isChosen ? 0.1 : 1)
  }
}
