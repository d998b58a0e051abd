import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { countOf } from '../count-of.ts'
import { JournalError } from '../errors.ts'
import { describeRun } from '../prov/describe-run.ts'
import { recordRun } from '../record/record-run.ts'
import type { RunEntry, Store } from '../store/store.ts'
import { repairSpool } from './repair-spool.ts'
import { tallyRun } from './tally-run.ts'
import type { Tally } from './tally-run.ts'
import type { Workplace } from './workplace.ts'

/** A run as it was stored. */
export interface KeptRun extends Tally {
  entry: RunEntry
  /** Folder of the damaged parts of its journal; undefined if nothing was damaged. */
  damaged: string | undefined
}

/**
 * Turns a complete journal into a stored run. The journal is removed when the store has the run, and not before:
 * after any error it is still there. Damaged spools are repaired, as far as that is possible.
 * @param journal its folder, named by the run's UUID
 * @param progress called with how far it is, in words for a progress line
 * @throws JournalError when the journal cannot be read; StoreError when the store does not take the run
 */
export async function keepJournal(
  workplace: Workplace,
  store: Store,
  journal: string,
  progress: (text: string) => void = () => {},
): Promise<KeptRun> {
  const aside = join(workplace.damaged, basename(journal))
  let isDamaged = false
  for (;;) {
    try {
      const kept = await writeRun(workplace, store, journal, progress)
      await rm(journal, { recursive: true, force: true })
      return { ...kept, damaged: isDamaged ? aside : undefined }
    } catch (error) {
      if (!(error instanceof JournalError) || !(await repairSpool(error, aside))) throw error
      isDamaged = true
    }
  }
}

async function writeRun(
  { settings }: Workplace,
  store: Store,
  journal: string,
  progress: (text: string) => void,
): Promise<Tally & { entry: RunEntry }> {
  const id = basename(journal)
  const writer = await store.begin(`urn:uuid:${id}`)
  try {
    const description = describeRun(writer, { id, base: settings.base })
    const { listener, tally } = tallyRun(description)
    await recordRun(journal, listener, {
      async onProgress(events) {
        progress(countOf(events, 'event'))
        await description.drain()
      },
    })
    progress('syncing')
    const entry = await description.finish()
    await writer.commit(entry)
    return { ...tally, entry }
  } catch (error) {
    await writer.abandon()
    throw error
  }
}
