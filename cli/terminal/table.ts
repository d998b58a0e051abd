import { columnsOf, cut, printable } from './columns.ts'
import type { Style, Terminal } from './terminal.ts'

export interface Column<Row> {
  title: string
  text(row: Row): string
  align?: 'left' | 'right'
  /** Where a cell is cut when the terminal is too narrow; the middle suits paths and IRIs. */
  cut?: 'end' | 'middle'
  /** Never cut. */
  fixed?: boolean
  /** Not cut to fewer columns than this; 8 if not given. */
  least?: number
  style?(row: Row): Style | undefined
}

const gap = '  '
const least = 8

/** Lines of a table with a heading; columns that are not fixed share what the terminal's width leaves. */
export function formatTable<Row>(
  terminal: Terminal,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): string[] {
  const cells = rows.map((row) => columns.map((column) => printable(column.text(row))))
  const widths = fit(
    columns,
    columns.map((column, at) => widest(column.title, cells, at)),
    terminal.width,
  )
  const line = (texts: readonly string[], styleOf: (at: number) => Style | undefined) =>
    columns
      .map((column, at) => {
        const last = at === columns.length - 1
        const text = pad(
          cut(texts[at] ?? '', widths[at] ?? 0, column.cut),
          widths[at] ?? 0,
          column.align,
          last,
        )
        const style = styleOf(at)
        return style === undefined ? text : terminal.style(style, text)
      })
      .join(gap)
      .trimEnd()
  return [
    line(
      columns.map((column) => column.title),
      () => 'dim',
    ),
    ...rows.map((row, index) => line(cells[index] ?? [], (at) => columns[at]?.style?.(row))),
  ]
}

/** The columns that say something about at least one row. */
export function withContent<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Column<Row>[] {
  return columns.filter((column) => rows.some((row) => column.text(row) !== ''))
}

function widest(title: string, cells: readonly (readonly string[])[], at: number): number {
  let width = columnsOf(title)
  for (const row of cells) width = Math.max(width, columnsOf(row[at] ?? ''))
  return width
}

function fit(columns: readonly Column<never>[], natural: readonly number[], width: number): number[] {
  const widths = [...natural]
  let excess = widths.reduce((sum, each) => sum + each, gap.length * (widths.length - 1)) - width
  while (excess > 0) {
    const spare = widths.map((each, at) =>
      columns[at]?.fixed === true ? 0 : each - (columns[at]?.least ?? least),
    )
    const most = Math.max(...spare)
    if (most <= 0) break
    const at = spare.indexOf(most)
    const second = Math.max(0, ...spare.filter((_, other) => other !== at))
    const taken = Math.max(1, Math.min(excess, most - second))
    widths[at] = (widths[at] ?? 0) - taken
    excess -= taken
  }
  return widths
}

function pad(text: string, width: number, align: 'left' | 'right' | undefined, last: boolean): string {
  const spaces = ' '.repeat(Math.max(0, width - columnsOf(text)))
  if (align === 'right') return spaces + text
  return last ? text : text + spaces
}
