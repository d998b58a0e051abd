import { expect, test } from 'vitest'
import { columnsOf } from '../../../cli/terminal/columns.ts'
import { formatTable } from '../../../cli/terminal/table.ts'
import type { Terminal } from '../../../cli/terminal/terminal.ts'

const rows = [
  { name: '星図', path: 'data/survey/fields/a.fits', count: '12' },
  { name: 'histogram', path: 'b.fits', count: '4,096' },
]
const columns = [
  { title: 'name', text: (row: (typeof rows)[number]) => row.name },
  { title: 'path', text: (row: (typeof rows)[number]) => row.path, cut: 'middle' as const },
  { title: 'count', text: (row: (typeof rows)[number]) => row.count, align: 'right' as const },
]
const terminal = (width: number) => ({ width, style: (_: string, text: string) => text }) as Terminal

test('columns line up whatever the script they are written in', () => {
  expect(formatTable(terminal(Infinity), columns, rows)).toEqual([
    'name       path                       count',
    '星図       data/survey/fields/a.fits     12',
    'histogram  b.fits                     4,096',
  ])
})

test('a narrow terminal cuts the widest column and no line is longer than it', () => {
  const lines = formatTable(terminal(34), columns, rows)
  for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(34)
  expect(lines[1]).toContain('a.fits')
  expect(lines[1]).toContain('…')
})

test('a terminal too narrow for anything still gets every row', () => {
  expect(formatTable(terminal(5), columns, rows)).toHaveLength(3)
})
