import type { Term } from '@rdfjs/types'
import { orderKeys, type OrderKey } from '../order-rows.ts'
import { toAlgebra } from './query-plan.ts'
import type { Operation } from './slice-plan.ts'

/** How the rows of a query can be had in parts, each of those in which a variable is one of some terms. */
export interface Parting {
  selected: readonly string[]
  /** Variables by which they can be parted: every row has them. */
  variables: readonly string[]
  /** The order of the rows. */
  order: readonly OrderKey[]
}

/**
 * Rows of one part say nothing of those of another where each has its own value of a variable, and nothing counts them:
 * then also none is in two parts, be they DISTINCT or not.
 *
 * @returns undefined for any other query
 */
export async function partingOf(sparql: string): Promise<Parting | undefined> {
  let operation = await toAlgebra(sparql)
  if (operation.type === 'distinct') operation = operation['input'] as Operation
  if (operation.type !== 'project') return undefined
  const selected = (operation['variables'] as Term[]).map(({ value }) => value)
  operation = operation['input'] as Operation
  const isOrdered = operation.type === 'orderby'
  const order = isOrdered ? orderKeys(operation['expressions'] as Operation[]) : []
  if (isOrdered) operation = operation['input'] as Operation
  if (order?.every(({ name }) => selected.includes(name)) !== true || counts(operation)) return undefined
  const certain = certainIn(operation)
  const variables = selected.filter((name) => certain.has(name))
  return variables.length === 0 ? undefined : { selected, variables, order }
}

/** Whether something in it sees all rows at once. */
function counts(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(counts)
  if (typeof node !== 'object' || node === null) return false
  return (
    ['project', 'group', 'slice', 'from'].includes((node as Operation).type) || counts(Object.values(node))
  )
}

/** Variables that every solution has. */
export function certainIn(operation: Operation): ReadonlySet<string> {
  const inputs = [operation['input'] ?? []].flat() as Operation[]
  switch (operation.type) {
    case 'bgp':
      return new Set((operation['patterns'] as Record<string, Term>[]).flatMap(variablesOf))
    case 'path':
      return new Set(variablesOf(operation as never))
    case 'join':
      return new Set(inputs.flatMap((input) => [...certainIn(input)]))
    case 'union': {
      const [first, ...others] = inputs.map(certainIn)
      return new Set([...first!].filter((name) => others.every((other) => other.has(name))))
    }
    case 'leftjoin':
    case 'minus':
    case 'filter':
    case 'extend':
    case 'graph':
      return certainIn(inputs[0]!)
    default:
      return new Set()
  }
}

function variablesOf({ subject, object }: Record<string, Term>): string[] {
  return [subject!, object!].flatMap((term) => (term.termType === 'Variable' ? [term.value] : []))
}
