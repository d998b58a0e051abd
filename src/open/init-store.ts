import { mkdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { UsageError } from '../errors.ts'
import { DEFAULT_BASE } from '../rdf/run-names.ts'
import { placesIn } from '../recorder/workplace.ts'
import { DirectoryStore } from '../store/directory/directory-store.ts'
import { STORE_FOLDER } from '../store/directory/find-store.ts'
import { writeOnce } from '../store/durable.ts'
import { storeError } from '../store/store-error.ts'
import type { Store } from '../store/store.ts'
import { settingsText } from './settings-text.ts'
import { isBase, readSettings, SETTINGS_FILE } from './settings.ts'

/**
 * Makes a `.vampira` folder, with its settings, the folders for recording and an empty store. What is there stays.
 * @param options.base what names begin with
 * @throws UsageError when the folder is there and has another base
 * @throws StoreError when it cannot be written
 */
export async function initStore(directory: string, options: { base?: string } = {}): Promise<Store> {
  const { base } = options
  if (base !== undefined && !isBase(base)) {
    throw new UsageError(`‹${base}› cannot be a base: it must be an absolute IRI that ends in : / or #`, {
      advice: 'Write for example --base https://example.org/provenance/',
    })
  }
  const folder = join(resolve(directory), STORE_FOLDER)
  const file = join(folder, SETTINGS_FILE)
  const { journals, digests } = placesIn(folder)
  try {
    for (const each of [journals, dirname(digests)]) await mkdir(each, { recursive: true })
    await writeOnce(file, settingsText(base ?? DEFAULT_BASE))
  } catch (error) {
    throw storeError('make a store', folder, error)
  }
  // Last, since a folder counts as a store once this is done.
  const store = await DirectoryStore.create(folder)
  const found = await readSettings(folder)
  if (base !== undefined && found.base !== base) {
    throw new UsageError(`The store has the base ${found.base} already`, {
      place: { file },
      advice: 'Names that were given stay as they are; edit the file to give new runs another base.',
    })
  }
  return store
}
