import { join } from 'node:path'
import type { CaptureRequest } from '../capture/capture-request.ts'

/** What a user has set for all recordings: the base of names, measurements, components that make data, what is recorded. */
export type RecordingSettings = Required<
  Pick<CaptureRequest, 'base' | 'quality' | 'generators' | 'include' | 'exclude' | 'ignore' | 'keep'>
>

/** Where runs are recorded: what is not in a store yet, or never gets there. Any store may stand beside it. */
export interface Workplace {
  /** Folder of the journals of runs that are not stored yet, each in a folder named by its run's UUID. */
  readonly journals: string
  /** Folder of the parts of journals that could not be read, in folders with the same names. */
  readonly damaged: string
  /** File that remembers digests of big files between runs. It may be deleted at any time. */
  readonly digests: string
  /** Folder of images of the store's summaries, for questions. It may be deleted at any time. */
  readonly images: string
  /** Folder of contents that are kept, by their digests. */
  readonly contents: string
  readonly settings: RecordingSettings
}

/** The workplace in a `.vampira` folder. */
export function workplaceIn(folder: string, settings: RecordingSettings): Workplace {
  return { ...placesIn(folder), settings }
}

/** What a workplace in a `.vampira` folder has of files and folders. */
export function placesIn(folder: string): Omit<Workplace, 'settings'> {
  return {
    journals: join(folder, 'journal'),
    damaged: join(folder, 'damaged'),
    digests: join(folder, 'cache', 'digests.jsonl'),
    images: join(folder, 'cache'),
    contents: join(folder, 'contents'),
  }
}
