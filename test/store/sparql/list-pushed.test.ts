import { expect, test } from 'vitest'
import type { RunEntry, Store } from '../../../src/store/store.ts'
import { listGraphsThere, listPushedRuns, listUnpushed } from '../../../src/store/sparql/list-pushed.ts'
import { endpoint, server, startServerForEach } from './fresh-server.ts'
import { storeOf } from './written-run.ts'

startServerForEach()

const insert = (...graphs: string[]) =>
  server.store.update(
    `INSERT DATA { ${graphs.map((graph) => `GRAPH <${graph}> { <urn:a> <urn:b> <urn:c> }`).join(' ')} }`,
  )
const insertSummary = (run: string) =>
  server.store.update(
    `INSERT DATA { GRAPH <${run}#summary> { <${run}#summary> a <https://w3id.org/vampira#Summary> } }`,
  )
const entryOf = (id: string): RunEntry => ({
  id,
  name: 'astronomy',
  label: 'astronomy',
  startedAt: '2026-11-23T20:14:02Z',
  status: 'Completed',
  callCount: 1,
  commandLine: ['python'],
  tripleCount: 1,
})

test.each([0, 1, 200, 201, 450])(
  'Of %i graphs, asked some hundreds at a time, those there are found',
  async (count) => {
    const asked: string[] = []
    server.misbehave((request) => {
      asked.push(request.url ?? '')
      return false
    })
    const graphs = Array.from({ length: count }, (_, n) => `urn:graph:${n}`)
    const there = graphs.filter((_, n) => n % 3 === 0)
    if (count > 0) insert(...there, 'urn:graph:other')
    expect(await listGraphsThere(endpoint, graphs)).toEqual(new Set(there))
    expect(asked).toHaveLength(Math.ceil(count / 200))
  },
)

test('A run is there when its summary is, not when only its record is', async () => {
  insert('urn:uuid:1#record', 'urn:uuid:2#record')
  insertSummary('urn:uuid:2')
  expect(await listPushedRuns(endpoint)).toEqual(new Set(['urn:uuid:2']))
})

test('Runs that are not there, or lack a note there, are still to be pushed', async () => {
  const [absent, whole, noted, plain] = ['urn:uuid:1', 'urn:uuid:2', 'urn:uuid:3', 'urn:uuid:4']
  const note = (run: string) => ({ ...noteOf, graph: `${run}#notes-1` })
  const store: Store = {
    ...storeOf(absent, '', ''),
    notes: async (run) => (run === whole || run === noted ? [note(run)] : []),
  }
  for (const run of [whole, noted, plain]) insertSummary(run)
  insert(`${whole}#notes-1`)
  const entries = [absent, whole, noted, plain].map(entryOf)
  expect(await listUnpushed(store, entries, endpoint)).toEqual([entries[0], entries[2]])
})

const noteOf = {
  mediaType: 'application/trig',
  size: 0,
  async *text() {
    yield ''
  },
} as const
