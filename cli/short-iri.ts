/** What is left of an IRI for people who know the record: a term's own name, the first letters of a digest. */
export function shortIri(text: string): string {
  const term = /^https:\/\/w3id\.org\/vampira#(.+)$/.exec(text)?.[1]
  return term ?? /^ni:\/\/\/sha-256;(.{8})/.exec(text)?.[1] ?? text
}
