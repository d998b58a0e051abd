/*
 * Names of runs and of their graphs. They are apart from the other names, which need a package, so that listing runs
 * loads little.
 */

/** Base of the names that people give, unless a store says otherwise. */
export const DEFAULT_BASE = 'urn:vampira:'

export function runIri(id: string): string {
  return `urn:uuid:${id}`
}

/** IRI of one of a run's two graphs, each a PROV bundle. */
export function graphIri(run: string, part: 'record' | 'summary'): string {
  return `${run}#${part}`
}
