import { createHash } from 'node:crypto'
import type { Bytes } from '../describers/describer.ts'
import type { StatisticsTime } from '../describers/statistics-time.ts'
import { describeFile } from './describe-file.ts'
import type { DigestCache, KnownContent } from './digest-cache.ts'
import { openForHash, readBeginning } from './open-for-hash.ts'
import type { OpenedFile } from './open-for-hash.ts'
import { isSame, statOf } from '../stat.ts'
import { toPath } from '../../journal/journal-text.ts'
import type { JournalText, Stat } from '../../journal/line.ts'

/** What became of hashing a file: its state and what it holds, or why that is not known. */
export type Hashed =
  | { stat: Stat; because?: never; format?: string; describer?: string; facts?: Record<string, unknown> }
  | { stat: Stat; because: string }

export interface HashOptions {
  cache?: DigestCache | undefined
  /** Wall clock, nanoseconds. */
  now(): bigint
  /** For what is found in the files, all together. */
  time?: StatisticsTime | undefined
  /** Called with the number of bytes, each time some were read. */
  progress?: ((bytes: number) => void) | undefined
}

const chunk = 1 << 20
/** Buffers to read into that nobody uses: a new one for every file would be a megabyte of garbage each. */
const spare: Buffer[] = []

/**
 * SHA-256 of all of a regular file's bytes, and what a describer finds in them. With `seen` the file must be what an
 * event saw, before and after reading; otherwise there is no digest, since nobody knows which bytes the program got.
 */
export async function hashFile(
  path: JournalText,
  seen: Stat | undefined,
  options: HashOptions,
): Promise<Hashed> {
  let file: OpenedFile | undefined
  let before = seen
  try {
    file = await openForHash(toPath(path), seen)
    const began = options.now()
    const stats = await file.stat()
    const now = statOf(stats)
    before ??= now
    if (!stats.isFile()) return { stat: before, because: 'not a regular file' }
    if (!isSame(before, now)) return { stat: before, because: 'changed after' }
    let known = options.cache?.find(stats)
    if (known === undefined) {
      known = await readContent(file, path, now.size, options)
      const after = await file.stat()
      if (!isSame(now, statOf(after))) return { stat: before, because: 'changed while it was read' }
      options.cache?.remember(after, began, known)
    }
    const { sha256, ...description }: KnownContent = known
    return { stat: { ...now, sha256 }, ...description }
  } catch (error) {
    return { stat: before ?? { size: 0, modified: '0' }, because: reason(error) }
  } finally {
    await file?.close()
  }
}

/** The bytes of most files are read once. Those of others are many, or it is not known how many. */
async function readContent(
  file: OpenedFile,
  path: JournalText,
  size: number,
  { progress, time }: HashOptions,
): Promise<KnownContent> {
  if (size === 0 || size > chunk) {
    return { sha256: await digest(file, progress), ...(await describeFile(file, path, size, time)) }
  }
  const buffer = spare.pop() ?? Buffer.allocUnsafeSlow(chunk)
  try {
    const length = await readBeginning(file, buffer, size)
    progress?.(length)
    const bytes = buffer.subarray(0, length)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return { sha256, ...(await describeFile(inMemory(bytes), path, length, time)) }
  } finally {
    spare.push(buffer)
  }
}

function inMemory(bytes: Buffer): Bytes {
  return {
    read: async (buffer, offset, length, position) => ({
      bytesRead: bytes.copy(buffer, offset, position, position + length),
    }),
  }
}

async function digest(file: OpenedFile, progress?: (bytes: number) => void): Promise<string> {
  const hash = createHash('sha256')
  const buffer = spare.pop() ?? Buffer.allocUnsafeSlow(chunk)
  try {
    for (let position = 0; ;) {
      const { bytesRead } = await file.read(buffer, 0, chunk, position)
      if (bytesRead === 0) return hash.digest('hex')
      hash.update(buffer.subarray(0, bytesRead))
      position += bytesRead
      progress?.(bytesRead)
    }
  } finally {
    spare.push(buffer)
  }
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'gone before it could be read'
  if (code === 'EACCES' || code === 'EPERM') return 'not allowed to read it'
  return `could not be read (${code ?? message})`
}
