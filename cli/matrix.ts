import { matrix } from '../src/index.ts'
import type { CompletenessMatrix, CompletenessReport, MatrixCell } from '../src/index.ts'
import { formatTable } from './terminal/table.ts'
import type { Column } from './terminal/table.ts'
import type { Style, Terminal } from './terminal/terminal.ts'

type MatrixRow = CompletenessMatrix['rows'][number]
type Line = MatrixRow | 'answered'

/** How a status is drawn where it does not matter for which use case; what could not be judged is `?`. */
export const requirementSigns: Readonly<Partial<Record<string, string>>> = {
  satisfied: '✓',
  missing: '✗',
  'nothing-to-check': '–',
}

const legend = '✓ recorded   ✗ missing   ○ missing, and can do without   – nothing of the kind   ? not asked'

/** Lines of the table use case × requirement, its last line saying which use cases are answered. */
export function formatMatrix(terminal: Terminal, report: CompletenessReport): string[] {
  const { columns, rows } = matrix(report)
  const table: Column<Line>[] = [
    {
      title: 'requirement',
      text: (line) => (line === 'answered' ? 'answered' : line.name),
      style: (line) => (line === 'answered' ? 'bold' : undefined),
    },
    ...columns.map(({ id, answered }, at): Column<Line> => ({
      title: id,
      text: (line) => ` ${line === 'answered' ? (answered ? '✓' : '✗') : signOf(line.cells[at])} `,
      style: (line) => (line === 'answered' ? (answered ? 'green' : 'red') : styleOf(line.cells[at])),
      fixed: true,
    })),
  ]
  return [...formatTable(terminal, table, [...rows, 'answered']), terminal.style('dim', legend)]
}

function signOf(cell: MatrixCell | undefined): string {
  if (cell === undefined) return ' '
  return cell.status === 'missing' && !cell.blocks ? '○' : (requirementSigns[cell.status] ?? '?')
}

function styleOf(cell: MatrixCell | undefined): Style | undefined {
  if (cell === undefined) return undefined
  if (cell.status === 'satisfied') return 'green'
  if (cell.blocks) return 'red'
  return cell.status === 'missing' ? 'yellow' : 'dim'
}
