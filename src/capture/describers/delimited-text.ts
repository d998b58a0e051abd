import { StringDecoder } from 'node:string_decoder'
import { ColumnTally } from './column-tally.ts'
import { DelimitedRecords, guessSeparator, splitRecords } from './delimited-records.ts'
import type { Describer, OpenFile } from './describer.ts'
import { OutOfTime } from './statistics-time.ts'

/** Bytes to which rows are counted, and to which cells are read. */
const bound = 64 << 20
const cellBound = 8 << 20
const chunk = 1 << 20
const mostColumns = 200

/** Columns, rows and what the cells are like, of CSV and TSV: rows up to 64 MiB, cells up to 8 MiB. */
export const delimitedTextDescriber: Describer = {
  name: 'DelimitedTextDescriber',
  formats: ['text/csv', 'text/tab-separated-values'],
  async describe(open) {
    const separator = open.format === 'text/csv' ? guessSeparator(open.head.toString('utf8')) : '\t'
    const header = splitHeader(open, separator)
    const named = header.length > 0 && header.every((cell) => cell !== '' && Number.isNaN(Number(cell)))
    if (open.size > bound) return named ? { columns: header } : {}
    const columns = header
      .slice(0, mostColumns)
      .map((name, index) => new ColumnTally(named ? name : `column ${index + 1}`))
    // Where semicolons part cells, commas are decimal points.
    const plain = separator === ';' ? withPoint : (cell: string) => cell
    let isHeader = named
    const records = new DelimitedRecords(separator, (cells) => {
      if (isHeader) isHeader = false
      else columns.forEach((column, index) => column.addText(plain(cells[index] ?? '')))
    })
    const read = await readRecords(open, records)
    const rows = Math.max(0, records.count - Number(named))
    return {
      ...(named && { columns: header }),
      ...(read.all === open.size && { rowCount: rows }),
      ...(records.count > 0 &&
        columns.length > 0 && { columnStatistics: columns.map((each) => each.read()) }),
      ...(read.cells < open.size && { sampledShare: read.cells / open.size }),
    }
  },
}

/** How many bytes were read, and of how many the cells. */
async function readRecords({ file, size }: OpenFile, records: DelimitedRecords) {
  const buffer = Buffer.allocUnsafe(Math.min(chunk, Math.max(size, 1)))
  const decoder = new StringDecoder('utf8')
  const read = { all: 0, cells: 0 }
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, read.all)
      if (bytesRead === 0) break
      const bytes = buffer.subarray(0, bytesRead)
      if (read.all >= cellBound) {
        records.onlyCount()
        records.take(bytes.toString('latin1'))
      } else {
        const text = decoder.write(bytes)
        records.take(read.all === 0 ? text.replace(/^\uFEFF/, '') : text)
        read.cells += bytesRead
      }
      read.all += bytesRead
    }
    records.end()
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error
  }
  return read
}

function withPoint(cell: string): string {
  return /^[-+]?\d+,\d+$/.test(cell) ? cell.replace(',', '.') : cell
}

/** Cells of the first record; empty when it does not fit into the head. */
function splitHeader({ head, size }: OpenFile, separator: string): string[] {
  const text = head.toString('utf8')
  const [header = []] = splitRecords(text, separator)
  return size <= head.length || text.includes('\n') ? header : []
}
