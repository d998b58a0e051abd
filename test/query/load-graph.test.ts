import { expect, test } from 'vitest'
import { QueryError, StoreError } from '../../src/errors.ts'
import { Dataset } from '../../src/query/dataset.ts'
import { loadGraph } from '../../src/query/load-graph.ts'
import type { Store, StoredGraph } from '../../src/store/store.ts'

const run = 'urn:uuid:019343c2-8a10-7c3e-9d55-3f2b7a1c0001'
const store = { location: 'there' } as Store

const graphOf = (text: string): StoredGraph => ({
  graph: `${run}#record`,
  mediaType: 'application/trig',
  size: text.length,
  text: async function* () {
    yield* text
  },
})
/** What is thrown where Oxigraph ends the loading, or an answer, so. */
async function broken(fault: Error) {
  const fail = () => {
    throw fault
  }
  const dataset = await Dataset.over({ load: fail, query: fail })
  return {
    loading: await loadGraph(dataset, store, run, graphOf('')).catch((error: unknown) => error),
    asking: await Promise.resolve()
      .then(() => dataset.query('ASK {}'))
      .catch((error: unknown) => error),
  }
}

test('A graph in pieces is loaded whole', async () => {
  const dataset = await Dataset.create()
  await loadGraph(dataset, store, run, graphOf('<urn:g> { <urn:a> <urn:b> "ä", "c" }'))
  expect(dataset.size).toBe(2)
})

test('A graph that cannot be parsed is damaged: the error says which, where, and what to do', async () => {
  const dataset = await Dataset.create()
  const error = await loadGraph(dataset, store, run, graphOf('<urn:g> {\n <urn:a> "torn')).catch(
    (cause: unknown) => cause,
  )
  expect(error).toBeInstanceOf(StoreError)
  expect(error).toMatchObject({
    message: expect.stringMatching(/^Cannot read urn:uuid:\S+#record in there: Parser error .*line 2.*$/),
    place: { iri: run },
    cause: expect.any(Error),
    advice: expect.stringMatching(/^The file is damaged: restore it from a copy/),
  })
})

test('Memory that is used up is said to be that, and damages nothing', async () => {
  const { RuntimeError } = (globalThis as unknown as { WebAssembly: { RuntimeError: typeof Error } })
    .WebAssembly
  const { loading, asking } = await broken(new RuntimeError('unreachable'))
  for (const error of [loading, asking]) {
    expect(error).toBeInstanceOf(QueryError)
    expect(error).toMatchObject({ malformed: false, advice: expect.stringMatching(/^Ask about fewer runs/) })
  }
  expect(loading).toMatchObject({
    message: `There is not enough memory to load ${run}#record of there`,
    place: { iri: run },
  })
  expect(asking).toMatchObject({ message: 'There is not enough memory to answer the query' })
})

test('A fault of the program is not taken for a damaged file', async () => {
  const fault = new TypeError('null pointer passed to rust')
  expect((await broken(fault)).loading).toBe(fault)
})
