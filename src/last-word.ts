/** `std` of `survey.smooth.std` or of `urn:vampira:parameter:project/survey.smooth.std`. */
export function lastWord(name: string): string {
  return name.replace(/^.*[./:]/, '')
}

/** The name of a metric, with which its IRI ends. */
export function metricName(iri: string): string {
  return iri.replace(/^.*[/:#]/, '')
}
