import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { generateLineFields } from '../../build/generate-line-fields.ts'
import { generateLineTypes } from '../../build/generate-line-types.ts'
import { readJournalSchema } from '../../build/journal-schema.ts'
import { packageRoot } from '../../src/package-root.ts'

const schema = readJournalSchema()
const file = (name: string) => join(packageRoot, 'src', 'journal', name)

// `npm run generate:journal` runs this file with --update, which writes what it would compare.
describe('The committed file is what is generated from the contract', () => {
  test('the types of lines', async () => {
    await expect(await generateLineTypes(schema)).toMatchFileSnapshot(file('line.ts'))
  })

  test('the checks of their fields', async () => {
    await expect(await generateLineFields(schema)).toMatchFileSnapshot(file('line-fields.ts'))
  })
})

test('Every kind of line is written by an agent, by the recorder or by both', () => {
  const refs = (one: { oneOf?: { $ref?: string }[] }) => (one.oneOf ?? []).map(({ $ref }) => $ref)
  const { agentLine = {}, recorderLine = {} } = schema.$defs
  expect(new Set([...refs(agentLine), ...refs(recorderLine)])).toEqual(new Set(refs(schema)))
})
