import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CaptureRequest } from '../capture/capture-request.ts'
import type { CapturedRun } from '../capture/capture-run.ts'
import { packageRoot } from '../package-root.ts'
import type { Store } from '../store/store.ts'
import type { QualityRule } from '../journal/line.ts'
import type { KeptRun } from './keep-journal.ts'
import type { Workplace } from './workplace.ts'

/** What to run and how to record it. Where, and what is set for all runs, is the workplace's. */
export type RunRequest = Omit<
  CaptureRequest,
  'base' | 'journals' | 'digests' | 'contents' | 'generators' | 'recorder' | 'onStart'
>

/** A run whose program has ended and whose record is still to be stored. */
export interface EndedRun extends Pick<CapturedRun, 'id' | 'name' | 'journal' | 'ending'> {
  /**
   * Completes and stores the record.
   * @returns the stored run; with `fault` when its journal could not be completed, so that things are missing in it
   * @throws StoreError or JournalError; the journal is then still there
   */
  store(progress: (text: string) => void): Promise<KeptRun & { fault: unknown }>
}

/**
 * Runs a program in the foreground and records it.
 * @throws {LaunchError} it could not be started
 * @throws {StoreError} the store cannot be written; the program was not started
 */
export async function runAndRecord(
  workplace: Workplace,
  store: Store,
  request: RunRequest,
): Promise<EndedRun> {
  const { captureRun } = await import('../capture/capture-run.ts')
  let keeping: Promise<typeof import('./keep-journal.ts')> | undefined
  const { id, name, journal, ending, complete } = await captureRun({
    ...request,
    recorder: packageVersion(),
    ...workplace.settings,
    // What is asked for this run goes before what is set for all.
    include: [...(request.include ?? []), ...workplace.settings.include],
    exclude: [...(request.exclude ?? []), ...workplace.settings.exclude],
    ignore: [...(request.ignore ?? []), ...workplace.settings.ignore],
    quality: withoutRepeats([...(request.quality ?? []), ...workplace.settings.quality]),
    journals: workplace.journals,
    digests: workplace.digests,
    contents: workplace.contents,
    keep: request.keep ?? workplace.settings.keep,
    // What writes the record is loaded while the program runs, not while it waits to be started.
    onStart: () => void (keeping = import('./keep-journal.ts')),
  })
  return {
    id,
    name,
    journal,
    ending,
    async store(progress) {
      const fault: unknown = await complete(progress).then(
        () => undefined,
        (error: unknown) => error,
      )
      const { keepJournal } = await (keeping ?? import('./keep-journal.ts'))
      return { ...(await keepJournal(workplace, store, journal, progress)), fault }
    },
  }
}

/** The first rule of each metric. */
function withoutRepeats(rules: readonly QualityRule[]): QualityRule[] {
  return rules.filter(({ metric }, at) => rules.findIndex((rule) => rule.metric === metric) === at)
}

function packageVersion(): string {
  const text = readFileSync(join(packageRoot, 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
