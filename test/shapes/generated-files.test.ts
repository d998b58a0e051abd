import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { generateTable } from '../../build/generate-table.ts'
import { generateUseCase } from '../../build/generate-use-cases.ts'
import { readRequirementTable } from '../../src/validate/requirement-table.ts'

const table = await readRequirementTable()
const texts = Object.fromEntries(
  table.requirements.map(({ id }) => [
    id,
    readFileSync(join(packageRoot, 'shapes', 'requirements', `${id}.ttl`), 'utf8'),
  ]),
)

// `npm run generate:shapes` runs this file with --update, which writes what it would compare.
describe('the committed file is what is generated from the requirement shapes and the table', () => {
  test.each(table.useCases)('$id', async (useCase) => {
    const file = join(packageRoot, 'shapes', 'use-cases', `${useCase.id.toLowerCase()}.ttl`)
    await expect(generateUseCase(table, useCase, texts)).toMatchFileSnapshot(file)
  })

  test('the table as RDF', async () => {
    const file = join(packageRoot, 'ontologies', 'requirement-table.ttl')
    await expect(generateTable(table)).toMatchFileSnapshot(file)
  })
})
