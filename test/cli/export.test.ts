import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FORMATS } from '../../src/formats/formats.ts'
import { parseQuads } from '../../src/formats/parse.ts'
import { exampleId, makeStore } from './example-store.ts'
import { vampiraHere } from './here.ts'

let folder: string
beforeAll(async () => {
  folder = await makeStore([{ id: exampleId }])
})
afterAll(() => rm(folder, { recursive: true }))

/** Triples as text, sorted: without blank nodes that is one form a graph. */
async function triples(text: string, format: string): Promise<string[]> {
  const lines: string[] = []
  for await (const { subject, predicate, object } of parseQuads(text, { format })) {
    const type = object.termType === 'Literal' ? `^^${object.datatype.value}` : ''
    lines.push(`${subject.value} ${predicate.value} ${object.value}${type}`)
  }
  return lines.sort()
}

describe('every format says the same graph', () => {
  test.each(FORMATS.filter(({ uses }) => uses.length === 2))('$name', async ({ name: format }) => {
    const stored = await readFile(join(folder, '.vampira/runs', exampleId, 'record.trig'), 'utf8')
    const ended = await vampiraHere(['export', 'last', '--to', format], { cwd: folder })
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(await triples(ended.stdout, format)).toEqual(await triples(stored, 'trig'))
  })
})

test.each(['trig', 'nquads', 'jsonld'])(
  '--graph default puts the record into the default graph: %s',
  async (to) => {
    const graphs = async (...more: string[]) => {
      const { stdout } = await vampiraHere(['export', 'last', '--to', to, ...more], { cwd: folder })
      const names = new Set<string>()
      for await (const { graph } of parseQuads(stdout, { format: to })) names.add(graph.value)
      return { names: [...names], triples: await triples(stdout, to) }
    }
    const named = await graphs()
    expect(named.names).toEqual([`urn:uuid:${exampleId}#record`])
    expect(await graphs('--graph', 'named')).toEqual(named)
    expect(await graphs('--graph', 'default')).toEqual({ names: [''], triples: named.triples })
  },
)

test.each([
  [['--to', 'turtle', '--graph', 'named'], 'turtle has no named graphs. Use trig, nquads or jsonld.'],
  [['--to', 'trig', '--graph', 'record'], 'record is no place for the triples.'],
  [
    ['--to', 'trig', '--part', 'both', '--graph', 'default'],
    'The default graph cannot keep the record apart',
  ],
])('%j is refused', async (args, message) => {
  const ended = await vampiraHere(['export', 'last', ...args], { cwd: folder })
  expect(ended).toMatchObject({ code: 2, stdout: '' })
  expect(ended.stderr).toContain(`vampira: ${message}`)
})

test('Turtle has only the default graph, said or not', async () => {
  const [said, silent] = await Promise.all(
    [['--graph', 'default'], []].map((more) =>
      vampiraHere(['export', 'last', '--to', 'turtle', ...more, '--store', folder]),
    ),
  )
  expect(said).toEqual(silent)
})

test('both parts stand in their named graphs', async () => {
  const { stdout } = await vampiraHere(['export', 'last', '--to', 'nquads', '--part', 'both'], {
    cwd: folder,
  })
  const graphs = new Set<string>()
  for await (const { graph } of parseQuads(stdout, { format: 'nquads' })) graphs.add(graph.value)
  expect([...graphs].sort()).toEqual(['record', 'summary'].map((part) => `urn:uuid:${exampleId}#${part}`))
})

test('a file whose name ends in .gz is compressed, and read again by a question', async () => {
  const ended = await vampiraHere(['export', 'last', '-o', 'run.ttl.gz', '--json'], { cwd: folder })
  expect(ended).toMatchObject({ code: 0, stderr: '' })
  const bytes = await readFile(join(folder, 'run.ttl.gz'))
  expect(JSON.parse(ended.stdout)).toMatchObject({ format: 'turtle', bytes: bytes.length })
  const plain = await vampiraHere(['export', 'last', '--to', 'turtle'], { cwd: folder })
  expect(gunzipSync(bytes).toString()).toBe(plain.stdout)
  const asked = ['query', 'data-products', '--format', 'csv']
  const here = await vampiraHere(asked, { cwd: folder })
  const there = await vampiraHere([...asked, '--source', 'run.ttl.gz'], { cwd: folder })
  expect(there).toMatchObject({ code: 0, stdout: here.stdout })
})

test('the format of a file is that of its name, and the file appears whole', async () => {
  const ended = await vampiraHere(['export', 'last', '-o', 'run.jsonld', '--json'], { cwd: folder })
  expect(ended).toMatchObject({ code: 0, stderr: '' })
  const text = await readFile(join(folder, 'run.jsonld'), 'utf8')
  expect(JSON.parse(ended.stdout)).toEqual({
    run: `urn:uuid:${exampleId}`,
    parts: ['record'],
    format: 'jsonld',
    file: 'run.jsonld',
    bytes: Buffer.byteLength(text),
  })
  expect(() => JSON.parse(text)).not.toThrow()
  expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([])
})
