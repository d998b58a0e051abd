import { StringDecoder } from 'node:string_decoder'
import { ColumnTally } from './column-tally.ts'
import type { ColumnFacts, Describer, OpenFile } from './describer.ts'

/** Bytes to which rows are counted, and to which cells are read. */
const bound = 64 << 20
const cellBound = 8 << 20
const chunk = 1 << 20
const mostColumns = 200

/** Columns, rows and what the cells are like, of CSV and TSV (RFC 4180): rows up to 64 MiB, cells up to 8 MiB. */
export const delimitedTextDescriber: Describer = {
  name: 'DelimitedTextDescriber',
  formats: ['text/csv', 'text/tab-separated-values'],
  async describe(open) {
    const separator = open.format === 'text/csv' ? guessSeparator(open.head.toString('utf8')) : '\t'
    const header = splitHeader(open, separator)
    const named = header.length > 0 && header.every((cell) => cell !== '' && Number.isNaN(Number(cell)))
    if (open.size > bound) return named ? { columns: header } : {}
    const names = named ? header : header.map((_, index) => `column ${index + 1}`)
    const table = new Table(names.slice(0, mostColumns), separator, named)
    await readTable(open, table)
    const columnStatistics = table.read()
    return {
      ...(named && { columns: header }),
      rowCount: named ? Math.max(0, table.records - 1) : table.records,
      ...(columnStatistics.length > 0 && { columnStatistics }),
      ...(open.size > cellBound && { sampledShare: cellBound / open.size }),
    }
  },
}

async function readTable({ file, size }: OpenFile, table: Table): Promise<void> {
  const buffer = Buffer.allocUnsafe(Math.min(chunk, Math.max(size, 1)))
  const decoder = new StringDecoder('utf8')
  for (let position = 0; ;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position)
    if (bytesRead === 0) break
    if (position < cellBound) table.take(decoder.write(buffer.subarray(0, bytesRead)))
    else table.count(buffer.subarray(0, bytesRead))
    position += bytesRead
  }
  table.end()
}

/** Reads records as they come in pieces. A line break within quotes ends none, and an empty line is none. */
class Table {
  records = 0
  readonly #columns: ColumnTally[]
  readonly #separator: number
  /** Where semicolons part cells, commas are decimal points. */
  readonly #hasDecimalComma: boolean
  #skip: boolean
  #cells: string[] = []
  #cell = ''
  #quoted = false
  #filled = false

  constructor(names: readonly string[], separator: string, hasHeader: boolean) {
    this.#columns = names.map((name) => new ColumnTally(name))
    this.#separator = separator.charCodeAt(0)
    this.#hasDecimalComma = separator === ';'
    this.#skip = hasHeader
  }

  take(text: string): void {
    let start = 0
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === 0x22) {
        this.#cell += text.slice(start, at)
        start = at + 1
        this.#quoted = !this.#quoted
      } else if (!this.#quoted && (code === this.#separator || code === 0x0a)) {
        this.#cells.push(this.#cell + text.slice(start, at))
        this.#cell = ''
        start = at + 1
        if (code === 0x0a) this.#endRecord()
      }
    }
    this.#cell += text.slice(start)
  }

  /** Beyond the bound of cells: only how many records there are. */
  count(bytes: Buffer): void {
    for (const byte of bytes) {
      if (byte === 0x22) this.#quoted = !this.#quoted
      if (byte === 0x0a && !this.#quoted) {
        if (this.#filled) this.records++
        this.#filled = false
      } else if (byte !== 0x0d) this.#filled = true
    }
  }

  end(): void {
    if (this.#cell !== '' || this.#cells.length > 0) {
      this.#cells.push(this.#cell)
      this.#endRecord()
    } else if (this.#filled) this.records++
  }

  read(): ColumnFacts[] {
    return this.records === 0 ? [] : this.#columns.map((column) => column.read())
  }

  #endRecord(): void {
    const cells = this.#cells
    this.#cells = []
    this.#cell = ''
    if (cells.length === 1 && (cells[0] ?? '').replace('\r', '') === '') return
    this.records++
    if (this.#skip) this.#skip = false
    else this.#columns.forEach((column, index) => column.addText(this.#plain(cells[index] ?? '')))
  }

  #plain(cell: string): string {
    return this.#hasDecimalComma && /^\s*[-+]?\d+,\d+\s*$/.test(cell) ? cell.replace(',', '.') : cell
  }
}

/** Cells of the first record; empty when it does not fit into the head. */
function splitHeader({ head, size }: OpenFile, separator: string): string[] {
  const text = head.toString('utf8')
  const [header = []] = splitRecords(text, separator)
  return size <= head.length || text.includes('\n') ? header : []
}

/**
 * Cells of each record, empty records left out.
 * @param separator absent: the comma or the semicolon, whichever the first line has more of
 */
export function* splitRecords(text: string, separator?: string): Generator<string[]> {
  const content = text.replace(/^\uFEFF/, '')
  const between = separator ?? guessSeparator(content)
  let cells: string[] = []
  let cell = ''
  let quoted = false
  for (const character of `${content}\n`) {
    if (character === '"') quoted = !quoted
    else if (!quoted && (character === between || character === '\n')) {
      cells.push(cell.trim())
      cell = ''
      if (character === between) continue
      if (cells.length > 1 || cells[0] !== '') yield cells
      cells = []
    } else cell += character
  }
}

/** Spreadsheets of half of Europe write CSV with semicolons. */
function guessSeparator(text: string): string {
  const line = text.slice(0, text.indexOf('\n'))
  return line.split(';').length > line.split(',').length ? ';' : ','
}
