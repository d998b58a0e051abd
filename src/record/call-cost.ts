import type { JournalValue } from '../journal/line.ts'
import type { Status } from './run.ts'

/** What a call cost, as far as totals need it. Times are nanoseconds of the journal's clock. */
export interface CallCost {
  readonly status: Status
  readonly startedAt: number
  /** Absent where nobody saw the call end. */
  readonly endedAt: number | undefined
  readonly wall: number | undefined
  /** Wall nanoseconds that it spent in recorded calls or suspended. */
  readonly elsewhere: number
  readonly cpu: number | undefined
  /** Bytes of resident memory. */
  readonly peak: number | undefined
  /** Of these, bytes that the process did not hold when the call began. */
  readonly added: number | undefined
  /** Its arguments. */
  readonly given: readonly JournalValue[] | undefined
  /** Positions of those that were left to their defaults. */
  readonly defaults: readonly number[] | undefined
}
