import type { Quad, Term } from '@rdfjs/types'
import type { Store } from 'n3'
import type { TripleTable } from '../../rdf/triple-table.ts'
import { NAMESPACES, RDF } from '../../rdf/vocabulary.ts'
import { RecordSteps } from '../record-steps.ts'
import { SH } from '../shacl-terms.ts'
import { withSubclasses } from './value-test.ts'

const { rdfs } = NAMESPACES

/** The shapes that say which nodes they are asked about, in the order in which they are asked. */
export function shapesWithTargets(shapes: Store): Term[] {
  const named = ['targetClass', 'targetNode', 'targetObjectsOf', 'targetSubjectsOf'].flatMap((name) =>
    shapes.getQuads(null, `${SH}${name}`, null, null),
  )
  // A shape that is a class is asked about what is of that class.
  const classes = shapes.getQuads(null, RDF.type, `${rdfs}Class`, null)
  const found = new Map(
    [...named, ...classes.filter(({ subject }) => isNodeShape(shapes, subject))].map(({ subject }) => [
      `${subject.termType} ${subject.value}`,
      subject,
    ]),
  )
  return [...found.values()]
}

/** The nodes of a record that a shape is asked about, by number, each once. A node that it names need not be there. */
export function targetsOf(shapes: Store, shape: Term, table: TripleTable): number[] {
  const values = (name: string): Term[] => shapes.getObjects(shape as Quad['subject'], `${SH}${name}`, null)
  const number = (term: Term): number => table.terms.numberOf(term) ?? -1
  const record = new RecordSteps(table)
  const found = new Set<number>()
  const classes = [...(isNodeShape(shapes, shape) ? [shape] : []), ...values('targetClass')]
  for (const each of classes.flatMap((top) => withSubclasses(shapes, top)))
    for (const instance of record.subjects(RDF.type, number(each))) found.add(instance)
  for (const each of values('targetNode')) found.add(table.terms.add(each))
  for (const each of values('targetObjectsOf'))
    for (const subject of table.subjectsOf(number(each)))
      for (const object of record.objects(subject, each.value)) found.add(object)
  for (const each of values('targetSubjectsOf'))
    for (const subject of table.subjectsOf(number(each))) found.add(subject)
  return [...found]
}

function isNodeShape(shapes: Store, shape: Term): boolean {
  return shapes.countQuads(shape as Quad['subject'], RDF.type, `${SH}NodeShape`, null) > 0
}
