import type { Term } from '@rdfjs/types'
import type { Severity } from '../shape-result.ts'
import type { Path, PathWalker } from './path.ts'
import type { ValueTest } from './value-test.ts'

/** A shape ready to be asked about the terms of one table, by their numbers. */
export interface CoreShape {
  readonly node: Term
  readonly severity: Severity
  readonly message: string | undefined
  /** Of a property shape. */
  readonly path: Path | undefined
  /** In the order in which their results are given. */
  readonly constraints: Constraint[]
}

/** What a shape asks. */
export type Constraint =
  /** Of all values that a path leads to, together. Counts have no value to name. */
  | { of: 'values'; component: string; isCount: boolean; isMet(values: readonly number[]): boolean }
  /** Of each value, or of the focus node where there is no path. */
  | { of: 'value'; component: string; isMet: ValueTest }
  /** That each has other shapes, which give results of their own. */
  | { of: 'property'; shapes: readonly CoreShape[] }
  /** What is asked of the whole record: values that offend, with what is said of them if not the message. */
  | { of: 'record'; component: string; find(focus: number): Iterable<Offence> }

export interface Offence {
  value: number
  said?: string | undefined
}

/** A validation result, by numbers. */
export interface CoreResult extends Partial<Offence> {
  focus: number
  shape: CoreShape
  component: string
}

/** Whether a node has a shape. Nothing is reported. */
export function conforms(shape: CoreShape, focus: number, walker: PathWalker): boolean {
  const values = shape.path === undefined ? [focus] : walker.follow(shape.path, focus)
  return shape.constraints.every((constraint) => {
    switch (constraint.of) {
      case 'values':
        return constraint.isMet(values)
      case 'value':
        return values.every((value) => constraint.isMet(value))
      case 'property':
        return values.every((value) => constraint.shapes.every((each) => conforms(each, value, walker)))
      case 'record':
        for (const _ of constraint.find(focus)) return false
        return true
    }
  })
}

/**
 * Reports why a node does not have a shape, as shacl-engine does: what is about all values first, then value by value.
 * @param isNested whether the node is a value of another shape, which the engine then names
 */
export function report(
  shape: CoreShape,
  focus: number,
  walker: PathWalker,
  results: CoreResult[],
  isNested = false,
): void {
  const values = shape.path === undefined ? [focus] : walker.follow(shape.path, focus)
  const each = shape.constraints.filter((constraint) => {
    if (constraint.of !== 'values') return true
    const { component, isCount } = constraint
    if (!constraint.isMet(values))
      results.push({ focus, shape, component, ...(isNested && !isCount ? { value: focus } : {}) })
    return false
  })
  for (const value of values) {
    for (const constraint of each) {
      if (constraint.of === 'property') {
        for (const inner of constraint.shapes)
          report(inner, value, walker, results, isNested || shape.path !== undefined)
      } else if (constraint.of === 'record') {
        for (const offence of constraint.find(focus))
          results.push({ focus, shape, component: constraint.component, ...offence })
      } else if (constraint.of === 'value' && !constraint.isMet(value)) {
        results.push({ focus, shape, component: constraint.component, value })
      }
    }
  }
}
