import { exitCodeOfProgram, StoreError } from '../src/index.ts'
import { countOf } from '../src/count-of.ts'
import { formatDuration } from '../src/report/format-quantity.ts'
import { shortRun } from '../src/report/short-run.ts'
import type { EndedRun, KeptRun } from '../src/index.ts'
import { describeError } from './exit-codes.ts'
import { printable } from './terminal/columns.ts'

/** What `--json` says of a run, one line each on standard error. */
interface RunReport {
  id: string
  name: string
  exitCode: number
  signal?: string
  stored: boolean
  callCount?: number
  sources?: number
  products?: number
  possibleProducts?: number
  gaps?: number
  tripleCount?: number
  secondsToStore: number
  /** Where its journal is, when it could not be stored. */
  journal?: string
  error?: string
}

/** For people: what was recorded. */
export function summaryLine(
  { entry, sources, products, possibleProducts, damaged, fault }: KeptRun & { fault: unknown },
  seconds: number,
) {
  const counts = [
    countOf(entry.callCount, 'call'),
    countOf(sources, 'source'),
    countOf(products, 'product'),
    ...(possibleProducts === 0 ? [] : [countOf(possibleProducts, 'possible product')]),
  ].join(', ')
  const id = shortRun(entry.id)
  const incomplete =
    damaged !== undefined
      ? `; its journal was damaged, and what could not be read is in ${damaged}`
      : fault === undefined
        ? ''
        : `; its journal is not whole: ${messageOf(fault)}`
  return printable(
    `vampira: recorded ${entry.name} ${id}… (${counts}) in ${formatDuration(seconds)}${incomplete}; see: vampira show last`,
  )
}

/** For people: that nothing was stored, and what to do. */
export function failureLine(ended: EndedRun, failure: unknown): string {
  const line = describeError(
    new StoreError(`The run of ${ended.name} was not stored: ${messageOf(failure)}`, {
      advice: keptAdvice(ended),
      cause: failure,
    }),
    false,
  )
  return process.env['VAMPIRA_DEBUG'] === '1' && failure instanceof Error ? `${line}\n${failure.stack}` : line
}

export function keptAdvice({ journal }: EndedRun): string {
  return `Its journal is kept in ${journal}; \`vampira recover\` makes the record of it`
}

export function report(
  ended: EndedRun,
  kept: (KeptRun & { fault: unknown }) | undefined,
  failure: unknown,
  seconds: number,
): RunReport {
  const error = failure ?? kept?.fault
  return {
    id: `urn:uuid:${ended.id}`,
    name: ended.name,
    exitCode: exitCodeOfProgram(ended.ending),
    ...(ended.ending.signal !== undefined && { signal: ended.ending.signal }),
    stored: kept !== undefined,
    ...(kept === undefined
      ? { journal: ended.journal }
      : {
          callCount: kept.entry.callCount,
          sources: kept.sources,
          products: kept.products,
          ...(kept.possibleProducts > 0 && { possibleProducts: kept.possibleProducts }),
          gaps: kept.gaps,
          tripleCount: kept.entry.tripleCount,
        }),
    secondsToStore: Math.round(seconds * 1000) / 1000,
    ...(error !== undefined && { error: messageOf(error) }),
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\s*\n\s*/g, ' ') : String(error)
}
