import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Quad } from '@rdfjs/types'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { StoreError } from '../../src/errors.ts'
import { formatOf, FORMATS } from '../../src/formats/formats.ts'
import { readQuads } from '../../src/formats/parse.ts'
import { serializeGraphs, type GraphText } from '../../src/formats/serialize.ts'
import { describeRun } from '../../src/prov/describe-run.ts'
import { stringLiteral } from '../../src/rdf/literals.ts'
import { nquadsLine, ntriplesLine } from '../../src/rdf/write-term.ts'
import { base, runId, emitExample } from '../prov/example-run.ts'
import { emitHardRun } from '../prov/hard-run.ts'

const runFile = promisify(execFile)
const python = process.env['VAMPIRA_RDFLIB_PYTHON']
const withoutPython = 'VAMPIRA_RDFLIB_PYTHON names no Python that has rdflib and prov[rdf]'
const script = fileURLToPath(new URL('read-with-rdflib.py', import.meta.url))
const formats = FORMATS.filter(({ uses }) => uses.length === 2).map(({ name }) => name)
/** Those that Oxigraph and rdflib know, too. */
const widelyRead = ['turtle', 'trig', 'nquads', 'ntriples', 'jsonld']
const runs = [
  ['the example', base, emitExample],
  ['a run of awkward names and values', 'https://example.org/lab/', emitHardRun],
] as const

async function write(where: string, emit: typeof emitExample): Promise<GraphText[]> {
  const texts = { record: '', summary: '' }
  const description = describeRun(
    {
      async write(part, text) {
        texts[part] += text
      },
    },
    { id: runId, base: where },
  )
  emit(description)
  await description.finish()
  return (['record', 'summary'] as const).map((part) => ({
    graph: `urn:uuid:${runId}#${part}`,
    mediaType: part === 'record' ? 'application/trig' : 'application/n-quads',
    async *text() {
      yield texts[part]
    },
  }))
}

async function read(graphs: readonly GraphText[], format: string): Promise<string> {
  let text = ''
  for await (const chunk of serializeGraphs(graphs, format)) text += chunk
  return text
}

/** Lines of canonical N-Quads, each once; triples where the format has no graphs. */
const linesOf = (quads: readonly Quad[], graphs: boolean) =>
  [...new Set(quads.map(graphs ? nquadsLine : ntriplesLine))].sort()

describe.each(runs)('%s', (_, where, emit) => {
  let graphs: GraphText[]
  let original: Quad[]
  let folder: string
  const files = new Map<string, string>()

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vampira-export-'))
    graphs = await write(where, emit)
    original = []
    for (const { text, mediaType } of graphs)
      original.push(...(await readQuads(text(), { format: mediaType })))
    for (const format of formats) {
      const file = join(folder, `export.${formatOf(format).extensions[0]}`)
      await writeFile(file, await read(graphs, format))
      files.set(format, file)
    }
  })

  afterAll(() => rm(folder, { recursive: true }))

  test.each(formats)('exported as %s is the same graph to the reader of that format', async (format) => {
    const quads = await readQuads(await read(graphs, format), { format })
    expect(linesOf(quads, formatOf(format).graphs)).toEqual(linesOf(original, formatOf(format).graphs))
    expect(original.length).toBeGreaterThan(100)
  })

  test.each(widelyRead)('exported as %s is the same graph to Oxigraph', async (format) => {
    const { parse } = await import('oxigraph')
    const quads = parse(await read(graphs, format), {
      format: formatOf(format).mediaType,
    }) as unknown as Quad[]
    expect(linesOf(quads, formatOf(format).graphs)).toEqual(linesOf(original, formatOf(format).graphs))
  })

  test.for(widelyRead)('exported as %s is the same graph to rdflib', async (format, { skip }) => {
    skip(python === undefined, withoutPython)
    const arguments_ = [script, 'quads', files.get(format)!, formatOf(format).mediaType]
    const { stdout } = await runFile(python!, arguments_, { maxBuffer: 2 ** 26 })
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => lineOf(JSON.parse(line) as RdflibQuad))
    expect([...new Set(lines)].sort()).toEqual(linesOf(original, formatOf(format).graphs))
  })

  test('is read by python prov without losing a call', async ({ skip }) => {
    skip(python === undefined, withoutPython)
    const file = join(folder, 'record.trig')
    await writeFile(file, await read(graphs.slice(0, 1), 'trig'))
    const { stdout } = await runFile(python!, [script, 'prov', file, 'trig'])
    const counts = JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, number>
    const record = original.filter((quad) => quad.graph.value.endsWith('#record'))
    const instances = (name: string) =>
      new Set(
        record
          .filter(
            ({ predicate, object }) => predicate.value.endsWith('#type') && object.value.endsWith(`#${name}`),
          )
          .map(({ subject }) => subject.value),
      ).size
    expect(counts['ProvActivity']).toBe(instances('Activity'))
    expect(counts['ProvAgent']).toBe(instances('Agent'))
    expect(counts['ProvEntity']).toBe(instances('Entity'))
    expect(counts['ProvAssociation']).toBe(instances('Association'))
    const used = record.filter(({ predicate }) => predicate.value === 'http://www.w3.org/ns/prov#used')
    expect(counts['ProvUsage']).toBeGreaterThanOrEqual(used.length)
  })

  test('names every namespace of its own with a prefix', async () => {
    const text = await read(graphs.slice(0, 1), 'trig')
    const prefixes = [...text.matchAll(/^PREFIX [^ ]+: <(.+)>$/gm)].map(([, namespace]) => namespace!)
    const record = original.filter((quad) => quad.graph.value.endsWith('#record'))
    const own = record
      .flatMap(({ subject, predicate, object }) => [
        subject.value,
        predicate.value,
        ...(object.termType === 'NamedNode' ? [object.value] : []),
      ])
      // A module is what its components' namespace begins with; files and the run itself are names of other schemes.
      .filter(
        (iri) =>
          !/^(?:ni|pkg|file|ssh|git|https?:\/\/(?:example\.org\/survey|qudt\.org\/vocab\/unit))/.test(iri) &&
          iri !== `urn:uuid:${runId}`,
      )
    expect(
      own.filter(
        (iri) => !prefixes.some((namespace) => iri.startsWith(namespace) || namespace === `${iri}.`),
      ),
    ).toEqual([])
  })
})

test('a stored graph that is damaged is reported with its file and line, on the way out', async () => {
  const graphs = await write(base, emitExample)
  let text = ''
  for await (const chunk of graphs[1]!.text()) text += chunk
  const damaged = {
    ...graphs[1]!,
    file: 'summary.nq',
    async *text() {
      yield text.replace('\n', '\noops\n')
    },
  }
  const error = await read([damaged], 'turtle').catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(StoreError)
  expect((error as StoreError).message).toMatch(/^The stored graph urn:uuid:.*#summary is damaged: ./)
  expect((error as StoreError).place).toMatchObject({ file: 'summary.nq', line: 2, column: 1 })
})

type RdflibTerm = [kind: string, value: string, type?: string, language?: string]
type RdflibQuad = [RdflibTerm, RdflibTerm, RdflibTerm, string]

function lineOf([subject, predicate, object, graph]: RdflibQuad): string {
  const text = ([kind, value, type, language]: RdflibTerm) => {
    if (kind !== 'literal') return kind === 'iri' ? `<${value}>` : `_:${value}`
    if (language) return `${stringLiteral(value)}@${language}`
    const plain = type === '' || type === 'http://www.w3.org/2001/XMLSchema#string'
    return plain ? stringLiteral(value) : `${stringLiteral(value)}^^<${type}>`
  }
  return `${[subject, predicate, object].map(text).join(' ')}${graph === '' ? '' : ` <${graph}>`} .`
}
