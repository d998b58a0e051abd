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
  async function* bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    const hash = createHash('sha256')
    try {
      for await (const chunk of createReadStream(file, { highWaterMark: chunkBytes })) {
        hash.update(chunk as Buffer)
        yield chunk as Buffer
      }
      await checkDigest(file, hash.digest('hex'))
    } catch (error) {
      throw storeError('read a stored graph', file, error)
    }
  }
  return {
    graph,
    mediaType,
    size,
    file,
    bytes,
    async *text() {
      const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
      for await (const chunk of bytes()) yield decoder.decode(chunk, { stream: true })
      yield decoder.decode()
    },
  }
}
