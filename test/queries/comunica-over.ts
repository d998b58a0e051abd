import type { Quad } from '@rdfjs/types'
import { Store } from 'n3'
import { ComunicaEngine, type Pattern } from '../../src/query/comunica-engine.ts'

/** Comunica over quads of its own. */
export function comunicaOver(quads: Iterable<Quad>): ComunicaEngine {
  const store = new Store()
  for (const quad of quads) store.add(quad)
  return new ComunicaEngine(['quads'], {
    match: (...pattern: Pattern) => store.getQuads(...(pattern as [null, null, null, null])),
    count: (...pattern) => store.countQuads(...(pattern as [null, null, null, null])),
  })
}
