import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { readRequirementTable, type Cell } from '../../src/validate/requirement-table.ts'

const page = readFileSync(join(packageRoot, 'docs', 'completeness.md'), 'utf8')
const table = await readRequirementTable()

function signOf(cell: Cell | undefined): string {
  if (cell === undefined) return ''
  if (cell.level === 'mandatory') return '●'
  return cell.level === 'optional' ? '○' : '◐'
}

test.each(table.requirements)(
  'docs/completeness.md has the row of $name, and when it is satisfied',
  (requirement) => {
    const signs = table.useCases.map(({ id }) => signOf(requirement.cells[id]))
    expect(page).toContain(`| ${requirement.name} | ${signs.join(' | ')} |`)
    expect(page).toContain(`| ${requirement.name} | ${requirement.satisfiedWhen} |`)
  },
)
