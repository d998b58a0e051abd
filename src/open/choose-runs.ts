import { UsageError } from '../errors.ts'
import { didYouMean } from '../near-word.ts'
import { resolveRun } from '../store/resolve-run.ts'
import type { ListedRun } from '../store/store.ts'

/** Which runs a question is about: those for which all of it holds. */
export interface RunChoice {
  /** As `resolveRun` reads them. */
  run?: readonly string[]
  /** Name of a pipeline. */
  pipeline?: string
  /** Begun at that time or later: a date, or a date and time; local where it says no zone. */
  since?: string
  /** So many, the latest. */
  last?: number
}

/**
 * @param runs oldest first
 * @returns the runs that are meant, oldest first; undefined where the choice says nothing
 * @throws UsageError when none is left, or a word of the choice cannot be read
 */
export function chooseRuns(runs: readonly ListedRun[], choice: RunChoice): ListedRun[] | undefined {
  const { run, pipeline, since, last } = choice
  if (run === undefined && pipeline === undefined && since === undefined && last === undefined)
    return undefined
  const named = new Set(run?.map((text) => resolveRun(runs, text).id))
  const isSince = since === undefined ? undefined : begunSince(since)
  const chosen = runs.filter(
    (each) =>
      (run === undefined || named.has(each.id)) &&
      (pipeline === undefined || each.name === pipeline) &&
      (isSince === undefined || isSince(each)),
  )
  if (chosen.length > 0) return last === undefined ? chosen : chosen.slice(-last)
  const names = [...new Set(runs.map(({ name }) => name))]
  if (pipeline !== undefined && !names.includes(pipeline)) {
    throw new UsageError(`No run is of a pipeline named ${pipeline}`, {
      advice: didYouMean(pipeline, names, '`vampira list` shows the names.'),
    })
  }
  throw new UsageError('No run is as asked for', { advice: '`vampira list` shows the runs.' })
}

/**
 * Whether a run began at a time or later.
 * @param since a date, or a date and time; local where it says no zone
 * @throws UsageError for what is neither
 */
export function begunSince(since: string): (run: Pick<ListedRun, 'startedAt'>) => boolean {
  const start = timeOf(since)
  return ({ startedAt }) => milliseconds(startedAt) >= start
}

function timeOf(text: string): number {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? milliseconds(`${text}T00:00`) : milliseconds(text)
  if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(time)) return time
  throw new UsageError(`${text} is not a date`, { advice: 'Write 2026-11-29, or 2026-11-29T07:30.' })
}

/** Of a time to nanoseconds, which Date does not read everywhere. */
function milliseconds(dateTime: string): number {
  return new Date(dateTime.replace(/(\.\d{3})\d+/, '$1')).getTime()
}
