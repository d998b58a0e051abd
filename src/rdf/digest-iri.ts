/** The RFC 6920 name of some bytes, given their SHA-256. */
export function digestIri(sha256: Buffer): string {
  return `ni:///sha-256;${sha256.toString('base64url')}`
}

/** The SHA-256 in such a name, in hexadecimal; undefined for another IRI. */
export function sha256Of(iri: string): string | undefined {
  const [, digest] = /^ni:\/\/\/sha-256;(.+)$/.exec(iri) ?? []
  return digest === undefined ? undefined : Buffer.from(digest, 'base64url').toString('hex')
}
