import { DirectoryStore } from './directory/directory-store.ts'
import { locateStore } from './directory/find-store.ts'
import type { Store } from './store.ts'

/**
 * Opens a store: the one in or above the working directory, or at a path (the folder that holds `.vampira`, or that
 * folder itself).
 *
 * @throws StoreError when there is none, or one of a format that this version does not know
 */
export async function openStore(location?: string, workingDirectory?: string): Promise<Store> {
  return DirectoryStore.open(await locateStore(location, workingDirectory))
}
