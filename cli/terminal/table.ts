import { onceEach } from '../../src/once-each.ts'
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
  // Of thousands of rows most cells are alike, and to keep them all would take more than the rows do.
  const widths = fit(
    columns,
    columns.map(({ title, text }) => widest(title, new Set(rows.map((row) => text(row))))),
    terminal.width,
  )
  const fitted = columns.map((column, at) =>
    onceEach((text: string) => {
      const last = at === columns.length - 1
      return pad(cut(printable(text), widths[at]!, column.cut), widths[at]!, column.align, last)
    }),
  )
  const line = (
    textOf: (column: Column<Row>) => string,
    styleOf: (column: Column<Row>) => Style | undefined,
  ) => {
    let whole = ''
    for (const [at, column] of columns.entries()) {
      const cell = fitted[at]!(textOf(column))
      const style = styleOf(column)
      whole += (at === 0 ? '' : gap) + (style === undefined ? cell : terminal.style(style, cell))
    }
    return whole.trimEnd()
  }
  const lines = rows.map((row) =>
    line(
      ({ text }) => text(row),
      ({ style }) => style?.(row),
    ),
  )
  return [
    line(
      ({ title }) => title,
      () => 'dim',
    ),
    ...lines,
  ]
}

/** The columns that say something about at least one row. */
export function withContent<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Column<Row>[] {
  return columns.filter((column) => rows.some((row) => column.text(row) !== ''))
}

function widest(title: string, texts: ReadonlySet<string>): number {
  let width = columnsOf(title)
  for (const text of texts) width = Math.max(width, columnsOf(printable(text)))
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
