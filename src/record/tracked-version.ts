import type { Stat } from '../journal/line.ts'
import type { Frame } from './frame.ts'
import type { ActivityRef, FileVersion, Metadata } from './run.ts'

/** A file version while the run goes on. */
export class TrackedVersion {
  readonly n: number
  /** The call that wrote it, and its process's spool. */
  readonly writer: Frame | undefined
  readonly spool: number | undefined
  readonly generatedBy: ActivityRef | 'run' | undefined
  /** What was seen of it last. */
  stat: Stat | undefined
  wasRead = false
  /** A program that ran while it changed. */
  possibleWriter: Frame | undefined
  /** Whether a call used or made it, or something was said about it. */
  isMentioned: boolean
  /** Where it was before it was renamed. */
  readonly otherPaths: string[] = []
  readonly metadata: Metadata[] = []
  emitted: FileVersion | undefined

  constructor(
    n: number,
    writer: Frame | undefined,
    stat: Stat | undefined,
    spool: number | undefined,
    generatedBy: ActivityRef | 'run' | undefined,
  ) {
    this.n = n
    this.writer = writer
    this.stat = stat
    this.spool = spool
    this.generatedBy = generatedBy
    this.isMentioned = generatedBy !== undefined
  }
}

export function isSameStat(one: Stat, other: Stat): boolean {
  return one.size === other.size && one.modified === other.modified
}
