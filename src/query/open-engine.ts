import { UsageError } from '../errors.ts'
import type { Store } from '../store/store.ts'
import type { QueryEngine } from './engine.ts'
import { LocalEngine, type LocalEngineOptions } from './local-engine.ts'

/** Something to ask: a local store, a file of RDF, or a SPARQL 1.1 query endpoint. */
export type EngineSource = { store: Store } | { file: string }

export type EngineOptions = LocalEngineOptions

/** Opens an engine over these sources; nothing is read or asked before the first question. */
export async function openEngine(
  sources: readonly EngineSource[],
  options: EngineOptions = {},
): Promise<QueryEngine> {
  if (sources.length === 0)
    throw new UsageError('There is nothing to ask', { advice: 'Give a store, a file or a URL.' })
  const stores = sources.flatMap((source) => ('store' in source ? [source.store] : []))
  const files = sources.flatMap((source) => ('file' in source ? [source.file] : []))
  return new LocalEngine(stores, files, options)
}
