import { UsageError } from '../errors.ts'
import type { QueryEndpoint } from '../sparql/endpoint.ts'
import type { Store } from '../store/store.ts'
import type { QueryEngine } from './engine.ts'
import { FederatedEngine } from './federated-engine.ts'
import { LocalEngine, type LocalEngineOptions } from './local-engine.ts'
import { RemoteEngine } from './remote-engine.ts'

/**
 * Something to ask: a local store, with the folder in which an image of its summaries may be kept; a file of RDF; or a
 * SPARQL 1.1 query endpoint.
 */
export type EngineSource = { store: Store; images?: string } | { file: string } | { endpoint: QueryEndpoint }

export interface EngineOptions extends Omit<LocalEngineOptions, 'images'> {
  /** Milliseconds until an endpoint's whole answer is there; two minutes if not given. */
  timeout?: number
  /** Takes what an endpoint says is only a part of its answer, and says so with this; without it, that is an error. */
  onPartial?: (sentence: string) => void
}

/**
 * Opens an engine over these sources; nothing is read or asked before the first question. What is here is loaded into
 * one dataset, a single endpoint is handed each question whole, and several sources are federated.
 */
export async function openEngine(
  sources: readonly EngineSource[],
  options: EngineOptions = {},
): Promise<QueryEngine> {
  const stores = sources.flatMap((source) => ('store' in source ? [source.store] : []))
  const files = sources.flatMap((source) => ('file' in source ? [source.file] : []))
  const remotes = sources.flatMap((source) =>
    'endpoint' in source ? [new RemoteEngine(source.endpoint, options)] : [],
  )
  const images = new Map(
    sources.flatMap((source) =>
      'store' in source && source.images !== undefined ? [[source.store, source.images] as const] : [],
    ),
  )
  const local =
    stores.length + files.length > 0 ? new LocalEngine(stores, files, { ...options, images }) : undefined
  const [first, ...others] = remotes
  if (first === undefined) {
    if (local !== undefined) return local
    throw new UsageError('There is nothing to ask', { advice: 'Give a store, a file or a URL.' })
  }
  return local === undefined && others.length === 0 ? first : new FederatedEngine(local, remotes)
}
