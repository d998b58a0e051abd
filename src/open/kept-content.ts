import { readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { storeError } from '../store/store-error.ts'

/** How a content lies in a store: whole, without the secrets that were in it, or not at all. */
export type Keeping = 'whole' | 'redacted' | 'not kept'

/** @param contents folder of the contents that are kept. @param sha256 hexadecimal */
export function keepingOf(contents: string, sha256: string): Keeping {
  const place = placeOf(contents, sha256)
  if (existsSync(place)) return 'whole'
  return existsSync(`${place}.redacted`) ? 'redacted' : 'not kept'
}

/**
 * The bytes of a content that is kept.
 * @throws StoreError when they cannot be read
 */
export async function readKept(contents: string, sha256: string): Promise<Buffer> {
  const place = placeOf(contents, sha256)
  const path = existsSync(place) ? place : `${place}.redacted`
  try {
    return await readFile(path)
  } catch (error) {
    throw storeError('read the content', path, error)
  }
}

function placeOf(contents: string, sha256: string): string {
  return join(contents, sha256.slice(0, 2), sha256)
}
