import { createReadStream } from 'node:fs'
import type { StoredGraph } from '../store.ts'
import { storeError } from '../store-error.ts'

/** A graph in a file, which is opened when it is read. */
export function storedGraph(
  file: string,
  graph: string,
  mediaType: StoredGraph['mediaType'],
  size: number,
): StoredGraph {
  return {
    graph,
    mediaType,
    size,
    file,
    async *text() {
      try {
        for await (const chunk of createReadStream(file, 'utf8')) yield String(chunk)
      } catch (error) {
        throw storeError('read a stored graph', file, error)
      }
    },
  }
}
