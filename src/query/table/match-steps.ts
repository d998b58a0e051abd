import { visitTriples, type TableGraph } from './graph-table.ts'

/** Calls `next` with each solution in the row, which is as it was before when it returns. */
export type Match = (graph: TableGraph, row: number[], next: () => void) => void

/** A pattern of triples: numbers of terms; of variables, their places in a row, counted down from -1. */
export type Triple = readonly [subject: number, predicate: number, object: number]

/** The place in a row of a variable in a pattern of triples. */
export const slotOf = (place: number): number => -place - 1

/** Finds the triples of a pattern; what they bind must be among the choices. */
export function stepOf(triple: Triple, choices: ReadonlyMap<number, ReadonlySet<number>>): Match {
  const [subject, predicate, object] = triple.map((place) => (place > 0 ? undefined : slotOf(place)))
  const [subjects, predicates, objects] = [subject, predicate, object].map((slot) =>
    slot === undefined ? undefined : choices.get(slot),
  )
  return (graph, row, next) => {
    const s = subject === undefined ? triple[0] : row[subject]!
    const p = predicate === undefined ? triple[1] : row[predicate]!
    const o = object === undefined ? triple[2] : row[object]!
    visitTriples(graph, s, p, o, (isSubject, isPredicate, isObject) => {
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

export function chainOf([first, ...others]: readonly Match[]): Match {
  if (first === undefined) return (_graph, _row, next) => next()
  if (others.length === 0) return first
  const rest = chainOf(others)
  return (graph, row, next) => first(graph, row, () => rest(graph, row, next))
}
