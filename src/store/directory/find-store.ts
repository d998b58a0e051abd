import { stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { StoreError, UsageError } from '../../errors.ts'

export const STORE_FOLDER = '.vampira'

/**
 * The `.vampira` folder that people mean: the one in or above the working directory, or the one at a path (the folder
 * that holds `.vampira`, or that folder itself).
 * @throws StoreError when there is none
 * @throws UsageError for a URL
 */
export async function locateStore(
  location: string | undefined,
  workingDirectory = process.cwd(),
): Promise<string> {
  if (location === undefined) {
    const folder = await findStoreFolder(workingDirectory)
    if (folder !== undefined) return folder
    throw new StoreError(`There is no store in ${workingDirectory} or any folder above it`, {
      place: { file: workingDirectory },
      advice: 'Make one with `vampira init`, or say where it is with --store.',
    })
  }
  if (/^https?:/i.test(location)) {
    throw new UsageError(`${location} is a server, and runs are kept in a folder`, {
      advice: 'Ask a server with `vampira query --source`, and send runs to it with `vampira push`.',
    })
  }
  const path = resolve(workingDirectory, location)
  for (const folder of [join(path, STORE_FOLDER), path]) if (await isStoreFolder(folder)) return folder
  throw new StoreError(`There is no store at ${path}`, {
    place: { file: path },
    advice: `Make one with \`vampira init\` in that folder, or check the path.`,
  })
}

/** The `.vampira` folder of a directory or of the nearest one above it, as git finds its repository. */
export async function findStoreFolder(directory: string): Promise<string | undefined> {
  for (let at = resolve(directory); ; at = dirname(at)) {
    if (await isStoreFolder(join(at, STORE_FOLDER))) return join(at, STORE_FOLDER)
    if (at === dirname(at)) return undefined
  }
}

async function isStoreFolder(folder: string): Promise<boolean> {
  try {
    return (await stat(join(folder, 'format'))).isFile()
  } catch {
    return false
  }
}
