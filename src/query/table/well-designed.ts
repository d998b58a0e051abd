import { certainIn } from '../large/parting.ts'
import type { Operation } from '../large/slice-plan.ts'
import { NotHere } from './expression.ts'

/**
 * Checks that the solutions of a pattern are the same whether its groups are looked for by themselves and then joined, or
 * from left to right with what was found before in hand: no OPTIONAL, FILTER or BIND sees a variable that only something
 * outside of its own group binds (Pérez, Arenas and Gutierrez: Semantics and Complexity of SPARQL, section 4: well
 * designed patterns).
 *
 * @param outside variables that stand elsewhere in the pattern
 * @throws NotHere for any other
 */
export function checkDesign(operation: Operation, outside: ReadonlySet<string>): void {
  const inputs = [operation['input'] ?? []].flat() as Operation[]
  const refuse = (names: Iterable<string>, inner: Operation) => {
    const certain = certainIn(inner)
    for (const name of names) {
      if (outside.has(name) && !certain.has(name)) throw new NotHere(`a ?${name} that is bound elsewhere`)
    }
  }
  switch (operation.type) {
    case 'bgp':
    case 'path':
    case 'values':
      return
    case 'union':
      for (const each of inputs) checkDesign(each, outside)
      return
    case 'leftjoin':
      refuse(new Set([...variablesIn(inputs[1]), ...variablesIn(operation['expression'])]), inputs[0]!)
      // What is on the left is looked for first, and knows nothing of the right.
      checkDesign(inputs[0]!, outside)
      checkDesign(inputs[1]!, new Set([...outside, ...variablesIn(inputs[0])]))
      return
    case 'join':
      for (const each of inputs) {
        const others = inputs.filter((other) => other !== each)
        checkDesign(each, new Set([...outside, ...variablesIn(others)]))
      }
      return
    case 'filter':
    case 'extend':
      refuse(variablesIn([operation['expression'], operation['variable']]), inputs[0]!)
      checkDesign(inputs[0]!, outside)
      return
    default:
      throw new NotHere(`${operation.type} in GRAPH`)
  }
}

/** Names of the variables that stand anywhere in it. */
export function variablesIn(node: unknown): Set<string> {
  const names = new Set<string>()
  const visit = (each: unknown): void => {
    if (Array.isArray(each)) for (const item of each) visit(item)
    else if (typeof each === 'object' && each !== null) {
      const { termType, value } = each as { termType?: string; value?: string }
      if (termType === 'Variable') names.add(value!)
      else if (termType === undefined || termType === 'Quad') visit(Object.values(each))
    }
  }
  visit(node)
  return names
}
