import type { Store } from 'n3'
import { NAMESPACES } from '../rdf/vocabulary.ts'

const { prov, provone, rdf, vam } = NAMESPACES

/** Requirements about which a summary holds as much as the record. */
export const askedOfSummary: ReadonlySet<string> = new Set([
  'pipelines',
  'pipeline-runs',
  'resource-consumption',
  'quality-metrics',
  'records-of-same-pipeline',
  'records-of-other-pipelines',
])

/** Adds to a summary what the shapes of these requirements look for in a record: the run's plan, and groups of calls. */
export async function readAsRecord(summary: Store): Promise<void> {
  const { DataFactory } = await import('n3')
  const { namedNode } = DataFactory
  for (const { subject: run, object: version } of summary.getQuads(
    null,
    `${vam}pipelineVersion`,
    null,
    null,
  )) {
    const association = namedNode(`${run.value}#association`)
    summary.addQuad(run, namedNode(`${prov}qualifiedAssociation`), association)
    summary.addQuad(association, namedNode(`${prov}hadPlan`), version)
  }
  for (const component of summary.getSubjects(`${rdf}type`, `${vam}ComponentSummary`, null)) {
    summary.addQuad(component, namedNode(`${rdf}type`), namedNode(`${vam}CallGroup`))
    // It has no time of its own: its calls began when the run did, or later.
    for (const run of summary.getObjects(component, `${provone}wasPartOf`, null))
      for (const start of summary.getObjects(run, `${prov}startedAtTime`, null))
        summary.addQuad(component, namedNode(`${prov}startedAtTime`), start)
  }
}
