import { workplaceIn } from '../recorder/workplace.ts'
import type { Workplace } from '../recorder/workplace.ts'
import { locateStore } from '../store/directory/find-store.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { readSettings } from './settings.ts'
import type { Settings } from './settings.ts'

/** What a `.vampira` folder holds: where runs are recorded, the store that keeps them, and what the user has set. */
export interface OpenedWorkplace {
  workplace: Workplace
  store: Store
  settings: Settings
}

/**
 * Opens the `.vampira` folder in or above the working directory, or at a path.
 * @throws StoreError when there is none, or its format is not known
 * @throws UsageError when its settings are wrong, with file and line
 */
export async function openWorkplace(location?: string, workingDirectory?: string): Promise<OpenedWorkplace> {
  const folder = await locateStore(location, workingDirectory)
  const store = await openStore(folder)
  const settings = await readSettings(folder)
  return { workplace: workplaceIn(folder, settings), store, settings }
}
