/** The first digits of a run's IRI: as many as tell runs apart, and what commands take for a run. */
export function shortRun(iri: string): string {
  return iri.replace(/^urn:uuid:/, '').slice(0, 13)
}
