import type { Term } from '@rdfjs/types'
import type { Store } from 'n3'
import { SH } from '../../src/validate/shacl-terms.ts'

const constraints = [
  'minCount',
  'maxCount',
  'minInclusive',
  'in',
  'class',
  'datatype',
  'node',
  'or',
  'not',
  'sparql',
  'qualifiedMinCount',
  'qualifiedMaxCount',
]

/** The named shapes that have a constraint of their own and say how severe it is. */
export function reportingShapes(shapes: Store): Term[] {
  const constrained = constraints.flatMap((name) => shapes.getSubjects(`${SH}${name}`, null, null))
  const named = new Map(
    constrained
      .filter(
        (shape) =>
          shape.termType === 'NamedNode' && shapes.countQuads(shape, `${SH}severity`, null, null) > 0,
      )
      .map((shape) => [shape.value, shape]),
  )
  return [...named.values()]
}
