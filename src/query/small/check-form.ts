import { hasAggregate, variablesIn, variablesOf } from './query-variables.ts'
import { NotSmall, type Expression, type Group, type SelectQuery, type Slot } from './small-query.ts'

/**
 * Sees that a query is one by the notes of the grammar of SPARQL 1.1, sections 18.2.1 and 19.8, which its rules do not
 * say: no variable is given a value twice, and what is grouped is selected by its keys or in aggregates.
 *
 * @throws NotSmall
 */
export function checkForm({ columns, where, groupBy, orderBy }: SelectQuery): void {
  const named = variablesOf(where)
  for (const { variable, expression } of columns) {
    if (expression === undefined) named.add(variable)
    else refuseIf(named.has(variable))
    if (expression !== undefined) named.add(variable)
  }
  checkGroup(where)
  const isGrouped =
    groupBy !== undefined || columns.some(({ expression }) => expression && hasAggregate(expression))
  for (const { expression } of orderBy) refuseIf(hasAggregate(expression))
  if (!isGrouped) return
  const known = new Set(groupBy)
  for (const { variable, expression } of columns) {
    if (expression === undefined) refuseIf(!known.has(variable))
    else {
      checkGrouped(expression, known)
      known.add(variable)
    }
  }
  // What it is ordered by need not be selected, but has to be known of a group.
  for (const { expression } of orderBy) checkGrouped(expression, known)
}

function checkGroup(group: Group): void {
  for (const [at, element] of group.entries()) {
    switch (element.kind) {
      case 'optional':
      case 'graph':
        checkGroup(element.group)
        break
      case 'union':
        for (const each of element.groups) checkGroup(each)
        break
      case 'select':
        checkForm(element.query)
        break
      case 'values':
        refuseIf(new Set(element.variables).size < element.variables.length)
        break
      case 'bind':
        refuseIf(variablesOf(group.slice(0, at)).has(element.variable))
        checkExpression(element.expression)
        break
      case 'filter':
        checkExpression(element.expression)
    }
  }
}

/** One of no aggregates. */
function checkExpression(expression: Expression): void {
  if (expression.kind === 'exists') checkGroup(expression.group)
  else if (expression.kind === 'call') expression.arguments.forEach(checkExpression)
  else refuseIf(expression.kind === 'aggregate')
}

/** One whose variables outside of aggregates are known of each group. */
function checkGrouped(expression: Expression, known: ReadonlySet<Slot>): void {
  if (expression.kind === 'call') for (const each of expression.arguments) checkGrouped(each, known)
  else if (expression.kind === 'aggregate') checkExpression(expression.of)
  else refuseIf(variablesIn(expression).some((each) => !known.has(each)))
}

function refuseIf(isMalformed: boolean): void {
  if (isMalformed) throw new NotSmall()
}
