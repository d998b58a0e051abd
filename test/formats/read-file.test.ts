import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ParseError, UsageError } from '../../src/errors.ts'
import { homeGraph, runsIn } from '../../src/formats/home-graph.ts'
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

describe('a broken file', () => {
  test.each([
    ['broken.nt', 'oops', 'or give --lenient, which leaves out the lines that are broken.'],
    ['broken.trig', 'oops', 'or give --lenient, which leaves out the statements that are broken.'],
    ['broken.jsonld', '[', 'Correct the text there: a file of jsonld is read whole or not at all.'],
    [
      'remote.jsonld',
      '{"@context":"http://x.example/"}',
      'Put that context into the document, in the place of',
    ],
    ['broken.rdf', '<', 'Correct the text there: a file of rdfxml is read whole or not at all.'],
  ])('is an error that says what can be done: %s', async (name, text, advice) => {
    expect(await failure(name, text)).toMatchObject({ advice: expect.stringContaining(advice) })
  })

  test('read leniently tells of ten parts that are left out, and then of how many', async () => {
    const file = join(folder, 'many-broken.nt')
    await writeFile(file, 'oops\n'.repeat(13))
    const told: string[] = []
    expect(await readRdfFile(file, { onLeftOut: (sentence) => told.push(sentence) })).toEqual([])
    expect(told).toHaveLength(11)
    expect(told.at(-1)).toBe(`3 more broken parts are left out of ${file}`)
  })

  test('that is read whole or not at all is an error where reading is lenient, too', async () => {
    const file = join(folder, 'whole.jsonld')
    await writeFile(file, '[')
    await expect(readRdfFile(file, { onLeftOut() {} })).rejects.toThrow(ParseError)
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
      'to the file, if they are about two runs',
      '<urn:1> a vam:PipelineRun . <urn:2> a vam:PipelineRun .',
      'file:///two.ttl',
    ],
    [
      'nowhere, if they are about none',
      ':summary a vam:Summary . <urn:1> vam:is vam:PipelineRun .',
      undefined,
    ],
  ])('%s', async (_, text, graph) => {
    const quads = await readQuads(`${header} ${text}`, { format: 'turtle' })
    expect(homeGraph(runsIn(quads), 'file:///two.ttl')).toBe(graph)
  })
})
