import { countOf, formatCount } from '../count-of.ts'
import { UsageError } from '../errors.ts'
import type { RunEntry } from '../store/store.ts'
import { scopeOf, type Parameters } from './bind.ts'
import type { CatalogueQuery } from './catalogue.ts'
import type { Scope } from './engine.ts'
import { querySyntax } from './query-syntax.ts'
import { findRecordTerm } from './record-terms.ts'
import { wantsManySummaries } from './scope.ts'

/** A run that might be read. Runs of a server have no `tripleCount`. */
export type ReadableRun = Pick<RunEntry, 'id'> & Partial<Pick<RunEntry, 'tripleCount'>>

/** What a question is about. */
export interface ReadingRequest {
  query: Pick<CatalogueQuery, 'sparql' | 'reads' | 'parameters'>
  given: Parameters
  /** All runs that there are, oldest first. */
  runs: readonly ReadableRun[]
  /** Those that the question is about; undefined for all. */
  chosen: readonly ReadableRun[] | undefined
  /** Whether full records are wanted whatever the question names. */
  withRecords: boolean
}

/** What is read for a question. */
export interface Reading {
  scope: Scope
  /** Says what was read, where that is not everything. */
  sentence: string | undefined
}

/**
 * Triples of records that one question reads, where they are of more than one run: they take 0.7 GiB, and 25 seconds of
 * a processor to load.
 */
export const largestReading = 2_000_000

/**
 * What a question has to read to be answered truly. One with a parameter `run` reads what its header says of those
 * runs. Any other reads the summaries of the runs that it is about, and their records where it names what only records
 * hold.
 *
 * @throws UsageError when more records would be read than fit, with ways to narrow it
 */
export async function planReading(request: ReadingRequest): Promise<Reading> {
  const { query, given, runs, chosen } = request
  const scope = takesRuns(query) ? boundScope(query, given) : await ownScope(request)
  refuseTooMuch(scope, runs)
  if (takesRuns(query)) {
    const about = given['run'] === undefined ? runs.length : [given['run']].flat().length
    return {
      scope,
      sentence: about < runs.length ? `About ${about} of ${countOf(runs.length, 'run')}.` : undefined,
    }
  }
  const which = chosen === undefined || chosen.length === runs.length ? '' : `${chosen.length} of `
  if (scope.records === undefined)
    return {
      scope,
      sentence: `Read the summaries of ${which}${countOf(runs.length, 'run')}, not the records.`,
    }
  return { scope, sentence: which === '' ? undefined : `Read ${which}${countOf(runs.length, 'run')}.` }
}

/** A query with a parameter `run` is about those runs whatever else is read; to name many graphs as well takes time. */
function boundScope(query: ReadingRequest['query'], given: Parameters): Scope {
  const scope = scopeOf(query, given)
  return wantsManySummaries(scope) ? { ...scope, summaries: true } : scope
}

/** Whether a query has a parameter that says which runs it is about. */
export function takesRuns({ parameters }: Pick<CatalogueQuery, 'parameters'>): boolean {
  return parameters.some(({ name }) => name === 'run')
}

async function ownScope({ query, given, chosen, withRecords }: ReadingRequest): Promise<Scope> {
  const some = chosen?.map(({ id }) => id)
  if (query.reads === 'records') return some === undefined ? scopeOf(query, given) : { records: some }
  const records = withRecords || findRecordTerm((await querySyntax()).parse(query.sparql)) !== undefined
  return { summaries: some ?? true, ...(records && { records: some ?? 'all' }) }
}

function refuseTooMuch({ records }: Scope, runs: readonly ReadableRun[]): void {
  if (records === undefined) return
  const read = records === 'all' ? runs : runs.filter(({ id }) => records.includes(id))
  const triples = read.map(({ tripleCount = 0 }) => tripleCount)
  const sum = triples.reduce((total, each) => total + each, 0)
  if (read.length < 2 || sum <= largestReading) return
  let [fitting, left] = [0, largestReading]
  for (const each of triples.toReversed()) {
    left -= each
    if (left < 0) break
    fitting++
  }
  throw new UsageError(
    `The question needs the records of ${countOf(read.length, 'run')}: ${countOf(sum, 'triple')}, more than the ` +
      `${formatCount(largestReading)} that are read at once`,
    {
      advice: `Ask about fewer: --last ${Math.max(1, fitting)}, --run RUN, --pipeline NAME or --since DATE; or push them to a SPARQL server and ask that.`,
    },
  )
}
