import type { NumberedGraph } from './numbered-graphs.ts'

/** Calls `next` with each solution in the row, which is as it was before when it returns. */
export type Match = (graph: NumberedGraph, row: number[], next: () => void) => void

/** A pattern of triples: numbers of terms; of variables, their places in a row, counted down from -1. */
export interface Triple {
  subject: number
  /** Of several, any. */
  predicates: readonly number[]
  object: number
}

/** The place in a row of a variable in a pattern of triples. */
export const slotOf = (place: number): number => -place - 1

/** Finds the triples of a pattern; what they bind must be among the choices. */
export function stepOf(triple: Triple, choices: ReadonlyMap<number, ReadonlySet<number>>): Match {
  const steps = triple.predicates.map((predicate) => oneStep(triple, predicate, choices))
  if (steps.length === 1) return steps[0]!
  return (graph, row, next) => {
    for (const step of steps) step(graph, row, next)
  }
}

function oneStep(
  { subject: givenSubject, object: givenObject }: Triple,
  givenPredicate: number,
  choices: ReadonlyMap<number, ReadonlySet<number>>,
): Match {
  const [subject, predicate, object] = [givenSubject, givenPredicate, givenObject].map((place) =>
    place > 0 ? undefined : slotOf(place),
  )
  const [subjects, predicates, objects] = [subject, predicate, object].map((slot) =>
    slot === undefined ? undefined : choices.get(slot),
  )
  return (graph, row, next) => {
    const s = subject === undefined ? givenSubject : row[subject]!
    const p = predicate === undefined ? givenPredicate : row[predicate]!
    const o = object === undefined ? givenObject : row[object]!
    graph.visit(s, p, o, (isSubject, isPredicate, isObject) => {
      if (s === 0) {
        if (subjects?.has(isSubject) === false) return
        row[subject!] = isSubject
      }
      if (p === 0) {
        if (predicates?.has(isPredicate) === false) return
        row[predicate!] = isPredicate
      }
      if (o === 0) {
        if (objects?.has(isObject) === false) return
        row[object!] = isObject
      }
      next()
    })
    if (s === 0) row[subject!] = 0
    if (p === 0) row[predicate!] = 0
    if (o === 0) row[object!] = 0
  }
}

/** Where a variable is one of some terms. */
export function choiceOf(slot: number, numbers: ReadonlySet<number>): Match {
  return (_, row, next) => {
    if (row[slot] !== 0) {
      if (numbers.has(row[slot]!)) next()
      return
    }
    for (const number of numbers) {
      row[slot] = number
      next()
    }
    row[slot] = 0
  }
}

/** Where several variables have the terms of one of some rows; 0 in a row leaves its variable as it is. */
export function rowsStep(slots: readonly number[], rows: readonly (readonly number[])[]): Match {
  return (_graph, row, next) => {
    for (const given of rows) {
      const bound: number[] = []
      const fits = slots.every((slot, at) => {
        const number = given[at]!
        if (number === 0 || row[slot] === number) return true
        if (row[slot] !== 0) return false
        row[slot] = number
        bound.push(slot)
        return true
      })
      if (fits) next()
      for (const slot of bound) row[slot] = 0
    }
  }
}

/** Lets a row through where a pattern has a solution with it, or where it has none. */
export function existsStep(pattern: Match, not: boolean): Match {
  return (graph, row, next) => {
    let found = false
    pattern(graph, row, () => {
      found = true
    })
    if (found !== not) next()
  }
}

export function chainOf([first, ...others]: readonly Match[]): Match {
  if (first === undefined) return (_graph, _row, next) => next()
  if (others.length === 0) return first
  const rest = chainOf(others)
  return (graph, row, next) => first(graph, row, () => rest(graph, row, next))
}
