import type { Bytes, NumberFacts } from './describer.ts'
import { NumberTally } from './number-tally.ts'
import { OutOfTime } from './statistics-time.ts'

/** Bytes that are looked at: in all, and in one piece where that is not everything. */
const bound = 8 << 20
const piece = 64 << 10

/** Where a file holds numbers of one type in a row, and how they are written. */
export interface NumbersInFile {
  /** Bytes from the beginning of the file. */
  start: number
  count: number
  read: ReadNumber
  /** Bytes of one. */
  width: number
}

/** The number at a place of a block. */
export type ReadNumber = (block: DataView, at: number) => number

/** How numbers of a type are read, by the names of NumPy's types; undefined for others. */
export function numberReader(
  elementType: string,
  littleEndian: boolean,
): { read: ReadNumber; width: number } | undefined {
  const reader = readers[elementType]
  return reader && { width: reader[0], read: (block, at) => reader[1](block, at, littleEndian) }
}

/** Which value stands for none, and how the others are meant: zero + scale × value. */
export interface Scaling {
  nothing: number | undefined
  zero: number
  scale: number
}

/** Numbers as they are meant. */
export function scaled(read: ReadNumber, { nothing, zero, scale }: Scaling): ReadNumber {
  return (block, at) => {
    const value = read(block, at)
    return value === nothing ? NaN : zero + scale * value
  }
}

const readers: Readonly<
  Record<string, readonly [width: number, read: (block: DataView, at: number, little: boolean) => number]>
> = {
  bool: [1, (block, at) => block.getUint8(at)],
  uint8: [1, (block, at) => block.getUint8(at)],
  int8: [1, (block, at) => block.getInt8(at)],
  uint16: [2, (block, at, little) => block.getUint16(at, little)],
  int16: [2, (block, at, little) => block.getInt16(at, little)],
  uint32: [4, (block, at, little) => block.getUint32(at, little)],
  int32: [4, (block, at, little) => block.getInt32(at, little)],
  uint64: [8, (block, at, little) => Number(block.getBigUint64(at, little))],
  int64: [8, (block, at, little) => Number(block.getBigInt64(at, little))],
  float32: [4, (block, at, little) => block.getFloat32(at, little)],
  float64: [8, (block, at, little) => block.getFloat64(at, little)],
}

/** What the numbers of an array are like: of all of them, or of pieces from everywhere in it, and then of which part. */
export async function tallyNumbers(file: Bytes, numbers: NumbersInFile): Promise<NumberFacts> {
  const { start, count, read, width } = numbers
  const tally = new NumberTally()
  for await (const block of blocksOf(file, start, count * width, width)) {
    for (let at = 0; at + width <= block.byteLength; at += width) tally.add(read(block, at))
  }
  if (tally.count === 0) return {}
  const part = tally.count / count
  return { ...tally.read(), ...(part < 1 && { sampledShare: part }) }
}

/** The bytes of whole elements, or rows, that begin at a place of a file: all of them or evenly spread ones, until its time is over. */
export async function* blocksOf(
  file: Bytes,
  start: number,
  size: number,
  width: number,
): AsyncGenerator<DataView> {
  for (const [from, length] of piecesOf(size, width)) {
    const block = Buffer.allocUnsafe(length)
    let bytesRead: number
    try {
      ;({ bytesRead } = await file.read(block, 0, length, start + from))
    } catch (error) {
      if (error instanceof OutOfTime) return
      throw error
    }
    yield new DataView(block.buffer, block.byteOffset, bytesRead)
  }
}

/** Whole elements, or rows, all of them or evenly spread ones. */
export function* piecesOf(size: number, width: number): Generator<readonly [from: number, length: number]> {
  const length = Math.max(width, piece - (piece % width))
  const all = Math.ceil(size / length)
  const wanted = Math.min(all, Math.max(1, Math.floor(bound / length)))
  for (let n = 0; n < wanted; n++) {
    const from = Math.floor((n * all) / wanted) * length
    yield [from, Math.min(length, size - from)]
  }
}
