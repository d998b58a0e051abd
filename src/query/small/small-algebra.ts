import { isDeepStrictEqual } from 'node:util'
import factory from '@rdfjs/data-model'
import type { Term } from '@rdfjs/types'
import type { Operation } from '../large/slice-plan.ts'
import { checkForm } from './check-form.ts'
import {
  NotSmall,
  type Element,
  type Expression,
  type Group,
  type SelectQuery,
  type Slot,
  type TriplePattern,
} from './small-query.ts'
import { readSmallQuery } from './small-syntax.ts'

/**
 * The algebra of a query as `@traqula/algebra-sparql-1-1` gives it (https://www.w3.org/TR/sparql11-query/#sparqlQuery),
 * without that library: to make it ready takes 200 ms.
 *
 * @returns undefined where the library is needed, as for what is malformed
 */
export function quickAlgebra(sparql: string): Operation | undefined {
  try {
    const query = readSmallQuery(sparql)
    checkForm(query)
    return new Translation().select(query)
  } catch (error) {
    if (error instanceof NotSmall) return undefined
    throw error
  }
}

class Translation {
  #aggregates = 0

  select({ columns, distinct, where, groupBy, orderBy, limit }: SelectQuery): Operation {
    let operation = this.#group(where)
    const aggregates: Operation[] = []
    const values = columns.map(({ expression }) => expression && this.#expression(expression, aggregates))
    if (groupBy !== undefined || aggregates.length > 0)
      operation = { type: 'group', input: operation, variables: (groupBy ?? []).map(termOf), aggregates }
    for (const [at, { variable }] of columns.entries()) {
      const expression = values[at]
      if (expression !== undefined)
        operation = { type: 'extend', input: operation, variable: termOf(variable), expression }
    }
    if (orderBy.length > 0) {
      const expressions = orderBy.map(({ expression, descending }) => {
        const key = this.#expression(expression)
        return descending ? operator('desc', [key]) : key
      })
      operation = { type: 'orderby', input: operation, expressions }
    }
    const variables = columns.map(({ variable }) => termOf(variable))
    operation = { type: 'project', input: operation, variables }
    if (distinct) operation = { type: 'distinct', input: operation }
    return limit === undefined ? operation : { type: 'slice', input: operation, start: 0, length: limit }
  }

  #group(elements: Group): Operation {
    let operation: Operation = { type: 'bgp', patterns: [] }
    const conditions: Operation[] = []
    for (const element of elements) {
      if (element.kind === 'filter') conditions.push(this.#expression(element.expression))
      else operation = this.#with(operation, element)
    }
    return conditions.length === 0
      ? operation
      : { type: 'filter', input: operation, expression: all(conditions) }
  }

  /** What was before an element of a group, and it. */
  #with(before: Operation, element: Exclude<Element, { kind: 'filter' }>): Operation {
    switch (element.kind) {
      case 'optional':
        return this.#optional(before, element.group)
      case 'bind':
        return {
          type: 'extend',
          input: before,
          variable: termOf(element.variable),
          expression: this.#expression(element.expression),
        }
      case 'triples':
        return joined(before, matched(element.patterns))
      case 'graph':
        return joined(before, {
          type: 'graph',
          input: this.#group(element.group),
          name: termOf(element.name),
        })
      case 'select':
        return joined(before, this.select(element.query))
      case 'values':
        return joined(before, valuesOf(element.variables, element.rows))
      case 'union': {
        const [first, ...others] = element.groups.map((each) => this.#group(each))
        return joined(before, others.length === 0 ? first! : { type: 'union', input: [first!, ...others] })
      }
    }
  }

  /** Of an OPTIONAL group that ends in a filter, that filter is the condition of the join. */
  #optional(before: Operation, group: Group): Operation {
    const { type, input, expression } = this.#group(group)
    return type === 'filter'
      ? { type: 'leftjoin', input: [before, input], expression }
      : { type: 'leftjoin', input: [before, this.#group(group)] }
  }

  /** @param aggregates where those of the query are collected; a variable stands for each; undefined where none may be */
  #expression(expression: Expression, aggregates?: Operation[]): Operation {
    switch (expression.kind) {
      case 'term':
        return { type: 'expression', subType: 'term', term: termOf(expression.slot) }
      case 'call':
        return operator(
          expression.name.toLowerCase(),
          expression.arguments.map((each) => this.#expression(each, aggregates)),
        )
      case 'exists':
        return {
          type: 'expression',
          subType: 'existence',
          not: expression.not,
          input: this.#group(expression.group),
        }
      case 'aggregate':
        if (aggregates === undefined) throw new NotSmall()
        return { type: 'expression', subType: 'term', term: this.#aggregate(expression, aggregates) }
    }
  }

  /** The variable that stands for it: one for all that are alike. */
  #aggregate(
    { name, distinct, of, separator }: Expression & { kind: 'aggregate' },
    aggregates: Operation[],
  ): Term {
    const aggregate = {
      type: 'expression',
      subType: 'aggregate',
      aggregator: name.toLowerCase(),
      expression: this.#expression(of),
      ...(separator !== undefined && { separator }),
      distinct,
    }
    const alike = aggregates.find((each) =>
      isDeepStrictEqual({ ...aggregate, variable: each['variable'] }, each),
    )
    if (alike !== undefined) return alike['variable'] as Term
    const variable = termOf(`?var${this.#aggregates++}`)
    aggregates.push({ ...aggregate, variable })
    return variable
  }
}

function operator(name: string, args: readonly Operation[]): Operation {
  return { type: 'expression', subType: 'operator', operator: name, args }
}

function all([first, ...others]: readonly Operation[]): Operation {
  return others.reduce((both, each) => operator('&&', [both, each]), first!)
}

/** Nothing joined with something is that; joins in a join are one, and triples side by side one pattern. */
function joined(one: Operation, other: Operation): Operation {
  if (isEmpty(one)) return other
  if (isEmpty(other)) return one
  const parts = (each: Operation) => (each.type === 'join' ? [...(each['input'] as Operation[])] : [each])
  const [before, behind] = [parts(one), parts(other)]
  const [last, next] = [before.at(-1)!, behind[0]!]
  if (last.type === 'bgp' && next.type === 'bgp') {
    before.pop()
    behind[0] = { type: 'bgp', patterns: [last, next].flatMap(({ patterns }) => patterns as unknown[]) }
  }
  const input = [...before, ...behind]
  return input.length === 1 ? input[0]! : { type: 'join', input }
}

function isEmpty({ type, patterns }: Operation): boolean {
  return type === 'bgp' && (patterns as unknown[]).length === 0
}

function matched(patterns: readonly TriplePattern[]): Operation {
  return patterns.map(patternOf).reduce(joined)
}

/** A triple, or a path where there are several predicates. */
function patternOf({ subject, predicates, object }: TriplePattern): Operation {
  const [s, o] = [termOf(subject), termOf(object)]
  const [first, ...others] = predicates.map(termOf)
  if (others.length === 0) {
    const triple = factory.quad(s as never, first as never, o as never)
    return { type: 'bgp', patterns: [triple] }
  }
  const input = [first!, ...others].map((iri) => ({ type: 'link', iri }))
  if (input.some(({ iri }) => iri.termType !== 'NamedNode')) throw new NotSmall()
  const predicate = { type: 'alt', input }
  return { type: 'path', subject: s, predicate, object: o, graph: factory.defaultGraph() }
}

function valuesOf(variables: readonly Slot[], rows: readonly (readonly (Slot | undefined)[])[]): Operation {
  const bindings = rows.map((row) =>
    Object.fromEntries(
      row.flatMap((slot, at) => (slot === undefined ? [] : [[variables[at]!.slice(1), termOf(slot)]])),
    ),
  )
  return { type: 'values', variables: variables.map(termOf), bindings }
}

const literal = /^("(?:[^"\\]|\\.)*")(?:\^\^<(.*)>)?$/

function termOf(slot: Slot): Term {
  if (slot.startsWith('?')) return factory.variable!(slot.slice(1))
  if (slot.startsWith('<')) return factory.namedNode(slot.slice(1, -1))
  const [, text = '""', type] = literal.exec(slot) ?? []
  return factory.literal(JSON.parse(text) as string, type === undefined ? undefined : factory.namedNode(type))
}
