import { groupBy } from '../../group-by.ts'
import type { SmallGraph } from './small-graph.ts'
import { evaluate, holds, type Solution } from './small-expression.ts'
import {
  NotSmall,
  type Element,
  type Group,
  type SelectQuery,
  type Slot,
  type TriplePattern,
} from './small-query.ts'
import { compareTerms } from './small-terms.ts'

/**
 * The solutions of a query over some graphs, none of which is the default graph.
 * @throws NotSmall where it is not certain that another engine would say the same
 */
export function evaluateSmall(query: SelectQuery, graphs: readonly SmallGraph[]): Solution[] {
  return new Evaluation(graphs).select(query)
}

class Evaluation {
  readonly #graphs: readonly SmallGraph[]
  /** Solutions of subqueries, which do not depend on what is around them. */
  readonly #answered = new Map<SelectQuery, readonly Solution[]>()

  constructor(graphs: readonly SmallGraph[]) {
    this.#graphs = graphs
  }

  select(query: SelectQuery): Solution[] {
    const { columns, distinct, orderBy, limit } = query
    let solutions = this.#columns(query)
    if (orderBy.length > 0) solutions = sort(solutions, orderBy)
    const named = columns.map(({ variable }) => variable)
    let rows = solutions.map((solution) => project(solution, named))
    if (distinct) rows = [...new Map(rows.map((row) => [keyOf(row, named), row])).values()]
    return limit === undefined ? rows : rows.slice(0, limit)
  }

  /** The solutions, with the columns that are computed. */
  #columns({ columns, where, groupBy: keys }: SelectQuery): Solution[] {
    const found = this.#group(where, [{}], undefined)
    const computed = columns.filter(({ expression }) => expression !== undefined)
    const groups =
      keys === undefined
        ? found.map((each) => ({ solution: each, group: undefined }))
        : [...groupBy(found, (each) => keyOf(each, keys)).values()].map((group) => ({
            solution: project(group[0]!, keys),
            group,
          }))
    return groups.map(({ solution, group }) => {
      const row: Record<string, string> = { ...solution }
      for (const { variable, expression } of computed) {
        const value = evaluate(expression!, row, group)
        if (value !== undefined) row[variable] = value
      }
      return row
    })
  }

  /** @param graph the one whose triples are meant; undefined outside of GRAPH */
  #group(group: Group, given: readonly Solution[], graph: SmallGraph | undefined): Solution[] {
    let solutions = [...given]
    for (const element of group) {
      if (element.kind !== 'filter') solutions = this.#element(element, solutions, graph)
    }
    for (const element of group) {
      if (element.kind === 'filter') solutions = solutions.filter((each) => holds(element.expression, each))
    }
    return solutions
  }

  #element(element: Element, given: readonly Solution[], graph: SmallGraph | undefined): Solution[] {
    switch (element.kind) {
      case 'triples':
        if (graph === undefined) throw new NotSmall()
        return matchAll(graph, element.patterns, given)
      case 'optional':
        return given.flatMap((each) => {
          const more = this.#group(element.group, [each], graph)
          return more.length === 0 ? [each] : more
        })
      case 'union':
        return element.groups.flatMap((group) => this.#group(group, given, graph))
      case 'graph':
        return this.#graphs.flatMap((each) =>
          this.#group(element.group, joinAll(given, [{ [element.name]: each.name }]), each),
        )
      case 'values':
        return joinAll(
          given,
          element.rows.map((row) =>
            Object.fromEntries(
              row.flatMap((term, at) => (term === undefined ? [] : [[element.variables[at]!, term]])),
            ),
          ),
        )
      case 'bind':
        return given.map((each) => {
          if (element.variable in each) throw new NotSmall()
          const value = evaluate(element.expression, each)
          return value === undefined ? each : { ...each, [element.variable]: value }
        })
      case 'select': {
        // Inside of GRAPH its triples would be those of that graph.
        if (graph !== undefined) throw new NotSmall()
        const known = this.#answered.get(element.query) ?? this.select(element.query)
        this.#answered.set(element.query, known)
        return joinAll(given, known)
      }
      case 'filter':
        return [...given]
    }
  }
}

/** The most selective first. What the first solution binds, all do, but for what was optional: that is looked at anew. */
function matchAll(
  graph: SmallGraph,
  patterns: readonly TriplePattern[],
  given: readonly Solution[],
): Solution[] {
  let solutions = [...given]
  const waiting = new Set(patterns)
  const bound = new Set(Object.keys(given[0] ?? {}))
  const isKnown = (slot: Slot) => !isVariable(slot) || bound.has(slot)
  const cost = ({ subject, predicates, object }: TriplePattern): number => {
    if (isKnown(subject)) return isKnown(object) ? 0 : 1
    if (!isVariable(object) && predicates.length === 1)
      return 2 + graph.subjects(predicates[0]!, object).length
    return isKnown(object) ? 3 : Infinity
  }
  while (waiting.size > 0 && solutions.length > 0) {
    let best: TriplePattern | undefined
    for (const each of waiting) if (best === undefined || cost(each) < cost(best)) best = each
    waiting.delete(best!)
    solutions = few(solutions.flatMap((each) => match(graph, best!, each)))
    for (const slot of [best!.subject, ...best!.predicates, best!.object])
      if (isVariable(slot)) bound.add(slot)
  }
  return solutions
}

function match(graph: SmallGraph, pattern: TriplePattern, solution: Solution): Solution[] {
  const found: Solution[] = []
  const [subject, object] = [valueOf(pattern.subject, solution), valueOf(pattern.object, solution)]
  const add = (s: string, o: string) => {
    if (subject !== undefined && object !== undefined) found.push(solution)
    else if (subject !== undefined) found.push({ ...solution, [pattern.object]: o })
    else if (object !== undefined) found.push({ ...solution, [pattern.subject]: s })
    else if (pattern.subject !== pattern.object)
      found.push({ ...solution, [pattern.subject]: s, [pattern.object]: o })
    else if (s === o) found.push({ ...solution, [pattern.subject]: s })
  }
  for (const each of pattern.predicates) {
    const predicate = valueOf(each, solution)
    if (predicate === undefined) throw new NotSmall()
    if (subject !== undefined) {
      for (const o of graph.objects(subject, predicate))
        if (object === undefined || o === object) add(subject, o)
    } else if (object !== undefined) for (const s of graph.subjects(predicate, object)) add(s, object)
    else for (const [o, subjects] of graph.pairs(predicate)) for (const s of subjects) add(s, o)
  }
  return found
}

/** No question about a few runs has so many; one that makes them is better asked of who plans it. */
const mostSolutions = 100_000

function few(solutions: Solution[]): Solution[] {
  if (solutions.length > mostSolutions) throw new NotSmall()
  return solutions
}

function joinAll(left: readonly Solution[], right: readonly Solution[]): Solution[] {
  if (left.length * right.length > mostSolutions * 100) throw new NotSmall()
  const joined = left.flatMap((a) =>
    right.flatMap((b) =>
      Object.keys(b).every((name) => a[name] === undefined || a[name] === b[name]) ? [{ ...a, ...b }] : [],
    ),
  )
  return few(joined)
}

function sort(solutions: readonly Solution[], keys: SelectQuery['orderBy']): Solution[] {
  const sorted = solutions.map((solution) => ({
    solution,
    values: keys.map(({ expression }) => evaluate(expression, solution)),
  }))
  sorted.sort((a, b) => {
    for (const [at, { descending }] of keys.entries()) {
      const order = compareTerms(a.values[at], b.values[at])
      if (order !== 0) return descending ? -order : order
    }
    return 0
  })
  return sorted.map(({ solution }) => solution)
}

function project(solution: Solution, variables: readonly Slot[]): Solution {
  const row: Record<string, string> = {}
  for (const each of variables) {
    const value = solution[each]
    if (value !== undefined) row[each] = value
  }
  return row
}

/** No term has a tab in it: IRIs must not, and literals escape it. */
function keyOf(solution: Solution, variables: readonly Slot[]): string {
  return variables.map((each) => solution[each] ?? '').join('\t')
}

function valueOf(slot: Slot, solution: Solution): string | undefined {
  return isVariable(slot) ? solution[slot] : slot
}

function isVariable(slot: Slot): boolean {
  return slot.startsWith('?')
}
