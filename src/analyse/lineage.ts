import type { QueryEngine } from '../query/engine.ts'
import type { Trace, TraceOptions } from './trace.ts'
import { walk } from './walk.ts'

/**
 * What something came from: a file on disk by its path, or a content, run, file version, value or call by its IRI.
 * Back through the records of the run that made it, and from run to run through files with the same bytes.
 *
 * @throws UsageError for a file that cannot be read and of which no run knows.
 */
export function lineage(engine: QueryEngine, of: string, options: TraceOptions = {}): Promise<Trace> {
  return walk(engine, 'lineage', of, options)
}
