import { NAMESPACES } from '../rdf/vocabulary.ts'
import type { RecordSteps } from './record-steps.ts'

const { prov, provone, vam } = NAMESPACES

/**
 * Answers the query of the shape data-flow#leads-back in time that grows with the record: which products does nothing
 * lead back from? Each `NOT EXISTS` of the query walks everything behind one product; here one walk starts at all that
 * a product may come from, and goes the way of the data.
 */
export function findUnsourced(record: RecordSteps, run: number): number[] {
  const reached = reachFromGrounds(record, run)
  const above = reachCallersOfReaders(record)
  const calls = record.subjects(`${provone}wasPartOf`, run)
  return productsOf(
    record,
    calls.filter((call) => !reached.has(call) && !above.has(call)),
  )
}

/** The files that calls made and that nothing replaced or removed. */
export function productsOf(record: RecordSteps, calls: readonly number[]): number[] {
  return calls
    .flatMap((call) => record.subjects(`${prov}wasGeneratedBy`, call))
    .filter((made) => record.isOf(made, `${vam}FileVersion`) && !record.has(made, `${prov}wasInvalidatedBy`))
}

/** Activities that may have got, through whatever lies between, something that needs no explanation. */
function reachFromGrounds(record: RecordSteps, run: number): Set<number> {
  const grounds = [readers(record), gapped(record), generators(record), users(record, run)]
  return reach(grounds.flat(), (activity) => {
    const next = record.subjects(`${vam}calledBy`, activity)
    for (const made of record.subjects(`${prov}wasGeneratedBy`, activity))
      for (const name of [`${prov}used`, `${vam}received`])
        for (const call of record.subjects(name, made)) next.push(call)
    return next
  })
}

/** Activities that read a source, and those that called them, however far up. */
function reachCallersOfReaders(record: RecordSteps): Set<number> {
  return reach(readers(record), (activity) => record.objects(activity, `${vam}calledBy`))
}

function reach(from: readonly number[], next: (activity: number) => readonly number[]): Set<number> {
  const reached = new Set(from)
  // What is added to a set while it is iterated comes up as well.
  for (const activity of reached) for (const each of next(activity)) reached.add(each)
  return reached
}

function readers(record: RecordSteps): number[] {
  return record
    .ofClass(`${vam}FileVersion`)
    .filter((file) => !record.has(file, `${prov}wasGeneratedBy`))
    .flatMap((source) => record.subjects(`${prov}used`, source))
}

function gapped(record: RecordSteps): number[] {
  return [...record.table.subjectsOf(record.number(`${vam}gap`))]
}

function generators(record: RecordSteps): number[] {
  return record
    .ofClass(`${vam}Generator`)
    .flatMap((maker) => [maker, ...record.subjects(`${prov}specializationOf`, maker)])
    .flatMap((plan) => record.subjects(`${prov}hadPlan`, plan))
    .flatMap((association) => record.subjects(`${prov}qualifiedAssociation`, association))
}

/** Activities that used a value which stands, quoted, in a command line of the run. */
function users(record: RecordSteps, run: number): number[] {
  const lines = record.objects(run, `${vam}commandLine`).map((line) => record.text(line) ?? '')
  if (lines.length === 0) return []
  const isArgument = new Map<number, boolean>()
  const users: number[] = []
  for (const entity of record.table.subjectsOf(record.number(`${prov}value`))) {
    for (const value of record.objects(entity, `${prov}value`)) {
      let found = isArgument.get(value)
      if (found === undefined)
        isArgument.set(value, (found = lines.some((line) => line.includes(`"${record.text(value)}"`))))
      if (found) for (const user of record.subjects(`${prov}used`, entity)) users.push(user)
    }
  }
  return users
}
