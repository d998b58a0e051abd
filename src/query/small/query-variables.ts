import type { Element, Expression, Group, Slot } from './small-query.ts'

/** Variables that elements can bind: those that are in scope after them (https://www.w3.org/TR/sparql11-query/#variableScope). */
export function variablesOf(elements: Group): Set<Slot> {
  return new Set(elements.flatMap(boundBy).filter((slot) => slot.startsWith('?')))
}

function boundBy(element: Element): Slot[] {
  switch (element.kind) {
    case 'triples':
      return element.patterns.flatMap(({ subject, predicates, object }) => [subject, ...predicates, object])
    case 'optional':
      return [...variablesOf(element.group)]
    case 'graph':
      return [element.name, ...variablesOf(element.group)]
    case 'union':
      return element.groups.flatMap((group) => [...variablesOf(group)])
    case 'values':
      return [...element.variables]
    case 'bind':
      return [element.variable]
    case 'select':
      return element.query.columns.map(({ variable }) => variable)
    case 'filter':
      return []
  }
}

/** Variables that an expression names. */
export function variablesIn(expression: Expression): Slot[] {
  switch (expression.kind) {
    case 'term':
      return expression.slot.startsWith('?') ? [expression.slot] : []
    case 'call':
      return expression.arguments.flatMap(variablesIn)
    case 'exists':
      return [...variablesOf(expression.group)]
    case 'aggregate':
      return variablesIn(expression.of)
  }
}

export function hasAggregate(expression: Expression): boolean {
  if (expression.kind === 'call') return expression.arguments.some(hasAggregate)
  return expression.kind === 'aggregate'
}
