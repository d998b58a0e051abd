import type { RunEntry, Store } from '../store/store.ts'
import type { ListedStore } from './loaded-summaries.ts'

/** A run and where it is. */
export interface FoundRun {
  store: Store
  entry: RunEntry
}

/** The run of this IRI in the first store that lists it. */
export function findRun(listed: readonly ListedStore[], run: string): FoundRun | undefined {
  for (const { store, runs } of listed) {
    const entry = runs.find(({ id }) => id === run)
    if (entry !== undefined) return { store, entry }
  }
  return undefined
}
