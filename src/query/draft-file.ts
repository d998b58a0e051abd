import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

/** A file that nobody sees before it is whole. One of the two is to be called. */
export interface DraftFile {
  file: FileHandle
  /** Makes it visible in place of the one before, once all of it is on the disk. */
  publish(): Promise<void>
  abandon(): Promise<void>
}

/** Milliseconds after which an unfinished file is that of a process that died. */
const abandonedAfter = 3_600_000

/** @throws Error of the file system */
export async function openDraft(folder: string, name: string): Promise<DraftFile> {
  await mkdir(folder, { recursive: true })
  await removeAbandoned(folder)
  const draft = join(folder, `${name}.${randomUUID()}.draft`)
  const file = await open(draft, 'wx')
  const abandon = async () => {
    await file.close()
    await rm(draft, { force: true })
  }
  const publish = async () => {
    try {
      await file.sync()
      await rename(draft, join(folder, name))
    } finally {
      await abandon()
    }
  }
  return { file, publish, abandon }
}

/** What a process that died has left of such a file. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.draft')) continue
    const path = join(folder, name)
    const { mtimeMs } = await stat(path)
    if (Date.now() - mtimeMs > abandonedAfter) await rm(path, { force: true })
  }
}
