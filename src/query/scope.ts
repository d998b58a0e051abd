import type { Scope } from './engine.ts'

/** Which runs' summaries a question reads. */
export function summariesWanted(scope: Scope): (run: string) => boolean {
  return among(scope.summaries ?? scope.records === undefined)
}

/** Summaries that are loaded one by one, 10 ms each, before it is quicker to take all from their image. */
const mostSingly = 100

/** Whether it reads every summary, or so many that it is quicker to begin with all. */
export function wantsManySummaries({ summaries, records }: Scope): boolean {
  if (typeof summaries === 'object') return summaries.length > mostSingly
  return summaries === true || (summaries === undefined && records === undefined)
}

/** Which runs' records a question reads. */
export function recordsWanted({ records }: Scope): (run: string) => boolean {
  return among(records === 'all' ? true : (records ?? []))
}

/**
 * The run whose record is all that a question reads; undefined where it reads more, or none.
 * @param listed all runs that there are
 */
export function onlyRecord(
  { summaries, records }: Scope,
  listed: readonly { runs: readonly { id: string }[] }[],
): string | undefined {
  const noSummaries =
    summaries === undefined || summaries === false || (summaries !== true && summaries.length === 0)
  if (!noSummaries || records === undefined) return undefined
  const runs = records === 'all' ? listed.flatMap((each) => each.runs.map(({ id }) => id)) : records
  const [run, other] = new Set(runs)
  return other === undefined ? run : undefined
}

function among(runs: boolean | readonly string[]): (run: string) => boolean {
  if (typeof runs === 'boolean') return () => runs
  const set = new Set(runs)
  return (run) => set.has(run)
}
