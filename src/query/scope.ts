import type { Scope } from './engine.ts'

/** Which runs' summaries a question reads. */
export function summariesWanted(scope: Scope): (run: string) => boolean {
  return among(scope.summaries ?? scope.records === undefined)
}

export function wantsAllSummaries({ summaries, records }: Scope): boolean {
  return summaries === true || (summaries === undefined && records === undefined)
}

/** Which runs' records a question reads. */
export function recordsWanted({ records }: Scope): (run: string) => boolean {
  return among(records === 'all' ? true : (records ?? []))
}

/** The run whose record is all that a question reads; undefined where it reads more, or none. */
export function onlyRecord({ summaries, records }: Scope): string | undefined {
  const noSummaries =
    summaries === undefined || summaries === false || (summaries !== true && summaries.length === 0)
  return noSummaries && typeof records === 'object' && records.length === 1 ? records[0] : undefined
}

function among(runs: boolean | readonly string[]): (run: string) => boolean {
  if (typeof runs === 'boolean') return () => runs
  const set = new Set(runs)
  return (run) => set.has(run)
}
