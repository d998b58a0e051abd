import type { Operator, Process } from '../record/run.ts'
import type { Bundle } from './bundle.ts'
import { writePackage } from './write-component.ts'
import { stringLiteral } from '../rdf/literals.ts'
import { agentIri } from './names.ts'
import { KINDS } from '../rdf/vocabulary.ts'

/** The person who ran it. Returns the person's token. */
export function writeOperator(bundle: Bundle, operator: Operator): string {
  const token = bundle.token(agentIri(bundle.base, operator))
  if (bundle.once(token)) {
    bundle.sink.begin(token, KINDS.person)
    bundle.sink.add('rdfs:label', stringLiteral(`${operator.login} on host ${operator.hostHash}`))
    bundle.sink.end()
  }
  return token
}

/** A process, acting for the person. */
export function writeProcess(bundle: Bundle, process: Process, operator: string): void {
  const owner = process.package && writePackage(bundle, process.package)
  bundle.sink.begin(`run:process-${process.n}`, KINDS.process)
  bundle.sink.add('rdfs:label', stringLiteral(process.label))
  bundle.sink.add('prov:actedOnBehalfOf', operator)
  bundle.maybe('vam:package', owner, String)
  bundle.sink.end()
}

/** A program that had a part in the making of the record itself. Returns its token. */
export function writeSoftware(bundle: Bundle, iri: string, version: string): string {
  const token = bundle.token(iri)
  if (bundle.once(token)) {
    bundle.sink.begin(token, KINDS.software)
    bundle.sink.add('schema:softwareVersion', stringLiteral(version))
    bundle.sink.end()
  }
  return token
}
