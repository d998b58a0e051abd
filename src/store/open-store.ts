import { join, resolve } from 'node:path'
import { StoreError, UsageError } from '../errors.ts'
import { DirectoryStore, findStoreFolder, isStoreFolder, STORE_FOLDER } from './directory/directory-store.ts'

/**
 * Opens a store: the one in or above the working directory, or at a path (the folder that holds `.vampira`, or that
 * folder itself).
 *
 * @throws StoreError when there is none, or one of a format that this version does not know
 */
export async function openStore(
  location?: string,
  workingDirectory = process.cwd(),
): Promise<DirectoryStore> {
  if (location === undefined) {
    const folder = await findStoreFolder(workingDirectory)
    if (folder === undefined) {
      throw new StoreError(`There is no store in ${workingDirectory} or any folder above it`, {
        place: { file: workingDirectory },
        advice: 'Make one with `vampira init`, or say where it is with --store.',
      })
    }
    return DirectoryStore.open(folder)
  }
  if (/^https?:/i.test(location)) {
    throw new UsageError(`${location} is a server, and runs are kept in a folder`, {
      advice: 'Ask a server with `vampira query --source`, and send runs to it with `vampira push`.',
    })
  }
  const path = resolve(workingDirectory, location)
  for (const folder of [join(path, STORE_FOLDER), path]) {
    if (await isStoreFolder(folder)) return DirectoryStore.open(folder)
  }
  throw new StoreError(`There is no store at ${path}`, {
    place: { file: path },
    advice: `Make one with \`vampira init\` in that folder, or check the path.`,
  })
}
