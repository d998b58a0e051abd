import { StoreError } from '../errors.ts'
import type { Store, StoredGraph } from '../store/store.ts'
import type { Dataset } from './dataset.ts'

/** Puts a stored graph into a dataset. @throws StoreError that says which is damaged */
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
    throw new StoreError(
      `Cannot read ${graph.graph} in ${store.location}: ${String((cause as Error).message ?? cause).split('\n')[0]}`,
      {
        cause,
        place: { iri: run },
        advice:
          'The file is damaged: restore it from a copy, or move the run out of the store and ask again.',
      },
    )
  }
}
