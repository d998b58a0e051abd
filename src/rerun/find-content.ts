import { createHash } from 'node:crypto'
import { execFile } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { keepingOf } from '../open/kept-content.ts'
import { keptPlaces } from '../kept-places.ts'
import type { PlacedFile } from './layout.ts'

/** Where the bytes of a file are found. */
export type FoundContent = { in: 'store' | 'place'; path: string } | { in: 'repository'; bytes: Buffer }

/** Why they are not. */
export type NotFound = 'without secrets' | 'changed' | 'gone'

/**
 * The bytes that a file had when it was read: in the store, where it lay if it still is what it was, or in the history
 * of its repository.
 * @param contents folder of the contents that the store keeps
 */
export async function findContent(
  file: PlacedFile,
  contents: string,
  commit?: string,
): Promise<FoundContent | NotFound> {
  const keeping = keepingOf(contents, file.sha256)
  if (keeping === 'whole') return { in: 'store', path: keptPlaces(contents, file.sha256).whole }
  const digest = await digestOf(file.was)
  if (digest === file.sha256) return { in: 'place', path: file.was }
  if (file.role === 'source' && commit !== undefined) {
    const bytes = await readCommitted(file, commit)
    if (bytes !== undefined) return { in: 'repository', bytes }
  }
  if (keeping === 'redacted') return 'without secrets'
  return digest === undefined ? 'gone' : 'changed'
}

/** SHA-256 of a file in hexadecimal; undefined where there is none that can be read. */
export async function digestOf(path: string): Promise<string | undefined> {
  try {
    if (!(await stat(path)).isFile()) return undefined
    const hash = createHash('sha256')
    await pipeline(createReadStream(path), hash)
    return hash.digest('hex')
  } catch {
    return undefined
  }
}

async function readCommitted({ was, path, sha256 }: PlacedFile, commit: string): Promise<Buffer | undefined> {
  try {
    const folder = was.slice(0, -path.length)
    const { stdout } = await promisify(execFile)('git', ['-C', folder, 'show', `${commit}:./${path}`], {
      encoding: 'buffer',
      maxBuffer: 64 << 20,
    })
    return createHash('sha256').update(stdout).digest('hex') === sha256 ? stdout : undefined
  } catch {
    // No repository there, no git, or no such commit in it.
    return undefined
  }
}
