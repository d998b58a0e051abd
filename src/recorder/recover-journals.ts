import { existsSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { findJournalWriter } from '../capture/journal-lock.ts'
import { isAgentSpool } from '../journal/spool-names.ts'
import type { RunEntry, Store } from '../store/store.ts'
import type { Workplace } from './workplace.ts'

/** What became of a journal that was left in a workplace. */
export type Recovery = { id: string; journal: string } & (
  | { outcome: 'recovered'; entry: RunEntry; damaged?: string }
  /** Somebody still writes it. */
  | { outcome: 'living'; writer: string }
  /** The run was in the store; only the journal was left. */
  | { outcome: 'stored' }
  /** The recorder died before it had written anything, and the program was never started. */
  | { outcome: 'empty' }
  | { outcome: 'failed'; error: unknown }
)

export interface RecoverOptions {
  /** Called with how far it is, in words for a progress line. */
  progress?: (text: string) => void
  /** Recorders on other hosts, which cannot be seen from here, are taken to have ended. */
  otherHosts?: boolean | undefined
}

/**
 * Stores the runs of the journals that killed recorders left behind, and removes these journals. A second call finds
 * nothing to do. An error with one journal does not stop the others: it is the outcome `failed`.
 */
export async function* recoverJournals(
  workplace: Workplace,
  store: Store,
  options: RecoverOptions = {},
): AsyncGenerator<Recovery, void, void> {
  for (const id of listFolders(workplace.journals)) {
    const journal = join(workplace.journals, id)
    const writer = findJournalWriter(journal, options)
    if (writer !== undefined) {
      yield { id, journal, outcome: 'living', writer }
      continue
    }
    try {
      yield { id, journal, ...(await recover(workplace, store, journal, options.progress ?? (() => {}))) }
    } catch (error) {
      yield { id, journal, outcome: 'failed', error }
    }
  }
}

async function recover(
  workplace: Workplace,
  store: Store,
  journal: string,
  progress: (text: string) => void,
): Promise<
  { outcome: 'recovered'; entry: RunEntry; damaged?: string } | { outcome: 'stored' } | { outcome: 'empty' }
> {
  const [{ completeAbandonedJournal }, { keepJournal }] = await Promise.all([
    import('../capture/reopen-journal.ts'),
    import('./keep-journal.ts'),
  ])
  if (await store.has(basename(journal))) {
    await rm(journal, { recursive: true, force: true })
    return { outcome: 'stored' }
  }
  const run = await completeAbandonedJournal(journal, { digests: workplace.digests, progress })
  if (run === undefined && !readdirSync(journal).some(isAgentSpool)) {
    await rm(journal, { recursive: true, force: true })
    return { outcome: 'empty' }
  }
  const { entry, damaged } = await keepJournal(workplace, store, journal, progress)
  return { outcome: 'recovered', entry, ...(damaged !== undefined && { damaged }) }
}

function listFolders(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted()
}
