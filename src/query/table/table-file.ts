import { endianness } from 'node:os'
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { HeadName } from '../../rdf/term-heads.ts'
import { openDraft } from '../draft-file.ts'
import { GraphTable } from './graph-table.ts'
import { arraysOfGraph, TableGraph } from './table-graph.ts'

/** What stands before the numbers, which follow in the order of `lengths`, and the texts. */
interface Header {
  format: 1
  endianness: ReturnType<typeof endianness>
  graphs: readonly (readonly [run: string, name: number, triples: number])[]
  terms: number
  heads: readonly HeadName[]
  /** Of the arrays of numbers: the four of all graphs, one graph behind the other, and those of the terms. */
  lengths: readonly number[]
  /** Bytes of the texts of the terms. */
  textLength: number
}

const fileName = 'summaries.table'
const atOnce = 64 << 20

/**
 * Reads the table that was kept in a folder. It is a cache: whatever is wrong with it, the caller reads the summaries.
 *
 * @returns undefined where there is none that can be used
 */
export async function readTableFile(folder: string): Promise<GraphTable | undefined> {
  let file: FileHandle
  try {
    file = await open(join(folder, fileName))
  } catch {
    return undefined
  }
  try {
    const { size } = await file.stat()
    const [length = 0] = new Uint32Array((await readBytes(file, 0, 4)).buffer)
    const header = JSON.parse((await readBytes(file, 4, length)).toString()) as Header
    const { graphs, terms, heads, lengths, textLength } = header
    const begin = wholeNumbers(4 + length)
    const numbers = lengths.reduce((sum, each) => sum + each, 0)
    if (header.format !== 1 || header.endianness !== endianness()) return undefined
    if (size !== begin + 4 * numbers + textLength) return undefined
    const bytes = await readBytes(file, begin, size - begin)
    let at = 0
    const arrays = lengths.map((each) => {
      const array = new Uint32Array(bytes.buffer, at, each)
      at += 4 * each
      return array
    })
    let first = 0
    const read = graphs.map(([run, name, triples]): TableGraph => {
      const [subjects, predicates, objects, byObject] = arrays
        .slice(0, arraysOfGraph)
        .map((array) => array.subarray(first, first + triples))
      first += triples
      return new TableGraph(run, name, [subjects!, predicates!, objects!], byObject!)
    })
    const text = Buffer.from(bytes.buffer, at, textLength)
    const saved = { size: terms, heads, numbers: arrays.slice(arraysOfGraph), bytes: text }
    return new GraphTable(saved, read)
  } catch {
    return undefined
  } finally {
    await file.close()
  }
}

/**
 * Writes a table into a folder.
 *
 * @returns makes it visible, once all of it is on the disk
 * @throws Error of the file system, after which there is what was there before
 */
export async function writeTableFile(folder: string, table: GraphTable): Promise<() => Promise<void>> {
  const { graphs } = table
  const terms = table.saveTerms()
  const header: Header = {
    format: 1,
    endianness: endianness(),
    graphs: graphs.map(({ run, name, size }) => [run, name, size]),
    terms: terms.size,
    heads: terms.heads,
    lengths: [
      ...Array.from({ length: arraysOfGraph }, () => table.size),
      ...terms.numbers.map(({ length }) => length),
    ],
    textLength: terms.bytes.length,
  }
  const text = Buffer.from(JSON.stringify(header))
  const length = Buffer.from(Uint32Array.of(text.length).buffer)
  const padding = Buffer.alloc(wholeNumbers(4 + text.length) - 4 - text.length)
  const { file, publish, abandon } = await openDraft(folder, fileName)
  try {
    await file.writev([length, text, padding])
    for (let at = 0; at < arraysOfGraph; at++)
      await writeAll(
        file,
        graphs.map(({ arrays }) => arrays[at]!),
      )
    await writeAll(file, terms.numbers)
    await writeAll(file, [terms.bytes])
  } catch (error) {
    await abandon()
    throw error
  }
  return publish
}

/** Arrays one behind the other; those of small graphs together, as each write takes longer than to copy them. */
async function writeAll(
  file: FileHandle,
  arrays: readonly Uint8Array[] | readonly Uint32Array[],
): Promise<void> {
  let waiting: Uint8Array[] = []
  let size = 0
  const write = async () => {
    if (size > 0) await file.writeFile(Buffer.concat(waiting))
    waiting = []
    size = 0
  }
  for (const { buffer, byteOffset, byteLength } of arrays) {
    waiting.push(new Uint8Array(buffer, byteOffset, byteLength))
    size += byteLength
    if (size > atOnce) await write()
  }
  await write()
}

async function readBytes(file: FileHandle, from: number, length: number): Promise<Buffer<ArrayBuffer>> {
  const bytes = Buffer.allocUnsafeSlow(length)
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(bytes, done, Math.min(atOnce, length - done), from + done)
    if (bytesRead === 0) throw new RangeError('The file ended while it was read.')
    done += bytesRead
  }
  return bytes
}

/** Where numbers may begin. */
function wholeNumbers(length: number): number {
  return Math.ceil(length / 4) * 4
}
