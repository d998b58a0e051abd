/** The RFC 6920 name of some bytes, given their SHA-256. */
export function digestIri(sha256: Buffer): string {
  return `ni:///sha-256;${sha256.toString('base64url')}`
}
