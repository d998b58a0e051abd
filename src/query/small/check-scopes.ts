import { hasAggregate, variablesIn, variablesOf } from './query-variables.ts'
import { NotSmall, type Expression, type Group, type SelectQuery, type Slot } from './small-query.ts'

type Variables = ReadonlySet<Slot>

/**
 * Sees that a query means the same whether its groups are evaluated by themselves and joined, as SPARQL says, or one
 * after the other with what is known by then, as it is done here: each variable of an OPTIONAL that stands elsewhere too
 * is bound before it ("well-designed", https://doi.org/10.1145/1567274.1567278), and what filters or computes does so by
 * variables of its own group.
 *
 * @throws NotSmall
 */
export function checkScopes(query: SelectQuery): void {
  const { columns, where, groupBy } = query
  const inside = variablesOf(where)
  for (const { variable, expression } of columns) {
    if (expression !== undefined && inside.has(variable)) throw new NotSmall()
    if (expression === undefined && groupBy?.includes(variable) === false) throw new NotSmall()
    if (expression !== undefined && groupBy === undefined && hasAggregate(expression)) throw new NotSmall()
  }
  checkGroup(where, new Set(), new Set())
}

/**
 * @param outside variables that stand around the group
 * @param visible those of them that its filters may name: around an OPTIONAL, those of the group that it is in
 */
function checkGroup(group: Group, outside: Variables, visible: Variables): void {
  const own = variablesOf(group)
  const allowed = (expression: Expression, known: Variables, certain: Variables) => {
    for (const each of variablesIn(expression)) {
      if (!known.has(each) && !visible.has(each)) throw new NotSmall()
      // Bound around it, though perhaps not in it.
      if (outside.has(each) && !certain.has(each) && !visible.has(each)) throw new NotSmall()
    }
  }
  group.forEach((element, at) => {
    const before = group.slice(0, at)
    const around = new Set([...outside, ...variablesOf(group.filter((each) => each !== element))])
    switch (element.kind) {
      case 'optional': {
        const certain = certainOf(before)
        for (const each of variablesOf(element.group))
          if (around.has(each) && !certain.has(each)) throw new NotSmall()
        return checkGroup(element.group, around, own)
      }
      case 'graph':
        return checkGroup(element.group, new Set([...around, element.name]), new Set())
      case 'union':
        for (const each of element.groups) checkGroup(each, around, new Set())
        return
      case 'bind': {
        const certain = certainOf(before)
        for (const each of variablesIn(element.expression)) {
          if (!variablesOf(before).has(each) || (outside.has(each) && !certain.has(each)))
            throw new NotSmall()
        }
        return
      }
      case 'filter':
        return allowed(element.expression, own, certainOf(group))
      case 'select':
        return checkScopes(element.query)
      default:
        return
    }
  })
}

/** Variables that every solution of these elements binds. */
function certainOf(elements: Group): Set<Slot> {
  return new Set(
    elements.flatMap((element): Slot[] => {
      switch (element.kind) {
        case 'triples':
          return [...variablesOf([element])]
        case 'graph':
          return [element.name, ...certainOf(element.group)]
        case 'union': {
          const [first, ...others] = element.groups.map(certainOf)
          return [...first!].filter((each) => others.every((other) => other.has(each)))
        }
        case 'values':
          return element.variables.filter((_, at) => element.rows.every((row) => row[at] !== undefined))
        default:
          return []
      }
    }),
  )
}
