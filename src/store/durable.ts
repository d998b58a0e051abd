import { link, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { randomBytes } from 'node:crypto'
import { hasCode } from './store-error.ts'

/** Makes sure that what was renamed into a folder outlives a power cut. Does nothing where a system cannot sync folders. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (!hasCode(error, 'EISDIR', 'EPERM', 'EINVAL', 'EACCES')) throw error
  }
}

/** Replaces a file so that readers see the old or the new text, never a part. */
export async function replaceFile(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`
  try {
    const handle = await open(draft, 'wx')
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  await syncFolder(dirname(file))
}

/** Makes a file that is whole when it is seen. @returns false where there is one of this name, which stays as it is */
export async function createFile(file: string, text: string): Promise<boolean> {
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`
  try {
    await replaceFile(draft, text)
    await link(draft, file)
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
  await syncFolder(dirname(file))
  return true
}

/** Writes a file unless it is there, so that whoever comes second changes nothing. */
export async function writeOnce(file: string, text: string): Promise<void> {
  try {
    await stat(file)
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
    await replaceFile(file, text)
  }
}
