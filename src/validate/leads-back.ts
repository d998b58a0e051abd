import type { Term } from '@rdfjs/types'
import type { Store } from 'n3'
import { NAMESPACES } from '../rdf/vocabulary.ts'

const { prov, provone, rdf, vam } = NAMESPACES

/**
 * Answers the query of the shape data-flow#leads-back in time that grows with the record: which products does nothing
 * lead back from? Each `NOT EXISTS` of the query walks everything behind one product; here one walk starts at all that
 * a product may come from, and goes the way of the data.
 */
export function findUnsourced(record: Store, run: Term): Term[] {
  const reached = reachFromGrounds(record, run)
  const above = reachCallersOfReaders(record)
  return record
    .getSubjects(`${provone}wasPartOf`, run, null)
    .filter(({ value }) => !reached.has(value) && !above.has(value))
    .flatMap((generator) => record.getSubjects(`${prov}wasGeneratedBy`, generator, null))
    .filter((product) => isFile(record, product) && !has(record, product, `${prov}wasInvalidatedBy`))
}

/** Activities that may have got, through whatever lies between, something that needs no explanation. */
function reachFromGrounds(record: Store, run: Term): Set<string> {
  const commandLines = record.getObjects(run, `${vam}commandLine`, null).map(({ value }) => value)
  const waiting = [
    ...readers(record),
    ...gapped(record),
    ...generators(record),
    ...users(record, commandLines),
  ]
  const reached = new Set(waiting.map(({ value }) => value))
  for (let activity = waiting.pop(); activity !== undefined; activity = waiting.pop()) {
    const made = record.getSubjects(`${prov}wasGeneratedBy`, activity, null)
    const next = [
      ...record.getSubjects(`${vam}calledBy`, activity, null),
      ...made.flatMap((entity) => record.getSubjects(`${prov}used`, entity, null)),
      ...made.flatMap((entity) => record.getSubjects(`${vam}received`, entity, null)),
    ]
    for (const each of next) {
      if (reached.has(each.value)) continue
      reached.add(each.value)
      waiting.push(each)
    }
  }
  return reached
}

/** Activities that read a source, and those that called them, however far up. */
function reachCallersOfReaders(record: Store): Set<string> {
  const waiting: Term[] = readers(record)
  const reached = new Set(waiting.map(({ value }) => value))
  for (let activity = waiting.pop(); activity !== undefined; activity = waiting.pop()) {
    for (const caller of record.getObjects(activity, `${vam}calledBy`, null)) {
      if (reached.has(caller.value)) continue
      reached.add(caller.value)
      waiting.push(caller)
    }
  }
  return reached
}

function readers(record: Store): Term[] {
  const sources = record
    .getSubjects(`${rdf}type`, `${vam}FileVersion`, null)
    .filter((file) => !has(record, file, `${prov}wasGeneratedBy`))
  return sources.flatMap((source) => record.getSubjects(`${prov}used`, source, null))
}

function gapped(record: Store): Term[] {
  return record.getSubjects(`${vam}gap`, null, null)
}

function generators(record: Store): Term[] {
  return record
    .getSubjects(`${rdf}type`, `${vam}Generator`, null)
    .flatMap((maker) => [maker, ...record.getSubjects(`${prov}specializationOf`, maker, null)])
    .flatMap((plan) => record.getSubjects(`${prov}hadPlan`, plan, null))
    .flatMap((association) => record.getSubjects(`${prov}qualifiedAssociation`, association, null))
}

/** Activities that used a value which stands, quoted, in a command line. */
function users(record: Store, commandLines: readonly string[]): Term[] {
  if (commandLines.length === 0) return []
  return record
    .getObjects(null, `${prov}value`, null)
    .filter(({ value }) => commandLines.some((line) => line.includes(`"${value}"`)))
    .flatMap((literal) => record.getSubjects(`${prov}value`, literal, null))
    .flatMap((entity) => record.getSubjects(`${prov}used`, entity, null))
}

function isFile(record: Store, entity: Term): boolean {
  return record.countQuads(entity, `${rdf}type`, `${vam}FileVersion`, null) > 0
}

function has(record: Store, subject: Term, predicate: string): boolean {
  return record.countQuads(subject, predicate, null, null) > 0
}
