import { readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { keptPlaces } from '../kept-places.ts'
import { storeError } from '../store/store-error.ts'

/** How a content lies in a store: whole, without the secrets that were in it, or not at all. */
export type Keeping = 'whole' | 'redacted' | 'not kept'

/** @param contents folder of the contents that are kept. @param sha256 hexadecimal */
export function keepingOf(contents: string, sha256: string): Keeping {
  const { whole, redacted } = keptPlaces(contents, sha256)
  if (existsSync(whole)) return 'whole'
  return existsSync(redacted) ? 'redacted' : 'not kept'
}

/**
 * The bytes of a content that is kept.
 * @throws StoreError when they cannot be read
 */
export async function readKept(contents: string, sha256: string): Promise<Buffer> {
  const { whole, redacted } = keptPlaces(contents, sha256)
  const path = existsSync(whole) ? whole : redacted
  try {
    return await readFile(path)
  } catch (error) {
    throw storeError('read the content', path, error)
  }
}
