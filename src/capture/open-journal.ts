import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { StoreError } from '../errors.ts'
import type { Clock } from './clock.ts'
import { lockJournal } from './journal-lock.ts'
import { RecorderSpool } from './recorder-spool.ts'

/** Makes a journal's folder, locked by this process, with the recorder's spool. @throws {StoreError} it cannot be written */
export function openJournal(journal: string, clock: Clock): RecorderSpool {
  try {
    mkdirSync(journal, { recursive: true, mode: 0o700 })
    lockJournal(journal)
    return new RecorderSpool(journal, clock)
  } catch (error) {
    throw unwritable(journal, error)
  }
}

/** Said before the program is started. */
export function unwritable(journal: string, cause: unknown): StoreError {
  return new StoreError(`Cannot write a journal in ${dirname(journal)}: ${(cause as Error).message}`, {
    place: { file: journal },
    advice: 'The program was not started. Choose a store that can be written with --store, or make room',
    cause,
  })
}
