import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Quad } from '@rdfjs/types'
import { describe, expect, test } from 'vitest'
// What a user of the package has: text is read by `readQuads`, files are asked as `--source FILE` asks them.
import { openEngine, readQuads } from '../../src/index.ts'
import { termKey } from '../../src/query/term-key.ts'
import { ntriplesLine } from '../../src/rdf/write-term.ts'

// Each folder holds one graph, in one file for each syntax, and what every one of them says.
const cases = join(import.meta.dirname, 'read')
const files = readdirSync(cases).flatMap((folder) =>
  readdirSync(join(cases, folder))
    .filter((name) => name.startsWith('input.'))
    .map((name) => join(folder, name)),
)

function expectedLines(file: string): string[] {
  const base = pathToFileURL(file).href
  const folder = dirname(base)
  return readFileSync(join(dirname(file), 'expected.nt'), 'utf8')
    .replaceAll('BASE', base)
    .replaceAll('FOLDER/..', dirname(folder))
    .replaceAll('FOLDER', folder)
    .trimEnd()
    .split('\n')
    .sort()
}

const linesOf = (quads: readonly Quad[]) =>
  quads.map((quad) => ntriplesLine(quad).replaceAll(/_:\S+/g, '_:x')).sort()

/** As `linesOf`, but each number in one spelling: Oxigraph keeps the values of numbers and not their spelling. */
const keysOf = (quads: readonly Quad[]) =>
  quads
    .map(({ subject, predicate, object }) => [subject, predicate, object].map(termKey).join(' '))
    .map((line) => line.replaceAll(/_:\S+/g, '_:x'))
    .sort()

describe('a file says the same whichever way it is read', () => {
  test.each(files)('%s by readQuads', async (name) => {
    const file = join(cases, name)
    const quads = await readQuads(readFileSync(file, 'utf8'), {
      format: file,
      baseIri: pathToFileURL(file).href,
    })
    expect(linesOf(quads)).toEqual(expectedLines(file))
  })

  test.each(files)('%s by --source', async (name) => {
    const file = join(cases, name)
    const engine = await openEngine([{ file }])
    const answer = await engine.query('CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }')
    const expected = await readQuads(expectedLines(file).join('\n'), { format: 'ntriples' })
    expect(answer.type === 'quads' && keysOf(answer.quads)).toEqual(keysOf(expected))
  })
})

test('a blank node of one file is not that of another, though they have the same label', async () => {
  const names = ['text-and-blank-nodes/input.jsonld', 'text-and-blank-nodes/input.nt']
  const engine = await openEngine(names.map((name) => ({ file: join(cases, name) })))
  const answer = await engine.query('SELECT ?list { ?s <urn:example:list> ?list }')
  expect(answer.type === 'bindings' && answer.rows).toHaveLength(2)
})
