import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { QueryError, UsageError } from '../../src/errors.ts'
import { catalogue, catalogueQuery, readCatalogue } from '../../src/query/catalogue.ts'

const folder = mkdtempSync(join(tmpdir(), 'vampira-catalogue-'))
afterAll(() => rmSync(folder, { recursive: true }))

function folderWith(name: string, files: Record<string, string>): string {
  const path = join(folder, name)
  mkdirSync(path)
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text)
  return path
}

const queryOf = (summary: string) => `#+ summary: ${summary}
#+ answers: everyday
#+ returns:
#+   s: a thing
#+ reads: summaries
SELECT ?s { ?s ?p ?o }
`

describe('a catalogue', () => {
  it('has each .rq file of a folder, under its name, in the order of names, with header and text', async () => {
    const path = folderWith('two', {
      'second.rq': queryOf('Two'),
      'first.rq': queryOf('One'),
      'notes.md': 'no query',
    })
    expect(await readCatalogue(path)).toEqual(
      [
        ['first', 'One'],
        ['second', 'Two'],
      ].map(([name, summary]) => ({
        name,
        summary,
        sparql: queryOf(summary!),
        answers: ['everyday'],
        parameters: [],
        columns: [{ name: 's', description: 'a thing' }],
        shows: [],
        reads: 'summaries',
      })),
    )
  })

  it('says which file has a bad header', async () => {
    const path = folderWith('bad', { 'bad.rq': '#+ summary: x\nASK {}' })
    const read = readCatalogue(path)
    await expect(read).rejects.toBeInstanceOf(QueryError)
    await expect(read).rejects.toMatchObject({ place: { file: join(path, 'bad.rq'), line: 1 } })
  })

  it('of the package is read once', async () => {
    expect(catalogue()).toBe(catalogue())
    const names = (await catalogue()).map(({ name }) => name)
    expect(names).toContain('lineage')
    expect(names).toEqual(names.toSorted())
  })
})

describe('a query of the package', () => {
  it('is found by its name', async () => {
    const query = await catalogueQuery('lineage')
    expect(query).toBe((await catalogue()).find(({ name }) => name === 'lineage'))
  })

  it.each([
    ['a part of its name', 'lineag', 'lineage'],
    ['more than its name', 'lineage.sparql', 'lineage'],
  ])('is named where someone gives %s', async (_, given, meant) => {
    const asked = catalogueQuery(given)
    await expect(asked).rejects.toBeInstanceOf(UsageError)
    await expect(asked).rejects.toMatchObject({
      message: `There is no query named "${given}"`,
      advice: `Did you mean ${meant}? \`vampira queries\` lists them all.`,
    })
  })

  it('is named together with the others that are as near', async () => {
    const near = (await catalogue()).map(({ name }) => name).filter((name) => name.includes('uc'))
    expect(near.length).toBeGreaterThan(1)
    await expect(catalogueQuery('uc')).rejects.toMatchObject({
      advice: `Did you mean ${near.join(' or ')}? \`vampira queries\` lists them all.`,
    })
  })

  it('is not guessed where none is near', async () => {
    await expect(catalogueQuery('zzz')).rejects.toMatchObject({
      message: 'There is no query named "zzz"',
      advice: '`vampira queries` lists them all; a file must end in .rq.',
    })
  })
})
