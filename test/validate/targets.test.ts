import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ParseError, UsageError } from '../../src/errors.ts'
import type { RunEntry, Store, StoredGraph } from '../../src/store/store.ts'
import { readTargets, type Target } from '../../src/validate/targets.ts'
import { entryOf, storeOf } from '../queries/cases.ts'

const record = join(import.meta.dirname, '..', 'shapes', 'good-record.trig')
let folder: string
let store: Store
let remove: () => void
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vampira-targets-'))
  const made = await storeOf()
  store = made.store
  remove = made.remove
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  remove()
})

async function readAll(given: readonly string[], from: Store = store) {
  const targets: Target[] = []
  const reading = { opened: 0, progress: [] as [string, number][] }
  for await (const target of readTargets(given, {
    openStore: async () => {
      reading.opened++
      return from
    },
    onProgress: (name, triples) => reading.progress.push([name, triples]),
  }))
    targets.push(target)
  return { targets, ...reading }
}
const graphsOf = ({ record: triples }: Target) =>
  new Set([...triples.seal()].map(({ graph }) => graph.value.replace(/^.*#/, '#')))
/** The store, with other entries of its runs. */
const withEntries = (change: (entry: RunEntry) => Partial<RunEntry>): Store => ({
  location: store.location,
  problems: [],
  runs: async () => (await store.runs()).map((entry) => ({ ...entry, ...change(entry) })),
  has: (run) => store.has(run),
  graph: (run, part) => store.graph(run, part),
  annotate: (run, write) => store.annotate(run, write),
  notes: (run) => store.notes(run),
  begin: (run) => store.begin(run),
})

describe('A run of the store', () => {
  test('is the last one where nothing is named', async () => {
    const { targets } = await readAll([])
    expect(targets.map(({ name }) => name)).toEqual([entryOf('ranking').label])
  })

  test('is read with its record, and with what else the store holds', async () => {
    const { targets } = await readAll([entryOf('cooling-default').id])
    expect(targets[0]).toMatchObject({
      store: { completedRunsOfThisPipeline: 2, otherRuns: 3, otherPipelines: 1 },
    })
    expect(graphsOf(targets[0]!)).toEqual(new Set(['#record']))
    expect([...targets[0]!.record.seal()]).toHaveLength(entryOf('cooling-default').tripleCount)
  })

  test('says how far it is, every ten thousand triples', async () => {
    const large = {
      ...withEntries(() => ({})),
      graph: async (): Promise<StoredGraph> => ({
        graph: 'urn:large',
        mediaType: 'application/n-quads',
        size: 0,
        async *text() {
          for (let n = 1; n <= 20_001; n++) yield `<urn:s> <urn:p> "${n}" .\n`
        },
      }),
    }
    const { label } = entryOf('ranking')
    expect((await readAll(['ranking'], large)).progress).toEqual([
      [label, 10_000],
      [label, 20_000],
    ])
  })

  test('is looked up in a store that is opened once', async () => {
    expect((await readAll(['last', 'cooling', 'ranking'])).opened).toBe(1)
  })
})

describe('A file', () => {
  test('is read without the store, and the store alone would know what else there is', async () => {
    const { targets, opened } = await readAll([record])
    expect(opened).toBe(0)
    expect(targets).toMatchObject([{ name: record }])
    expect(targets[0]).not.toHaveProperty('store')
  })

  test('that holds a summary beside its record is checked by the record', async () => {
    const both = join(folder, 'both.trig')
    const summary = readFileSync(record, 'utf8').replaceAll('#record>', '#summary>')
    const prefixes = summary.match(/^PREFIX.*$/gm)!.join('\n')
    writeFileSync(
      both,
      `${readFileSync(record, 'utf8')}\n${prefixes}\n<urn:a#summary> { <urn:a> <urn:b> <urn:c> }`,
    )
    const { targets } = await readAll([both])
    expect(graphsOf(targets[0]!)).toEqual(new Set(['#record']))
  })

  test('that names no graph is a record as a whole; addresses in it are relative to it', async () => {
    const plain = join(folder, 'plain.ttl')
    writeFileSync(plain, '<a> <urn:b> <urn:c> .')
    const { targets } = await readAll([plain])
    expect([...targets[0]!.record.seal()].map(({ subject }) => subject.value)).toEqual([`file://${folder}/a`])
  })

  test('that is there is a file, whatever its name ends in', async () => {
    const odd = join(folder, 'odd.data')
    writeFileSync(odd, 'a b')
    await expect(readAll([odd])).rejects.toThrow(UsageError)
    await expect(readAll([odd])).rejects.toThrow('odd.data')
  })

  test('or folder that has the name of a pipeline does not hide its runs', async () => {
    const before = process.cwd()
    process.chdir(folder)
    try {
      writeFileSync('ranking', 'a program')
      mkdirSync('cooling')
      const { targets } = await readAll(['ranking', 'cooling'])
      expect(targets.map(({ store: counts }) => counts?.otherRuns)).toEqual([3, 3])
    } finally {
      process.chdir(before)
    }
  })

  test('that is no RDF is refused with its line', async () => {
    const broken = join(folder, 'broken.ttl')
    writeFileSync(broken, '<urn:a> <urn:b> <urn:c> .\n<urn:a> .')
    await expect(readAll([broken])).rejects.toThrow(ParseError)
    await expect(readAll([broken])).rejects.toMatchObject({ place: { file: broken, line: 2 } })
  })

  test('that is not there, or is a folder, is refused with the reason', async () => {
    const missing = join(folder, 'missing.ttl')
    await expect(readAll([missing])).rejects.toThrow(`Cannot read ${missing}: there is no such file`)
    const error = await readAll([missing]).catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(UsageError)
    expect((error as UsageError).cause).toMatchObject({ code: 'ENOENT' })
    const inner = join(folder, 'folder.ttl')
    mkdirSync(inner)
    await expect(readAll([inner])).rejects.toThrow(`Cannot read ${inner}: it is a folder`)
  })
})

test('A store that is named for files alone is refused, since nothing would be asked of it', async () => {
  const reading = readTargets([record], { openStore: async () => store, isStoreNamed: true })
  await expect(reading.next()).rejects.toThrow('--store is not used')
  const both = readTargets([record, 'last'], { openStore: async () => store, isStoreNamed: true })
  expect((await both.next()).value).toMatchObject({ name: record })
  await both.return(undefined)
})

test('A name that is neither a file nor a run is refused', async () => {
  await expect(readAll(['nothing-of-this-name'])).rejects.toThrow(UsageError)
})
