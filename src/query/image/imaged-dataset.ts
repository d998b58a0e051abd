import { Dataset } from '../dataset.ts'
import { takeOxigraphMemory } from './oxigraph-memory.ts'
import { restoreImage, saveImage } from './summary-image.ts'
import type { LoadedGraphs } from './summary-image.ts'

/** A dataset with the summaries that an image had, and what keeps an image of it. */
export interface ImagedDataset {
  dataset: Dataset
  /** How many quads it has. */
  quads: number
  /** What is in it already. */
  graphs: LoadedGraphs
  /**
   * Writes an image of it, to be called before it is asked anything or holds anything but summaries. Resolves when the
   * dataset may be asked; what it gives makes the image visible.
   */
  save: (graphs: LoadedGraphs) => Promise<() => Promise<void>>
}

/**
 * @param folder where the image of a store's summaries is kept
 * @param runs IRIs of the store's runs
 * @returns undefined where this process holds such a dataset already, or an image could not be read to its end
 */
export async function openImagedDataset(
  folder: string,
  runs: ReadonlySet<string>,
): Promise<ImagedDataset | undefined> {
  const memory = await takeOxigraphMemory()
  if (memory === undefined) return undefined
  try {
    const restored = await restoreImage(folder, memory, runs)
    const store = restored?.store ?? new memory.Store()
    return {
      dataset: Dataset.over(store),
      quads: restored?.quads ?? 0,
      graphs: restored?.graphs ?? new Map(),
      save: (graphs) => saveImage(folder, memory, store, graphs),
    }
  } catch {
    // What is left in the memory is neither the image nor empty.
    return undefined
  }
}
