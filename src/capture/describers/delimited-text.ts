import type { FileHandle } from 'node:fs/promises'
import type { Describer, OpenFile } from './describer.ts'

const bound = 64 << 20
const chunk = 1 << 20

/** Columns and rows of CSV and TSV (RFC 4180), the rows up to 64 MiB. */
export const delimitedTextDescriber: Describer = {
  name: 'DelimitedTextDescriber',
  formats: ['text/csv', 'text/tab-separated-values'],
  async describe(open) {
    const header = splitHeader(open)
    const named = header.length > 0 && header.every((cell) => cell !== '' && Number.isNaN(Number(cell)))
    const records = open.size > bound ? undefined : await countRecords(open.file, open.size)
    return {
      ...(named && { columns: header }),
      ...(records !== undefined && { rowCount: named ? records - 1 : records }),
    }
  },
}

/** Cells of the first record; empty when it does not fit into the head. */
function splitHeader({ head, format, size }: OpenFile): string[] {
  const text = head.toString('utf8')
  const [header = []] = splitRecords(text, format === 'text/csv' ? undefined : '\t')
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

/** Records that are not empty; a line break within quotes ends none. */
async function countRecords(file: FileHandle, size: number): Promise<number> {
  const buffer = Buffer.allocUnsafe(Math.min(chunk, Math.max(size, 1)))
  let records = 0
  let quoted = false
  let filled = false
  for (let position = 0; ;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position)
    if (bytesRead === 0) break
    for (let at = 0; at < bytesRead; at++) {
      const byte = buffer[at]
      if (byte === 0x22) quoted = !quoted
      if (byte === 0x0a && !quoted) {
        if (filled) records++
        filled = false
      } else if (byte !== 0x0d) filled = true
    }
    position += bytesRead
  }
  return filled ? records + 1 : records
}
