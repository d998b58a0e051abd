import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { StoreError } from '../../errors.ts'
import { hasCode, storeError } from '../store-error.ts'

/**
 * What `sha256sum -c` reads. It stands beside the files of a run, and not in the index of runs: that is made anew from
 * the files themselves, damaged as they may be.
 */
export const DIGESTS_NAME = 'SHA256SUMS'

/** @param digests of files in one folder: their names, and the hexadecimal SHA-256 of their bytes */
export function formatDigests(digests: readonly (readonly [name: string, sha256: string])[]): string {
  return digests.map(([name, sha256]) => `${sha256}  ${name}\n`).join('')
}

/**
 * @param sha256 of the bytes that were read, hexadecimal
 * @throws StoreError where the file is not what was stored. Runs of before there were digests have none to compare with.
 */
export async function checkDigest(file: string, sha256: string): Promise<void> {
  const list = join(dirname(file), DIGESTS_NAME)
  let text: string
  try {
    text = await readFile(list, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return
    throw storeError('read the digests of a run', list, error)
  }
  const line = text.split('\n').find((each) => each.endsWith(`  ${basename(file)}`))
  if (line === undefined || line.startsWith(`${sha256} `)) return
  throw new StoreError(
    `A stored file was changed or damaged: its SHA-256 is not the one in ${DIGESTS_NAME}`,
    {
      place: { file },
      advice:
        'Restore it from a copy, or move its folder out of the store; other runs are not affected. If it was edited on ' +
        `purpose, remove ${DIGESTS_NAME} beside it.`,
    },
  )
}
