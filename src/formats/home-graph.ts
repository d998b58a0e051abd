import type { Quad } from '@rdfjs/types'
import { NAMESPACES, RDF } from '../rdf/vocabulary.ts'
import { graphIri } from '../rdf/run-names.ts'

/** The runs that a file is about, and those of which it has the summary. */
export interface RunsOfFile {
  runs: ReadonlySet<string>
  summarised: ReadonlySet<string>
}

/**
 * The graph to which the triples of a file belong that stand in no named graph. Where the file is about a run, that is
 * the run's record, or its summary if it says that it is one; where it is about several, the file itself. Undefined
 * where it is about none: the triples stay in the default graph.
 */
export function homeGraph({ runs, summarised }: RunsOfFile, file: string): string | undefined {
  const [run, ...others] = runs
  if (run === undefined) return undefined
  if (others.length > 0) return file
  return graphIri(run, summarised.size === 0 ? 'record' : 'summary')
}

export function runsIn(quads: readonly Quad[]): RunsOfFile {
  const summaries = [...instancesOf('Summary', quads)]
  return {
    runs: instancesOf('PipelineRun', quads),
    summarised: new Set(summaries.map((summary) => summary.replace(/#summary$/, ''))),
  }
}

function instancesOf(name: string, quads: readonly Quad[]): Set<string> {
  const isInstance = ({ predicate, object }: Quad) =>
    predicate.value === RDF.type && object.value === NAMESPACES.vam + name
  return new Set(quads.filter(isInstance).map(({ subject }) => subject.value))
}
