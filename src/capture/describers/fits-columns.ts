import { ColumnTally } from './column-tally.ts'
import type { Bytes, Facts } from './describer.ts'
import { cellTypes, type Header } from './fits-header.ts'
import { blocksOf, numberReader, scaled } from './numbers-in-file.ts'
import type { ReadNumber } from './numbers-in-file.ts'

const mostColumns = 200

interface Column {
  tally: ColumnTally
  /** Bytes from the beginning of the row. */
  offset: number
  repeat: number
  width: number
  read: ReadNumber
}

/** What the numbers in the columns of a binary table are like, of all rows or of pieces from everywhere in it. */
export async function describeFitsColumns(file: Bytes, header: Header, start: number): Promise<Facts> {
  const [rowWidth, rows] = [Number(header.get('NAXIS1')), Number(header.get('NAXIS2'))]
  const columns = numericColumns(header)
  if (columns.length === 0 || !(rowWidth > 0) || !(rows > 0)) return {}
  let seen = 0
  for await (const block of blocksOf(file, start, rows * rowWidth, rowWidth)) {
    for (let row = 0; row + rowWidth <= block.byteLength; row += rowWidth, seen++) {
      for (const { tally, offset, repeat, width, read } of columns) {
        for (let n = 0; n < repeat; n++) tally.addNumber(read(block, row + offset + n * width))
      }
    }
  }
  if (seen === 0) return {}
  return {
    columnStatistics: columns.map(({ tally }) => tally.read()),
    ...(seen < rows && { sampledShare: seen / rows }),
  }
}

function numericColumns(header: Header): Column[] {
  const columns: Column[] = []
  let offset = 0
  for (let n = 1; n <= Number(header.get('TFIELDS') ?? 0) && columns.length < mostColumns; n++) {
    const [, count = '', letter = ''] = /^(\d*)([A-Z])/.exec(header.get(`TFORM${n}`) ?? '') ?? []
    const type = cellTypes[letter]
    // What lies after a column of an unknown type cannot be found.
    if (type === undefined) break
    const repeat = count === '' ? 1 : Number(count)
    const [width, elementType] = type
    const reader = elementType === undefined ? undefined : numberReader(elementType, false)
    if (reader !== undefined && repeat > 0) {
      const tally = new ColumnTally(header.get(`TTYPE${n}`) ?? `column${n}`)
      columns.push({ tally, offset, repeat, width, read: scaled(reader.read, scalingOf(header, n)) })
    }
    offset += Math.ceil(repeat * width)
  }
  return columns
}

/** TNULL, TZERO and TSCAL: section 7.3.2. */
function scalingOf(header: Header, n: number) {
  const nothing = header.get(`TNULL${n}`)
  return {
    nothing: nothing === undefined ? undefined : Number(nothing),
    zero: Number(header.get(`TZERO${n}`) ?? 0),
    scale: Number(header.get(`TSCAL${n}`) ?? 1),
  }
}
