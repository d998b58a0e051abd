import { splitRecords } from '../capture/describers/delimited-records.ts'
import { medianSize } from './number-tolerance.ts'
import type { ContentsReader, Part } from './parts.ts'

/** The cells of a table of text, as numbers where they are such: column by column, each under its heading. */
export const tableContents: ContentsReader = {
  formats: ['text/csv', 'text/tab-separated-values'],
  by: 'values',
  read(bytes, format) {
    const records = splitRecords(
      bytes.toString('utf8'),
      format === 'text/tab-separated-values' ? '\t' : undefined,
    )
    const [first = [], ...rest] = records
    const hasHeadings = first.every((cell) => !isNumber(cell))
    const rows = hasHeadings ? rest : records
    const width = Math.max(0, ...records.map(({ length }) => length))
    return Array.from({ length: width }, (_, column): Part => {
      const name = (hasHeadings ? first[column] : undefined) || `column ${column + 1}`
      const values = rows.map((cells) => valueOf(cells[column]))
      return {
        name: first.indexOf(name) === column || !hasHeadings ? name : `${name} (column ${column + 1})`,
        values,
        scale: medianSize(values),
        place: (index) => `row ${index + 1} of ${name}`,
        counts: true,
      }
    })
  },
}

function isNumber(cell: string): boolean {
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(cell)
}

function valueOf(cell: string | undefined): string | number | undefined {
  return cell !== undefined && isNumber(cell) ? Number(cell) : cell
}
