import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { StoredGraph } from '../store.ts'
import { storeError } from '../store-error.ts'
import { checkDigest } from './digests.ts'

/** Bytes that are read at once: with less, the waiting for each of them takes longer than the reading. */
const chunkBytes = 1 << 20

/** A graph in a file, which is opened when it is read, and compared with its digest when it has been read to its end. */
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
      const hash = createHash('sha256')
      const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
      try {
        for await (const chunk of createReadStream(file, { highWaterMark: chunkBytes })) {
          hash.update(chunk as Buffer)
          yield decoder.decode(chunk as Buffer, { stream: true })
        }
        yield decoder.decode()
        await checkDigest(file, hash.digest('hex'))
      } catch (error) {
        throw storeError('read a stored graph', file, error)
      }
    },
  }
}
