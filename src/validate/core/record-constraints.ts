import { createHash } from 'node:crypto'
import type { Term } from '@rdfjs/types'
import type { Store } from 'n3'
import { NAMESPACES } from '../../rdf/vocabulary.ts'
import { findUnsourced } from '../leads-back.ts'
import type { RecordSteps } from '../record-steps.ts'
import { readConstraint } from '../sparql-constraint.ts'

const { dcterms, prov, provone, schema, vam } = NAMESPACES

/** A value that offends, with what the query would have bound to ?name. */
interface Found {
  value: number
  name?: string
}

/** Answers the query of a shape for one run, in one walk over the record. */
type RecordConstraint = (record: RecordSteps, run: number) => Iterable<Found>

/**
 * By the SHA-256 of the query that is answered: a shape may say the same under any name, and something else under the name
 * of one of ours.
 */
const recordConstraints = new Map<string, RecordConstraint>([
  ['d978c6d13c4017425cf34b2641bfccb9794c74f22ca4d6382331135f010a944b', findProducts],
  ['dd79011764b11952b91473dba9e90bd6f7018b1ce25e04e3fe014f57f7711e94', findParametersOfCalls],
  ['fabf01bcb14275ab2ee73c489792b221cb19f7184d31a5d4cb8e5004a114328b', findParametersOfGroups],
])

/** How a query is answered without asking it; undefined: it has to be asked. */
export function findRecordConstraint(shapes: Store, constraint: Term): RecordConstraint | undefined {
  const query = readConstraint(shapes, constraint).bind('urn:vampira:focus')
  return recordConstraints.get(createHash('sha256').update(query).digest('hex'))
}

function findProducts(record: RecordSteps, run: number): Found[] {
  return findUnsourced(record, run).map((value) => ({ value }))
}

/**
 * Calls of a plan with a parameter that none of their usages has, with a value or the word that it is redacted. Options of
 * the command line are left out.
 */
function* findParametersOfCalls(record: RecordSteps, run: number): Generator<Found> {
  for (const { call, parameter } of parametersOf(record, run, `${vam}Call`)) {
    if (record.isOf(parameter, `${vam}Option`)) continue
    const isGiven = record
      .objects(call, `${prov}qualifiedUsage`)
      .some(
        (usage) =>
          record.objects(usage, `${prov}hadRole`).includes(parameter) &&
          (record.has(usage, `${prov}entity`) || record.has(usage, `${vam}redacted`)),
      )
    if (!isGiven) yield* named(record, call, parameter)
  }
}

/**
 * Groups of calls with a parameter of which no setting says anything, nor of a field of what it takes, unless it takes
 * objects, which have no value.
 */
function* findParametersOfGroups(record: RecordSteps, run: number): Generator<Found> {
  const takesObjects = new Map<number, boolean>()
  for (const { call, parameter } of parametersOf(record, run, `${vam}CallGroup`)) {
    const isGiven = record
      .objects(call, `${vam}setting`)
      .some(
        (setting) =>
          record
            .objects(setting, `${vam}parameter`)
            .some(
              (each) => each === parameter || record.objects(each, `${dcterms}isPartOf`).includes(parameter),
            ) &&
          [`${prov}value`, `${vam}histogram`, `${vam}redacted`].some((fact) => record.has(setting, fact)),
      )
    if (isGiven) continue
    if (!takesObjects.has(parameter)) takesObjects.set(parameter, isOfObjects(record, parameter))
    if (takesObjects.get(parameter) === true) continue
    yield* named(record, call, parameter)
  }
}

function named(record: RecordSteps, value: number, parameter: number): Found[] {
  const names = record.objects(parameter, `${schema}name`).map((name) => record.text(name))
  return names.length === 0 ? [{ value }] : names.map((name = '') => ({ value, name }))
}

function isOfObjects(record: RecordSteps, parameter: number): boolean {
  return record
    .subjects(`${prov}hadRole`, parameter)
    .some((usage) =>
      record.objects(usage, `${prov}entity`).some((object) => !record.has(object, `${prov}value`)),
    )
}

function* parametersOf(record: RecordSteps, run: number, type: string) {
  for (const call of record.subjects(`${provone}wasPartOf`, run)) {
    if (!record.isOf(call, type)) continue
    for (const association of record.objects(call, `${prov}qualifiedAssociation`))
      for (const plan of record.objects(association, `${prov}hadPlan`))
        for (const parameter of record.objects(plan, `${provone}hasInPort`)) yield { call, parameter }
  }
}
