import { createHash } from 'node:crypto'
import { readSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type * as Oxigraph from 'oxigraph'
import { openDraft } from '../draft-file.ts'
import { growTo, layoutOf, pageSize, storeIn } from './oxigraph-memory.ts'
import type { MemoryLayout, OxigraphMemory } from './oxigraph-memory.ts'

/** The graphs that were loaded of each run, by the run's IRI. */
export type LoadedGraphs = ReadonlyMap<string, readonly string[]>

interface Header extends MemoryLayout {
  /** SHA-256 of the WebAssembly module. */
  module: string
  quads: number
  graphs: readonly (readonly [run: string, graphs: readonly string[]])[]
  /** The parts of the memory that are not all zeros, one behind the other in the file: nearly half of it never was used. */
  parts: readonly (readonly [begin: number, end: number])[]
}

const magic = 'vampira image 3\n'
const fileName = 'summaries.image'
const chunk = 64 << 20

/**
 * Puts the summaries of a store into Oxigraph's memory as they were when the image was made: ten times faster than to
 * load them. The image is a cache. Whatever is wrong with it, the caller loads the summaries instead.
 *
 * @param folder where images are kept
 * @param runs IRIs of the runs that the store has now; an image with any other is out of date
 * @returns undefined where there is no image that can be used
 */
export async function restoreImage(
  folder: string,
  memory: OxigraphMemory,
  runs: ReadonlySet<string>,
): Promise<{ store: Oxigraph.Store; quads: number; graphs: LoadedGraphs } | undefined> {
  let file: FileHandle
  try {
    file = await open(join(folder, fileName))
  } catch {
    return undefined
  }
  try {
    const read = readHeader(file.fd)
    if (read === undefined) return undefined
    const { header, begin } = read
    const { size } = await file.stat()
    if (header.module !== digestOf(memory.module) || size !== begin + lengthOf(header.parts)) return undefined
    if (!header.graphs.every(([run]) => runs.has(run))) return undefined
    const bytes = growTo(memory, header)
    let place = begin
    for (const [first, end] of header.parts) {
      let done = first
      while (done < end) {
        const length = readSync(file.fd, bytes, done, Math.min(chunk, end - done), place)
        if (length === 0) throw new Error('The image ended while it was read')
        done += length
        place += length
      }
    }
    return { store: storeIn(memory, header), quads: header.quads, graphs: new Map(header.graphs) }
  } finally {
    await file.close()
  }
}

/**
 * Saves the memory, which holds summaries and nothing else, and was asked nothing yet: an engine that was asked has made
 * its random numbers, and everybody who restored it would make the same ones.
 *
 * @returns makes the image visible, once all of it is on the disk
 * @throws Error of the file system, after which there is the image that was there before, or none
 */
export async function saveImage(
  folder: string,
  memory: OxigraphMemory,
  store: Oxigraph.Store,
  graphs: LoadedGraphs,
): Promise<() => Promise<void>> {
  const { file, publish, abandon } = await openDraft(folder, fileName)
  try {
    const layout = layoutOf(memory, store)
    const bytes = new Uint8Array(memory.exports.memory.buffer, 0, layout.size)
    const parts = partsOf(bytes)
    let place = writeHeader(file.fd, {
      ...layout,
      module: digestOf(memory.module),
      quads: store.size,
      graphs: [...graphs],
      parts,
    })
    for (const [first, end] of parts) {
      for (let done = first; done < end;) {
        const length = writeSync(file.fd, bytes, done, Math.min(chunk, end - done), place)
        done += length
        place += length
      }
    }
  } catch (error) {
    await abandon()
    throw error
  }
  return publish
}

/** The parts of a memory, in whole pages of it, that are not all zeros; a new memory is. */
function partsOf(bytes: Uint8Array): [begin: number, end: number][] {
  const words = new BigUint64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8)
  const step = pageSize / 8
  const parts: [number, number][] = []
  for (let page = 0; page < words.length; page += step) {
    if (words.subarray(page, page + step).every((word) => word === 0n)) continue
    const [begin, end] = [page * 8, (page + step) * 8]
    const last = parts.at(-1)
    if (last?.[1] === begin) last[1] = end
    else parts.push([begin, end])
  }
  return parts
}

function lengthOf(parts: Header['parts']): number {
  return parts.reduce((sum, [begin, end]) => sum + end - begin, 0)
}

/** The magic word, the header's length in four bytes, the header, and zeros up to a whole page. */
function writeHeader(fd: number, header: Header): number {
  const text = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(text.length)
  const head = Buffer.concat([Buffer.from(magic), length, text])
  const begin = Math.ceil(head.length / 4096) * 4096
  writeSync(fd, Buffer.concat([head, Buffer.alloc(begin - head.length)]), 0, begin, 0)
  return begin
}

function readHeader(fd: number): { header: Header; begin: number } | undefined {
  const head = Buffer.alloc(magic.length + 4)
  readSync(fd, head, 0, head.length, 0)
  if (head.toString('latin1', 0, magic.length) !== magic) return undefined
  const text = Buffer.alloc(head.readUInt32LE(magic.length))
  if (readSync(fd, text, 0, text.length, head.length) !== text.length) return undefined
  const begin = Math.ceil((head.length + text.length) / 4096) * 4096
  return { header: JSON.parse(text.toString()) as Header, begin }
}

function digestOf(module: Buffer): string {
  return createHash('sha256').update(module).digest('hex')
}
