import type { Term } from '@rdfjs/types'
import type { Operation } from '../large/slice-plan.ts'
import { conditionOf, NotHere, valueOf } from './expression.ts'
import { partsOf, placesOf, type Context } from './group-parts.ts'
import {
  chainOf,
  choiceOf,
  existsStep,
  rowsStep,
  slotOf,
  stepOf,
  type Match,
  type Triple,
} from './match-steps.ts'
import type { NumberedGraph } from './numbered-graphs.ts'
import { checkDesign, variablesIn } from './well-designed.ts'

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
  readonly #sample: readonly NumberedGraph[]

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
      case 'path':
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
        for (const name of variablesIn(input)) bound.add(this.#context.slot(name))
        return chainOf([
          inner,
          ...conditionsIn(operation['expression'] as Operation).map((each) => this.#condition(each, bound)),
        ])
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

  #condition(expression: Operation, bound: Set<number>): Match {
    if (expression.subType === 'existence') {
      const input = expression['input'] as Operation
      if (!isPlain(input)) throw new NotHere('EXISTS of more than triples')
      return existsStep(this.match(input, new Set(bound)), expression['not'] === true)
    }
    const holds = conditionOf(expression, this.#context)
    return (_graph, row, next) => void (holds(row) && next())
  }

  /** What stands side by side: triples, the most selective first, then all else. */
  #joined(operation: Operation, bound: Set<number>): Match {
    const { triples, others, choices, lists } = partsOf(operation, this.#context)
    const steps: Match[] = []
    for (const { slots, rows } of lists) {
      steps.push(rowsStep(slots, rows))
      for (const [at, slot] of slots.entries()) if (rows.every((row) => row[at] !== 0)) bound.add(slot)
    }
    for (const [slot, numbers] of choices) if (bound.has(slot)) steps.push(choiceOf(slot, numbers))
    const left = new Set(triples)
    while (left.size > 0) {
      const triple = this.#cheapest(left, bound, choices)
      left.delete(triple)
      steps.push(stepOf(triple, choices))
      for (const place of placesOf(triple)) if (place < 0) bound.add(slotOf(place))
    }
    for (const each of others) {
      steps.push(this.match(each, bound))
      for (const name of variablesIn(each)) bound.add(this.#context.slot(name))
    }
    for (const [slot, numbers] of choices) steps.push(choiceOf(slot, numbers))
    return chainOf(steps)
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
    { subject, predicates, object }: Triple,
    bound: ReadonlySet<number>,
    choices: ReadonlyMap<number, ReadonlySet<number>>,
  ): number {
    const isKnown = (place: number) => place > 0 || bound.has(slotOf(place))
    if (isKnown(subject)) return isKnown(object) ? 0 : 1
    if (predicates.some((predicate) => predicate < 0)) return 1e6
    if (object < 0 && isKnown(object)) return 2
    let count = 0
    for (const graph of this.#sample)
      for (const predicate of predicates) count += graph.count(predicate, Math.max(0, object))
    const isChosen = choices.has(slotOf(subject)) || choices.has(slotOf(object))
    return 2 + (count / this.#sample.length) * (isChosen ? 0.1 : 1)
  }
}

/** What has to hold of a row, each by itself. */
function conditionsIn(expression: Operation): Operation[] {
  if (expression.subType !== 'operator' || expression['operator'] !== '&&') return [expression]
  return (expression['args'] as Operation[]).flatMap(conditionsIn)
}

/** Whether it has but triples and terms to choose from, which mean the same with what is bound around them. */
function isPlain({ type, input }: Operation): boolean {
  if (type === 'join') return (input as Operation[]).every(isPlain)
  return type === 'bgp' || type === 'path' || type === 'values'
}
