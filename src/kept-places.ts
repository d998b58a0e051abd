import { join } from 'node:path'

/**
 * Where a content lies in the folder of those that are kept: whole, or without the secrets that were in it.
 * @param sha256 hexadecimal
 */
export function keptPlaces(contents: string, sha256: string): { whole: string; redacted: string } {
  const whole = join(contents, sha256.slice(0, 2), sha256)
  return { whole, redacted: `${whole}.redacted` }
}
