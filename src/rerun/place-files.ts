import { constants } from 'node:fs'
import { chmod, copyFile, mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { UsageError } from '../errors.ts'
import { storeError } from '../store/store-error.ts'
import { moved } from './layout.ts'
import type { Moves } from './layout.ts'
import type { RerunPlan } from './plan-rerun.ts'

/** @throws UsageError for a folder that has something in it */
export async function refuseFilled(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new UsageError(`Cannot use ${folder} for a rerun: it is not a folder that can be read`, {
      cause: error,
    })
  })
  if (entries.length === 0) return
  throw new UsageError(`Cannot use ${folder} for a rerun: it is not empty`, {
    advice: 'Give a folder that is empty or not there yet',
  })
}

/**
 * Puts the files that a run needs into a fresh folder. They are copies: what the program does to them is done to nobody
 * else's.
 * @throws StoreError when they cannot be written
 */
export async function placeFiles(plan: RerunPlan, moves: Moves): Promise<void> {
  const { needs, found, made, makesFolders } = plan
  try {
    for (const [file, content] of found) {
      const path = moved(file.was, moves)
      if (path === file.was) continue
      await mkdir(dirname(path), { recursive: true })
      if (content.in === 'repository') await writeFile(path, content.bytes)
      else {
        await copyFile(content.path, path, constants.COPYFILE_FICLONE)
        // What the store keeps is for its owner alone, and a script may have to be executable.
        const mode = await stat(file.was).then(
          (stats) => stats.mode & 0o777,
          () => 0o755,
        )
        await chmod(path, mode | 0o600)
      }
    }
    await mkdir(moved(needs.directory, moves), { recursive: true })
    // A program that makes its folders may fail where they are there; another one fails where they are not.
    if (!makesFolders)
      for (const { was } of made) {
        const path = moved(was, moves)
        if (path !== was) await mkdir(dirname(path), { recursive: true })
      }
  } catch (error) {
    throw storeError('put the files of the run into', moves.at(-1)?.[1] ?? '', error)
  }
}
