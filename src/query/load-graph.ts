import { QueryError, StoreError } from '../errors.ts'
import type { Store, StoredGraph } from '../store/store.ts'
import type { Dataset } from './dataset.ts'
import { isOutOfMemory, lessMemoryAdvice } from './out-of-memory.ts'

/**
 * Puts a stored graph into a dataset.
 *
 * @throws StoreError that says that it is damaged: it cannot be parsed
 * @throws QueryError where there is not enough memory for it
 */
export async function loadGraph(
  dataset: Dataset,
  store: Store,
  run: string,
  graph: StoredGraph,
): Promise<void> {
  // One text: Oxigraph reads many small chunks at half the speed.
  let text = ''
  for await (const chunk of graph.text()) text += chunk
  try {
    dataset.load(text, graph.mediaType)
  } catch (cause) {
    const place = { iri: run }
    if (isOutOfMemory(cause)) {
      throw new QueryError(`There is not enough memory to load ${graph.graph} of ${store.location}`, {
        cause,
        place,
        advice: lessMemoryAdvice,
      })
    }
    if (!isParserError(cause)) throw cause
    throw new StoreError(`Cannot read ${graph.graph} in ${store.location}: ${cause.message.split('\n')[0]}`, {
      cause,
      place,
      advice: 'The file is damaged: restore it from a copy, or move the run out of the store and ask again.',
    })
  }
}

/** `Parser error at line 2 column 9: …`. Oxigraph's errors have no fields. */
function isParserError(cause: unknown): cause is Error {
  return cause instanceof Error && cause.message.startsWith('Parser error ')
}
