import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ParseError, UsageError } from '../../src/errors.ts'
import { homeGraph } from '../../src/formats/home-graph.ts'
import { readQuads } from '../../src/formats/parse.ts'
import { readRdfFile } from '../../src/formats/read-file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vampira-read-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function failure(name: string, text?: string): Promise<unknown> {
  const file = join(folder, name)
  if (text !== undefined) await writeFile(file, text)
  return readRdfFile(file).catch((error: unknown) => error)
}

describe('a file of RDF', () => {
  test('is read by the ending of its name, and names of it are relative to it', async () => {
    const file = join(folder, 'a b.TTL')
    await writeFile(file, '<#x> <urn:p> <> .')
    const [quad] = await readRdfFile(file)
    const address = pathToFileURL(file).href
    expect([quad?.subject.value, quad?.object.value]).toEqual([`${address}#x`, address])
  })

  test('that is longer than what is read at once is read whole', async () => {
    const file = join(folder, 'long.nt')
    const line = (n: number) => `<urn:subject:${n}> <urn:p> "é🧛 ${'x'.repeat(50)}" .\n`
    await writeFile(file, Array.from({ length: 5000 }, (_, n) => line(n)).join(''))
    const quads = await readRdfFile(file)
    expect(quads).toHaveLength(5000)
    expect(new Set(quads.map(({ object }) => object.value)).size).toBe(1)
  })

  test.each(['results.csv', 'ttl', 'results.csv.gz', 'ttl.gz', '.gz'])(
    'of another name is refused: %s',
    async (name) => {
      const error = await failure(name, '')
      expect(error).toBeInstanceOf(UsageError)
      expect(error).toMatchObject({
        message: `Cannot tell the format of ${join(folder, name)} by its name`,
        advice: expect.stringMatching(/^Name it with one of \.ttl \.trig .*\.jsonld \.json \.rdf \.owl/),
        place: { file: join(folder, name) },
      })
    },
  )

  test.each(['run.ttl.gz', 'RUN.TTL.GZ'])('is read where gzip compressed it: %s', async (name) => {
    const file = join(folder, name)
    await writeFile(file, gzipSync('<#x> <urn:p> "é" .'))
    const [quad] = await readRdfFile(file)
    expect([quad?.subject.value, quad?.object.value]).toEqual([`${pathToFileURL(file).href}#x`, 'é'])
  })

  test.each([
    ['plain.ttl.gz', Buffer.from('<urn:a> <urn:b> <urn:c> .'), 'it is not compressed by gzip'],
    ['half.ttl.gz', gzipSync('<urn:a> <urn:b> <urn:c> .').subarray(0, -9), 'it ends too early'],
  ])('that only says that it is compressed, or is cut off, is refused: %s', async (name, bytes, why) => {
    await writeFile(join(folder, name), bytes)
    const error = await failure(name)
    expect(error).toBeInstanceOf(UsageError)
    expect((error as Error).message).toBe(`Cannot read ${join(folder, name)}: ${why}`)
  })

  test.each(['ttl', 'trig', 'nt', 'nq', 'jsonld', 'rdf'])(
    'may begin with a byte order mark, but no triple of it does: .%s',
    async (ending) => {
      const file = join(folder, `marked.${ending}`)
      const texts: Record<string, string> = {
        jsonld: '{"@id": "urn:a", "urn:b": "\ufeffc"}',
        rdf: '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="urn:a"><b xmlns="urn:">\ufeffc</b></rdf:Description></rdf:RDF>',
      }
      await writeFile(file, `\ufeff${texts[ending] ?? '<urn:a> <urn:b> "\ufeffc" .'}`)
      const [quad] = await readRdfFile(file)
      expect([quad?.subject.value, quad?.object.value]).toEqual(['urn:a', '\ufeffc'])
    },
  )

  test('that is not there, or is a folder, is refused in a sentence', async () => {
    const missing = await failure('missing.ttl')
    expect(missing).toBeInstanceOf(UsageError)
    expect(missing).toMatchObject({ message: expect.stringMatching(/missing\.ttl: there is no such file$/) })
    await mkdir(join(folder, 'folder.ttl'))
    expect(await failure('folder.ttl')).toBeInstanceOf(UsageError)
  })

  test('that is broken is reported with its place', async () => {
    const error = await failure('broken.trig', '<urn:a> <urn:b> <urn:c> .\n<urn:a> nonsense')
    expect(error).toBeInstanceOf(ParseError)
    expect(error).toMatchObject({ place: { file: join(folder, 'broken.trig'), line: 2 } })
  })
})

describe('triples without a graph belong', () => {
  const header = 'PREFIX vam: <https://w3id.org/vampira#> PREFIX : <urn:uuid:1#>'
  test.each([
    ['to the record of the run that they are about', '<urn:uuid:1> a vam:PipelineRun .', 'urn:uuid:1#record'],
    [
      'to its summary, if they say that they are one',
      '<urn:uuid:1> a vam:PipelineRun . :summary a vam:Summary .',
      'urn:uuid:1#summary',
    ],
    [
      'nowhere, if they are about two runs',
      '<urn:1> a vam:PipelineRun . <urn:2> a vam:PipelineRun .',
      undefined,
    ],
    [
      'nowhere, if they are about none',
      ':summary a vam:Summary . <urn:1> vam:is vam:PipelineRun .',
      undefined,
    ],
  ])('%s', async (_, text, graph) => {
    expect(homeGraph(await readQuads(`${header} ${text}`, { format: 'turtle' }))).toBe(graph)
  })
})
