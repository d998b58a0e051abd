import type { Quad } from '@rdfjs/types'
import { NAMESPACES, RDF } from '../rdf/vocabulary.ts'
import { graphIri } from '../rdf/run-names.ts'

/**
 * The graph to which the triples of a file belong that stand in no named graph: the record of the run that the file is
 * about, or its summary if it says that it is one. Undefined if it is about no run or about several.
 */
export function homeGraph(quads: readonly Quad[]): string | undefined {
  const [run, ...others] = instancesOf('PipelineRun', quads)
  if (run === undefined || others.length > 0) return undefined
  return graphIri(run, instancesOf('Summary', quads).size === 0 ? 'record' : 'summary')
}

function instancesOf(name: string, quads: readonly Quad[]): Set<string> {
  const isInstance = ({ predicate, object }: Quad) =>
    predicate.value === RDF.type && object.value === NAMESPACES.vam + name
  return new Set(quads.filter(isInstance).map(({ subject }) => subject.value))
}
