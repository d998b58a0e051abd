import { describe, expect, test } from 'vitest'
import { StoreError, UsageError } from '../../src/errors.ts'
import { DirectoryStore } from '../../src/store/directory/directory-store.ts'
import type { Part, RunEntry, Store } from '../../src/store/store.ts'
import { makeFolder } from '../capture/temporary-folder.ts'
import { memoryStore } from './memory-store.ts'
import { idOf } from './sample-run.ts'

/** Every adapter, each with how a test gets an empty store. A new adapter is a line here. */
const adapters: [name: string, open: () => Promise<Store>][] = [
  ['a directory', () => DirectoryStore.create(makeFolder())],
  ['memory', async () => memoryStore()],
]

const entryOf = (n: number): RunEntry => ({
  id: `urn:uuid:${idOf(n)}`,
  name: 'survey',
  label: `survey ${n}`,
  startedAt: '2026-11-23T20:14:02Z',
  status: 'Completed',
  callCount: 1,
  commandLine: ['python', 'survey.py'],
  tripleCount: 1,
})

async function keep(store: Store, n: number, pieces: readonly [Part, string][] = []): Promise<void> {
  const writer = await store.begin(idOf(n))
  for (const [part, text] of pieces) await writer.write(part, text)
  await writer.commit(entryOf(n))
}

async function textOf(store: Store, run: string, part: Part): Promise<string> {
  let text = ''
  for await (const piece of (await store.graph(run, part)).text()) text += piece
  return text
}

// src/store/store.ts states these rules.
describe.each(adapters)('A store in %s', (_, open) => {
  test('has no runs when it is new', async () => {
    const store = await open()
    expect(await store.runs()).toEqual([])
    expect(store.problems).toEqual([])
    expect(await store.has(idOf(1))).toBe(false)
  })

  test('gives both texts back as they were written, in whatever order and pieces they came', async () => {
    const store = await open()
    await keep(store, 1, [
      ['record', '<urn:a> { <urn:a> <urn:b> "é'],
      ['summary', '<urn:a> <urn:b>'],
      ['record', '𝄞\n"'],
      ['record', ''],
      ['summary', ' <urn:c> .\r\n'],
    ])
    const summary = await store.graph(idOf(1), 'summary')
    expect(summary).toMatchObject({ graph: `urn:uuid:${idOf(1)}#summary`, mediaType: 'application/n-quads' })
    expect(await store.graph(idOf(1), 'record')).toMatchObject({
      graph: `urn:uuid:${idOf(1)}#record`,
      mediaType: 'application/trig',
      size: Buffer.byteLength('<urn:a> { <urn:a> <urn:b> "é𝄞\n"'),
    })
    for (let times = 0; times < 2; times++) {
      expect(await textOf(store, idOf(1), 'record')).toBe('<urn:a> { <urn:a> <urn:b> "é𝄞\n"')
      expect(await textOf(store, idOf(1), 'summary')).toBe('<urn:a> <urn:b> <urn:c> .\r\n')
    }
    const graph = await store.graph(idOf(1), 'record')
    const bytes: Uint8Array[] = []
    // An adapter need not have them.
    for await (const piece of graph.bytes?.() ?? [Buffer.from(await textOf(store, idOf(1), 'record'))])
      bytes.push(piece)
    expect(Buffer.concat(bytes).toString()).toBe('<urn:a> { <urn:a> <urn:b> "é𝄞\n"')
    expect(await store.notes(idOf(1))).toEqual([])
  })

  test('adds graphs to a run, each after the others, and changes nothing else', async () => {
    const store = await open()
    await keep(store, 1)
    const graphs = []
    for (const word of ['first', 'second'])
      graphs.push(await store.annotate(idOf(1), (graph) => `<${graph}> { <urn:a> <urn:b> "${word}" }`))
    expect(graphs).toEqual([1, 2].map((n) => `urn:uuid:${idOf(1)}#notes-${n}`))
    const notes = await store.notes(idOf(1))
    expect(notes.map(({ graph }) => graph)).toEqual(graphs)
    let text = ''
    for await (const piece of notes[1]!.text()) text += piece
    expect(text).toBe(`<${graphs[1]}> { <urn:a> <urn:b> "second" }`)
    expect(await store.runs()).toEqual([entryOf(1)])
  })

  test('gives graphs that are added at once a name each', async () => {
    const store = await open()
    await keep(store, 1)
    const graphs = await Promise.all(
      Array.from({ length: 8 }, () => store.annotate(idOf(1), (graph) => `<${graph}> { }`)),
    )
    expect(new Set(graphs).size).toBe(8)
    expect(await store.notes(idOf(1))).toHaveLength(8)
  })

  test('lists runs in the order in which they began, with all of their entries', async () => {
    const store = await open()
    for (const n of [3, 1, 2]) await keep(store, n)
    expect(await store.runs()).toEqual([1, 2, 3].map(entryOf))
  })

  test('shows nothing of a run before it is committed, and nothing of one that is abandoned', async () => {
    const store = await open()
    const [first, second] = [await store.begin(idOf(1)), await store.begin(idOf(2))]
    await first.write('record', 'first')
    await second.write('record', 'second')
    expect(await store.runs()).toEqual([])
    expect(await store.has(idOf(1))).toBe(false)
    await expect(store.graph(idOf(1), 'record')).rejects.toThrow(StoreError)
    await first.commit(entryOf(1))
    await second.abandon()
    expect(await store.runs()).toEqual([entryOf(1)])
    expect([await store.has(idOf(1)), await store.has(idOf(2))]).toEqual([true, false])
    expect(await textOf(store, idOf(1), 'record')).toBe('first')
  })

  test('keeps the first of two copies of a run', async () => {
    const store = await open()
    await keep(store, 1, [['record', 'first']])
    await keep(store, 1, [['record', 'second']])
    expect(await store.runs()).toEqual([entryOf(1)])
    expect(await textOf(store, idOf(1), 'record')).toBe('first')
  })

  test('knows a run by its IRI and its UUID, in small and capital letters', async () => {
    const store = await open()
    await (await store.begin(`urn:uuid:${idOf(10).toUpperCase()}`)).commit(entryOf(10))
    for (const name of [idOf(10), idOf(10).toUpperCase(), `urn:uuid:${idOf(10)}`]) {
      expect(await store.has(name)).toBe(true)
      expect((await store.graph(name, 'record')).graph).toBe(`urn:uuid:${idOf(10)}#record`)
    }
  })

  test.each(['', 'last', 'survey', '../x', `${idOf(1)}#record`])(
    'refuses %j, which names no run',
    async (name) => {
      const store = await open()
      for (const ask of [
        () => store.has(name),
        () => store.graph(name, 'record'),
        () => store.notes(name),
        () => store.annotate(name, () => ''),
        () => store.begin(name),
      ]) {
        await expect(ask()).rejects.toThrow(UsageError)
      }
    },
  )

  test('says that a run is not there', async () => {
    const store = await open()
    await expect(store.graph(idOf(1), 'summary')).rejects.toThrow(StoreError)
    await expect(store.notes(idOf(1))).rejects.toThrow(StoreError)
    await expect(store.annotate(idOf(1), () => '')).rejects.toThrow(StoreError)
  })
})
