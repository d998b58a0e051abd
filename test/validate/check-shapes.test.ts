import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ShapeError } from '../../src/errors.ts'
import { packageRoot } from '../../src/package-root.ts'
import { parseShapes, readShapes } from '../../src/validate/read-shapes.ts'

const folder = join(packageRoot, 'test', 'validate', 'not-shapes')
const refused = readdirSync(folder).map((name) => {
  const file = join(folder, name)
  const text = readFileSync(file, 'utf8')
  const header = (key: string): string | undefined => new RegExp(`^#\\+ ${key}: (.*)$`, 'm').exec(text)?.[1]
  return { name, file, says: header('says') ?? '', advises: header('advises'), at: header('at') }
})

async function refusal(file: string): Promise<ShapeError> {
  const outcome = await readShapes([file]).catch((error: unknown) => error)
  expect(outcome).toBeInstanceOf(ShapeError)
  return outcome as ShapeError
}

describe('what is not a shape is refused with its file, its line and its name', () => {
  test.each(refused)('$name', async ({ file, says, advises, at }) => {
    const error = await refusal(file)
    expect(error.message).toContain(says)
    expect(error.message).not.toContain('\n')
    expect(error.place?.file).toBe(file)
    expect(error.place?.line).toBeGreaterThan(1)
    if (advises !== undefined) expect(error.advice).toContain(advises)
    if (at !== undefined) expect(error.place?.iri).toBe(`https://example.org/shapes#${at.slice(1)}`)
  })

  test('the line of a misspelt property is the line that it stands on', async () => {
    const misspelt = refused.find(({ name }) => name === 'misspelt-property.ttl')
    const { file = '' } = misspelt ?? {}
    const lines = readFileSync(file, 'utf8').split('\n')
    expect((await refusal(file)).place?.line).toBe(
      lines.findIndex((line) => line.includes('  sh:mincount')) + 1,
    )
  })

  test('what SHACL-SHACL refuses, with the sentence of the rule and the value that offends', async () => {
    const error = await refusal(join(folder, 'count-is-a-word.ttl'))
    expect(error.message).toBe(
      '<https://example.org/shapes#start> is not well-formed SHACL: ' +
        'Value does not have datatype <http://www.w3.org/2001/XMLSchema#integer> at one',
    )
    expect(error.advice).toBe('See https://www.w3.org/TR/shacl/#syntax-rules.')
  })

  test('a term that is near to none of SHACL, with advice to remove it', async () => {
    const text = `PREFIX sh: <http://www.w3.org/ns/shacl#>
      <urn:s> a sh:NodeShape ; sh:zzzzzzzzzzzzzzzz 1 .`
    await expect(parseShapes([{ file: 'a.ttl', text }])).rejects.toMatchObject({
      message: '<urn:s> uses sh:zzzzzzzzzzzzzzzz, which is no term of SHACL',
      advice: 'Remove it, or use a namespace of your own.',
    })
  })

  test('a file that is not there', async () => {
    const error = await refusal(join(folder, 'no-such-file.ttl'))
    expect(error.message).toContain('Cannot read the shapes file')
  })

  test('of several files, the one that is at fault', async () => {
    const good = join(packageRoot, 'shapes', 'requirements', 'components.ttl')
    const { file = '' } = refused.find(({ name }) => name === 'javascript.ttl') ?? {}
    const error = await readShapes([good, file]).catch((caught: unknown) => caught)
    expect((error as ShapeError).place?.file).toBe(file)
  })
})

describe('every shapes file of ours is accepted', () => {
  const files = ['requirements', 'use-cases'].flatMap((name) =>
    readdirSync(join(packageRoot, 'shapes', name)).map((file) => `${name}/${file}`),
  )
  test.each(files)('%s', async (file) => {
    const { dataset } = await readShapes([join(packageRoot, 'shapes', file)])
    expect(dataset.size).toBeGreaterThan(10)
  })
})

test('shapes that any engine takes are accepted: core constraints, targets of every kind, a query, SHACL for SHACL', async () => {
  const text = readFileSync(join(packageRoot, 'test', 'validate', 'accepted-shapes.ttl'), 'utf8')
  expect((await parseShapes([{ file: 'accepted-shapes.ttl', text }])).dataset.size).toBeGreaterThan(10)
})
