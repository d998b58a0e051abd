import { getEventListeners } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StoreError, ParseError, UsageError } from '../../src/errors.ts'
import type { Scope } from '../../src/query/engine.ts'
import type { Answer } from '../../src/sparql/answer.ts'
import { LocalEngine } from '../../src/query/local-engine.ts'
import { openEngine } from '../../src/query/open-engine.ts'
import type { Store, StoredGraph } from '../../src/store/store.ts'
import { entryOf, fixtures, storeOf } from '../queries/cases.ts'

const graphs = 'SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }'
let store: Store
let remove: () => void
let folder: string

beforeAll(async () => {
  ;({ store, remove } = await storeOf())
  folder = mkdtempSync(join(tmpdir(), 'vampira-rdf-'))
})
afterAll(() => {
  remove()
  rmSync(folder, { recursive: true })
})

function names(answer: Answer): string[] {
  if (answer.type !== 'bindings') throw new Error(answer.type)
  return answer.rows.map((row) => row['g']?.value ?? '').toSorted()
}

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

describe('a local engine', () => {
  it('asks no server that a query names', async () => {
    const asked = new LocalEngine([store]).query('SELECT * { SERVICE <http://127.0.0.1:9/x> { ?s ?p ?o } }')
    await expect(asked).rejects.toMatchObject({
      message: 'The query asks SERVICE <http://127.0.0.1:9/x>, not one of its sources',
      advice: 'Name it by its address, and as a source too, if it is to be asked.',
    })
  })

  // With what was added to a run later.
  const summaries = [
    ...fixtures.map((fixture) => `${entryOf(fixture).id}#summary`),
    `${entryOf('cooling-fails').id}#notes-1`,
  ]
  const record = `${entryOf('ranking').id}#record`
  it.each<[string, Scope | undefined, string[]]>([
    ['summaries where nothing else is asked for', undefined, summaries],
    ['one record', { records: [entryOf('ranking').id] }, [record]],
    ['one summary', { summaries: [entryOf('ranking').id] }, [`${entryOf('ranking').id}#summary`]],
    ['summaries again, after it read a record', { summaries: true }, summaries],
    ['both', { summaries: true, records: [entryOf('ranking').id] }, [...summaries, record]],
  ])('reads %s', async (_, scope, expected) => {
    const engine = new LocalEngine([store])
    await engine.query(graphs, { records: [entryOf('ranking').id] })
    expect(names(await engine.query(graphs, scope))).toEqual(expected.toSorted())
  })

  it('has a run once that is in two stores', async () => {
    const other = await storeOf(['ranking'])
    try {
      const count = 'SELECT (COUNT(*) AS ?g) WHERE { GRAPH ?h { ?s ?p ?o } }'
      const both = names(await new LocalEngine([store, other.store]).query(count))
      expect(both).toEqual(names(await new LocalEngine([store]).query(count)))
    } finally {
      other.remove()
    }
  })

  it("offers the union of all graphs as the default graph of people's own queries", async () => {
    const answer = await new LocalEngine([store]).query(
      'ASK { ?run a <https://w3id.org/vampira#PipelineRun> }',
    )
    expect(answer).toEqual({ type: 'boolean', value: true })
  })

  it('names its columns in their order, also when no row is there', async () => {
    const answer = await new LocalEngine([store]).query(
      'SELECT ?b ?a WHERE { GRAPH <urn:nothing> { ?a ?b ?c } }',
    )
    expect(answer).toEqual({ type: 'bindings', variables: ['b', 'a'], rows: [] })
  })

  it('says which graph is damaged', async () => {
    const damaged: Store = {
      ...store,
      location: 'there',
      runs: () => store.runs(),
      notes: () => Promise.resolve([]),
      graph: async (run, part) => ({
        ...(await store.graph(run, part)),
        text: async function* () {
          yield '<urn:a> <urn:b> "torn'
        },
      }),
    }
    const asked = new LocalEngine([damaged]).query(graphs)
    await expect(asked).rejects.toThrow(StoreError)
    await expect(asked).rejects.toThrow(/^Cannot read urn:uuid:[^ ]*#summary in there: .*/)
  })

  it('does not give out a record that is too large to be loaded as if it had none', async () => {
    const runs = async () => [{ ...entryOf('ranking'), tripleCount: 5_000_001 }]
    const engine = new LocalEngine([loggedStore([], { runs })])
    const scope = { records: [entryOf('ranking').id] }
    await expect(engine.withGraphs(scope, undefined, () => {})).rejects.toMatchObject({
      message: expect.stringMatching(/^The record of run urn:uuid:.* has [\d,]+ triples, which is too many/),
      place: { iri: entryOf('ranking').id },
      advice: 'Put every pattern of the query into GRAPH ?g { … }, or ask the store alone.',
    })
  })

  it('says how far it is in reading a large record', async () => {
    const seen: [read: number, total: number][] = []
    const { id } = entryOf('ranking')
    const large: Store = {
      ...store,
      location: 'there',
      runs: async () => [{ ...entryOf('ranking'), tripleCount: 6_000_000 }],
      notes: async () => [],
      graph: async (...of) => {
        const { graph, mediaType, size } = await store.graph(...of)
        async function* text() {
          for (let n = 0; n < 3; n++) yield `<${id}> <urn:p> ${n} .\n`
        }
        return { graph, mediaType, size, text }
      },
    }
    const engine = new LocalEngine([large], [], { onReading: (...progress) => seen.push(progress) })
    await engine.query(graphs, { records: [id] })
    expect(seen.slice(0, 3)).toEqual([1, 2, 3].map((read) => [read, 6_000_000]))
  })

  it('reads nothing when the caller has stopped already', async () => {
    const asked = new LocalEngine([store]).query(graphs, undefined, AbortSignal.abort())
    await expect(asked).rejects.toThrow('aborted')
  })

  it('reads a run that was exported by itself as the graph that it was', async () => {
    const run = 'urn:uuid:019343c2-8a10-7c3e-9d55-3f2b7a1c0001'
    const type = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'
    const engine = await openEngine([
      { file: file('record.ttl', `<${run}> a <https://w3id.org/vampira#PipelineRun> .`) },
      {
        file: file(
          'summary.nt',
          `<${run}> ${type} <https://w3id.org/vampira#PipelineRun> .\n<${run}#summary> ${type} <https://w3id.org/vampira#Summary> .`,
        ),
      },
      { file: file('named.trig', '<urn:graph> { <urn:a> <urn:b> <urn:c> }') },
    ])
    expect(names(await engine.query(graphs))).toEqual(['urn:graph', `${run}#record`, `${run}#summary`])
  })

  it('keeps a file about no run in the default graph, which has no name', async () => {
    const data = file('data.ttl', '<urn:a> <urn:b> <urn:c>, <urn:d> .')
    const engine = new LocalEngine([store], [data])
    const loose = 'SELECT (?o AS ?g) WHERE { <urn:a> <urn:b> ?o }'
    for (const scope of [undefined, { records: [entryOf('ranking').id] }, { summaries: true }]) {
      expect(names(await engine.query(loose, scope))).toEqual(['urn:c', 'urn:d'])
      expect(names(await engine.query('SELECT ?g { GRAPH ?g { <urn:a> ?p ?o } }', scope))).toEqual([])
    }
  })

  it('tells of a record in a file without its summary, unless that is somewhere else', async () => {
    const vam = 'https://w3id.org/vampira#'
    const run = entryOf('ranking').id
    const alone = file('alone.ttl', `<${run}> a <${vam}PipelineRun> .`)
    const summary = file(
      'its-summary.ttl',
      `<${run}> a <${vam}PipelineRun> . <${run}#summary> a <${vam}Summary> .`,
    )
    const told = async (stores: Store[], files: string[]) => {
      const notices: string[] = []
      const engine = new LocalEngine(stores, files, { onNotice: (sentence) => notices.push(sentence) })
      for (const question of [graphs, graphs]) await engine.query(question)
      return notices
    }
    expect(await told([], [alone])).toEqual([
      expect.stringContaining(`${alone} has the record of ${run} without its summary`),
    ])
    expect(await told([], [alone, summary])).toEqual([])
    expect(await told([store], [alone])).toEqual([])
  })

  it('reads what is sound of a broken file where it is lenient, and tells what it leaves out', async () => {
    const broken = file('one-bad.ttl', '<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> <not good> .')
    const notices: string[] = []
    const onNotice = (sentence: string) => notices.push(sentence)
    const engine = new LocalEngine([], [broken], { lenient: true, onNotice })
    expect(names(await engine.query('SELECT (?o AS ?g) { ?s ?p ?o }'))).toEqual(['urn:c'])
    expect(notices).toEqual([`line 2 is left out of ${broken}: Unexpected "<not"`])
  })

  it.each([
    [
      'is not there',
      () => join(folder, 'nowhere.ttl'),
      UsageError,
      /^Cannot read .*nowhere.ttl: there is no such file$/,
    ],
    ['has no known ending', () => file('what.xyz', ''), UsageError, /^Cannot tell the format/],
    ['is broken', () => file('broken.ttl', '<urn:a> <urn:b>\n  "x .'), ParseError, /^Unexpected/],
  ])('says so when an RDF file %s', async (_, path, kind, message) => {
    const asked = (await openEngine([{ file: path() }])).query(graphs)
    await expect(asked).rejects.toThrow(kind)
    await expect(asked).rejects.toThrow(message)
  })
})

/** A store whose calls are written into a log, and whose graphs may be held back. */
function loggedStore(log: string[], change: Partial<Store> = {}): Store {
  return {
    ...store,
    location: 'logged',
    runs: () => {
      log.push('runs')
      return store.runs()
    },
    notes: async () => [],
    graph: async (run, part) => {
      log.push(part)
      return store.graph(run, part)
    },
    ...change,
  }
}

describe('two questions at once', () => {
  const run = entryOf('ranking').id

  it('are answered one after the other, so that none sees half of what the other loads', async () => {
    const log: string[] = []
    const engine = new LocalEngine([loggedStore(log)])
    const [summaries, record] = await Promise.all([
      engine.query(graphs),
      engine.query(graphs, { records: [run] }),
    ])
    expect(names(summaries)).toHaveLength(fixtures.length)
    expect(names(record)).toEqual([`${run}#record`])
    // The second question looks into the store only after the first has read all that it needs.
    expect(log).toEqual(['runs', ...fixtures.map(() => 'summary'), 'runs', 'record'])
  })

  it('do not spoil each other: after one that failed, the next is answered', async () => {
    let broken = true
    const log: string[] = []
    const engine = new LocalEngine([
      loggedStore(log, {
        notes: async () => {
          if (!broken) return []
          broken = false
          throw new StoreError('The disk is gone')
        },
      }),
    ])
    const [first, second] = await Promise.allSettled([engine.query(graphs), engine.query(graphs)])
    expect(first).toMatchObject({ status: 'rejected', reason: { message: 'The disk is gone' } })
    expect(second.status === 'fulfilled' && names(second.value)).toHaveLength(fixtures.length)
  })

  it('need not wait for each other to be stopped', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    const log: string[] = []
    const engine = new LocalEngine([loggedStore(log, { notes: () => held.then(() => []) })])
    const [stop, unused] = [new AbortController(), new AbortController()]
    const first = engine.query(graphs, undefined, unused.signal)
    const second = engine.query(graphs, { records: [run] }, stop.signal)
    stop.abort()
    await expect(second).rejects.toThrow('aborted')
    release()
    expect(names(await first)).toHaveLength(fixtures.length)
    await engine.close()
    expect(log).not.toContain('record')
    expect(getEventListeners(unused.signal, 'abort')).toEqual([])
  })

  it('are over before the engine is closed', async () => {
    const log: string[] = []
    const engine = new LocalEngine([loggedStore(log)])
    let answered = false
    void engine.query(graphs).then(() => (answered = true))
    await engine.close()
    expect(answered).toBe(true)
    // Closing forgets all, so the next question loads again.
    expect(names(await engine.query(graphs))).toHaveLength(fixtures.length)
    expect(log.filter((each) => each === 'summary')).toHaveLength(2 * fixtures.length)
  })
})

describe('what a local engine loads', () => {
  const run = entryOf('ranking').id

  it('is loaded once, however often it is asked for', async () => {
    const log: string[] = []
    const engine = new LocalEngine([loggedStore(log)])
    for (const scope of [{}, { records: [run] }, { records: [run] }, { summaries: true }]) {
      await engine.query(graphs, scope)
    }
    expect(log.filter((each) => each === 'record')).toHaveLength(1)
    expect(log.filter((each) => each === 'summary')).toHaveLength(fixtures.length)
  })

  it('of records that are asked one at a time is kept while they are small', async () => {
    const [one, other] = fixtures.map((fixture) => entryOf(fixture).id) as [string, string]
    const log: string[] = []
    const askInTurn = async (tripleCount: number) => {
      log.length = 0
      const runs = async () => (await store.runs()).map((entry) => ({ ...entry, tripleCount }))
      const engine = new LocalEngine([loggedStore(log, { runs })])
      for (const run of [one, other, one]) {
        expect(names(await engine.query(graphs, { records: [run] }))).toEqual([`${run}#record`])
      }
      await engine.close()
      return log.filter((each) => each === 'record').length
    }
    expect(await askInTurn(100_000)).toBe(2)
    expect(await askInTurn(300_000)).toBe(3)
  })

  it('of a record that was asked alone is there for all records, too', async () => {
    const engine = new LocalEngine([store])
    await engine.query(graphs, { records: [run] })
    expect(names(await engine.query(graphs, { records: 'all' }))).toHaveLength(fixtures.length)
    expect(names(await engine.query(graphs, { records: [run] }))).toEqual([`${run}#record`])
  })

  it('is nothing of a run that is in no store', async () => {
    expect(names(await new LocalEngine([store]).query(graphs, { records: ['urn:uuid:none'] }))).toEqual([])
  })

  it('is every record where all are asked for, and no summary', async () => {
    const log: string[] = []
    const found = names(await new LocalEngine([loggedStore(log)]).query(graphs, { records: 'all' }))
    expect(found).toEqual(fixtures.map((fixture) => `${entryOf(fixture).id}#record`).toSorted())
    expect(log).not.toContain('summary')
  })

  it('is neither where neither is asked for', async () => {
    expect(names(await new LocalEngine([store]).query(graphs, { summaries: false }))).toEqual([])
  })

  it('are the notes of a run too', async () => {
    const note: StoredGraph = {
      graph: `${run}#notes-1`,
      mediaType: 'application/trig',
      size: 1,
      text: async function* () {
        yield `<${run}#notes-1> { <${run}> <urn:says> "fine" }`
      },
    }
    const engine = new LocalEngine([loggedStore([], { notes: async (id) => (id === run ? [note] : []) })])
    expect(names(await engine.query(graphs))).toContain(`${run}#notes-1`)
    expect(names(await engine.query(graphs, { records: [run] }))).not.toContain(`${run}#notes-1`)
  })

  it('is counted, run by run', async () => {
    const progress: string[] = []
    const engine = new LocalEngine([store], [], { onProgress: (n, of) => progress.push(`${n} of ${of}`) })
    await engine.query(graphs)
    expect(progress).toEqual(fixtures.map((_, index) => `${index + 1} of ${fixtures.length}`))
  })

  it.each([
    [5_000_000, 'whole'],
    [5_000_001, 'in part'],
  ])('is a record of %i triples: %s', async (tripleCount, loaded) => {
    const entry = (await store.runs()).find(({ id }) => id === run)!
    const engine = new LocalEngine([loggedStore([], { runs: async () => [{ ...entry, tripleCount }] })])
    expect(names(await engine.query(graphs, { records: 'all' }))).toEqual([`${run}#record`])
    const given = engine.withGraphs({ records: [run] }, undefined, () => 'whole')
    expect(await given.catch(() => 'in part')).toBe(loaded)
  })

  it('stops at the next run when the caller stops', async () => {
    const stop = new AbortController()
    const log: string[] = []
    const engine = new LocalEngine([
      loggedStore(log, {
        notes: async () => {
          stop.abort()
          return []
        },
      }),
    ])
    await expect(engine.query(graphs, undefined, stop.signal)).rejects.toThrow('aborted')
    expect(log).toEqual(['runs', 'summary'])
  })

  it('keeps the graphs of files in every scope', async () => {
    const named = file('kept.trig', '<urn:kept> { <urn:a> <urn:b> <urn:c> }')
    const engine = new LocalEngine([store], [named])
    expect(engine.sources).toEqual([store.location, named])
    await engine.query(graphs)
    expect(names(await engine.query(graphs, { records: [run] }))).toEqual(
      ['urn:kept', `${run}#record`].toSorted(),
    )
  })
})
