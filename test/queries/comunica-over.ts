import { ComunicaEngine, type Match } from '../../src/query/comunica-engine.ts'
import type { Dataset } from '../../src/query/dataset.ts'

/** Comunica over the same quads that Oxigraph answers. */
export function comunicaOver(dataset: Dataset): ComunicaEngine {
  const match = (...pattern: [Match, Match, Match, Match]) =>
    dataset.match(...(pattern as [never, never, never, never])) as never[]
  return new ComunicaEngine(['a dataset'], async () => ({
    match,
    count: (...pattern) => match(...pattern).length,
  }))
}
