import { setImmediate as breathe } from 'node:timers/promises'
import type { RunLine } from '../journal/line.ts'
import { mergeSpools } from '../journal/merge-spools.ts'
import { JournalFold } from './journal-fold.ts'
import { readRecorder } from './recorder-facts.ts'
import type { Run, RunListener } from './run.ts'

/** Events between two looks at the event loop, so that Ctrl-C and progress are heard. */
const eventsAtATime = 20_000

export interface RecordOptions {
  /** What was asked, for a journal that no recorder was beside. */
  run?: RunLine
  /** Calls of a component and caller that adaptive detail keeps one by one. */
  first?: number
  /** Called now and then with the events read so far; reading goes on when what it answers has resolved. */
  onProgress?: (events: number) => void | Promise<void>
  signal?: AbortSignal
}

/**
 * Reads the journal of a run that has ended, however it ended, and emits what happened in it, in memory that is
 * bounded by the run's code and files, not by its calls. The same journal gives the same run, emitted in the same order.
 * @throws JournalError at a whole line that breaks the contract.
 */
export async function recordRun(
  folder: string,
  listener: RunListener,
  options: RecordOptions = {},
): Promise<Run> {
  const recorder = readRecorder(folder, options.run)
  const origin = BigInt(recorder.run.wall)
  const journal = mergeSpools(folder, origin)
  const fold = new JournalFold(recorder, origin, listener, options.first)
  for (const file of journal.unreadable) fold.addGap(`${file} was cut before its first line was whole`)
  let events = 0
  for (const event of journal.events()) {
    fold.take(event)
    if (++events % eventsAtATime === 0) {
      await options.onProgress?.(events)
      await breathe()
      options.signal?.throwIfAborted()
    }
  }
  return fold.finish()
}
