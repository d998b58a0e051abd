import type { QueryEngine } from '../query/engine.ts'
import type { Trace, TraceOptions } from './trace.ts'
import { walk } from './walk.ts'

/**
 * What came from something: the mirror of `lineage`, and it finds exactly those things whose lineage leads back to it.
 *
 * @throws UsageError for a file that cannot be read and of which no run knows.
 */
export function impact(engine: QueryEngine, of: string, options: TraceOptions = {}): Promise<Trace> {
  return walk(engine, 'impact', of, options)
}
