import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EndpointError, QueryError } from '../../src/errors.ts'
import type { QueryEngine } from '../../src/query/engine.ts'
import { openEngine } from '../../src/query/open-engine.ts'
import type { Store } from '../../src/store/store.ts'
import type { Answer } from '../../src/sparql/answer.ts'
import { entryOf, fixtures, storeOf } from '../queries/cases.ts'
import { credentialsOf, listen, type Received } from '../sparql/listen.ts'
import { endpointWith } from './endpoint-with.ts'

const folder = mkdtempSync(join(tmpdir(), 'vampira-federated-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fileWith(trig: string): { file: string } {
  const file = join(folder, 'local.trig')
  writeFileSync(file, trig)
  return { file }
}

const rowsOf = (answer: Answer): string[] =>
  answer.type === 'bindings'
    ? answer.rows.map((row) => answer.variables.map((name) => row[name]?.value ?? '-').join(' '))
    : []

async function ask(engine: QueryEngine, sparql: string): Promise<string[]> {
  return rowsOf(await engine.query(sparql)).toSorted()
}

const queries = (received: readonly Received[]) =>
  received.map(({ body }) => new URLSearchParams(body).get('query') ?? '')

const left = '<urn:g1> { <urn:a> <urn:made> <urn:b> . <urn:a> <urn:name> "é\\n\\"x\\""@en }'
const right = '<urn:g2> { <urn:b> <urn:made> <urn:c> . <urn:b> <urn:size> 7 }'
const both = '<urn:g3> { <urn:x> <urn:made> <urn:y> . <urn:x> <urn:made> <urn:z> }'

describe('several sources', () => {
  it('answer together what none of them could alone, with one request a block and source', async () => {
    const [one, two] = [await endpointWith(left), await endpointWith(right)]
    const engine = await openEngine([one, two])
    expect(engine.sources).toEqual([one.endpoint.name, two.endpoint.name])
    const found = await ask(
      engine,
      'SELECT ?a ?c ?n WHERE { GRAPH ?g { ?a <urn:made> ?b ; <urn:name> ?n } GRAPH ?h { ?b <urn:made> ?c } }',
    )
    expect(found).toEqual(['urn:a urn:c é\n"x"'])
    expect([one.received.length, two.received.length]).toEqual([2, 2])
  })

  it('are files here and endpoints elsewhere alike', async () => {
    const engine = await openEngine([fileWith(left), await endpointWith(right)])
    const join = 'SELECT ?a ?c WHERE { GRAPH ?g { ?a <urn:made> ?b } GRAPH ?h { ?b <urn:made> ?c } }'
    expect(await ask(engine, join)).toEqual(['urn:a urn:c'])
    await engine.close()
  })

  it('read the default graph of a file where no pattern is in GRAPH, and say where they cannot', async () => {
    const engine = await openEngine([fileWith(`<urn:c> <urn:size> 3 . ${left}`), await endpointWith(right)])
    expect(await ask(engine, 'SELECT ?s ?n { ?s <urn:size> ?n }')).toEqual(['urn:b 7', 'urn:c 3'])
    expect(await ask(engine, 'SELECT ?s { GRAPH ?g { ?s <urn:size> ?n } }')).toEqual(['urn:b'])
    const mixed = 'SELECT ?g { GRAPH ?g { ?b <urn:made> ?s } ?s <urn:size> ?n }'
    await expect(ask(engine, mixed)).rejects.toThrow('Cannot tell the default graph of a file from')
    const named = await openEngine([fileWith(left), await endpointWith(right)])
    expect(await ask(named, mixed)).toEqual(['urn:g1'])
  })

  it('count a graph once that two of them hold', async () => {
    const engine = await openEngine([await endpointWith(both), await endpointWith(both), fileWith(both)])
    const count = 'SELECT ?s (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s <urn:made> ?o } } GROUP BY ?s'
    expect(await ask(engine, count)).toEqual(['urn:x 2'])
    expect(await ask(engine, 'SELECT (COUNT(*) AS ?n) WHERE { ?s <urn:made> ?o }')).toEqual(['2'])
  })

  it('keep a row whose variable one block leaves unbound', async () => {
    const engine = await openEngine([await endpointWith(left), await endpointWith(right)])
    const optional =
      'SELECT ?a ?n WHERE { GRAPH ?g { ?a <urn:made> ?b OPTIONAL { ?a <urn:name> ?n } } } ORDER BY ?a'
    expect(await ask(engine, optional)).toEqual(['urn:a é\n"x"', 'urn:b -'])
  })

  it('keep what a block leaves unbound, also twice in a row', async () => {
    const engine = await openEngine([await endpointWith(left), await endpointWith(right)])
    const optional =
      'SELECT ?a ?m ?n { GRAPH ?g { ?a <urn:made> ?b OPTIONAL { ?a <urn:no> ?m OPTIONAL { ?m <urn:no> ?n } } } }'
    expect(await ask(engine, optional)).toEqual(['urn:a - -', 'urn:b - -'])
  })

  it('answer patterns outside of GRAPH, over the union of their graphs', async () => {
    const engine = await openEngine([await endpointWith(left), await endpointWith(right)])
    expect(await ask(engine, 'SELECT ?a ?c WHERE { ?a <urn:made> ?b . ?b <urn:made> ?c }')).toEqual([
      'urn:a urn:c',
    ])
    expect(await ask(engine, 'SELECT ?a ?b WHERE { ?a <urn:made>+ ?b }')).toEqual([
      'urn:a urn:b',
      'urn:a urn:c',
      'urn:b urn:c',
    ])
    expect(await engine.query('ASK { <urn:b> <urn:size> 7 }')).toEqual({ type: 'boolean', value: true })
  })

  it('give triples for a template', async () => {
    const engine = await openEngine([await endpointWith(left), await endpointWith(right)])
    const answer = await engine.query('CONSTRUCT { ?a <urn:p> ?b } WHERE { GRAPH ?g { ?a <urn:made> ?b } }')
    expect(answer.type === 'quads' && answer.quads.map(({ subject }) => subject.value).toSorted()).toEqual([
      'urn:a',
      'urn:b',
    ])
  })

  it('answer also where a solution has a blank node', async () => {
    const engine = await openEngine([
      await endpointWith('<urn:g> { <urn:a> <urn:has> _:b }'),
      await endpointWith(right),
    ])
    expect(await ask(engine, 'SELECT ?a WHERE { GRAPH ?g { ?a <urn:has> ?b } }')).toEqual(['urn:a'])
  })

  it('are asked by SERVICE only where it is named', async () => {
    const [one, two] = [await endpointWith(left), await endpointWith(right)]
    const engine = await openEngine([one, two])
    const service = `SELECT ?s WHERE { SERVICE <${two.endpoint.query}> { ?s <urn:made> ?o } }`
    expect(await ask(engine, service)).toEqual(['urn:b'])
    expect(queries(one.received)).toEqual([])
    expect(queries(two.received)).toHaveLength(1)
  })

  it.each([
    [
      'SERVICE <http://foreign/> { ?s ?p ?o }',
      'The query asks SERVICE <http://foreign/>, not one of its sources',
    ],
    ['SERVICE SILENT <http://foreign/> { ?s ?p ?o }', 'The query asks SERVICE <http://foreign/>'],
    ['SERVICE <http://foreign/> { ?s ?p ?o } ?s ?q ?r', 'Cannot answer SERVICE together with patterns'],
    ['SERVICE ?w { ?s ?p ?o }', 'Cannot answer SERVICE together with patterns'],
  ])('are not asked %s', async (pattern, message) => {
    const [one, two] = [await endpointWith(left), await endpointWith(right)]
    const asked = (await openEngine([one, two])).query(`SELECT * WHERE { ${pattern} }`)
    await expect(asked).rejects.toBeInstanceOf(QueryError)
    await expect(asked).rejects.toThrow(message)
    expect([...one.received, ...two.received]).toEqual([])
  })

  it('may fail where the query says SILENT, and only there', async () => {
    const one = await endpointWith(left)
    const { url } = await listen((response) => response.writeHead(500).end())
    const engine = await openEngine([
      one,
      { endpoint: { name: 'lab', query: url, credentials: credentialsOf() } },
    ])
    const query = (silent: string) =>
      `SELECT ?a WHERE { SERVICE <${one.endpoint.query}> { ?a <urn:made> ?b } SERVICE ${silent} <${url}> { ?b ?p ?o } }`
    expect(await ask(engine, query('SILENT'))).toEqual(['urn:a'])
    await expect(engine.query(query(''))).rejects.toBeInstanceOf(EndpointError)
    // A fault of the whole question is no fault of that server.
    await expect(engine.query('SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }')).rejects.toMatchObject({
      status: 500,
    })
  })

  it('are not asked by someone who has stopped already', async () => {
    const [one, two] = [await endpointWith(left), await endpointWith(right)]
    const asked = (await openEngine([one, two])).query(
      'ASK { GRAPH ?g { ?s ?p ?o } }',
      {},
      AbortSignal.abort(),
    )
    await expect(asked).rejects.toThrow('aborted')
    expect([...one.received, ...two.received]).toEqual([])
  })

  it('say that a blank node cannot be followed from one to another', async () => {
    const blank = '<urn:g> { <urn:a> <urn:has> _:b . _:b <urn:has> <urn:c> }'
    const engine = await openEngine([await endpointWith(blank), await endpointWith(right)])
    const asked = engine.query('SELECT ?c { <urn:a> <urn:has>+ ?c }')
    await expect(asked).rejects.toBeInstanceOf(QueryError)
    await expect(asked).rejects.toThrow('Cannot follow a blank node from one source to another')
  })

  it('end a question as the caller stops it, while they are looked through pattern by pattern', async () => {
    const stop = new AbortController()
    const reason = new Error('That is enough')
    const slow = await listen(() => stop.abort(reason))
    const engine = await openEngine([
      await endpointWith(left),
      { endpoint: { name: 'slow', query: slow.url, credentials: credentialsOf() } },
    ])
    await expect(engine.query('ASK { ?s ?p ?o }', {}, stop.signal)).rejects.toBe(reason)
  })
})

describe('a store here together with an endpoint', () => {
  const runs = 'SELECT DISTINCT ?g { ?run a <https://w3id.org/vampira#PipelineRun> GRAPH ?g { ?run ?p ?o } }'
  const summaries = fixtures.map((fixture) => `${entryOf(fixture).id}#summary`).toSorted()
  const run = entryOf('ranking').id
  let store: Store
  let remove: () => void
  beforeAll(async () => ({ store, remove } = await storeOf()))
  afterAll(() => remove())

  it('is asked for what the scope names, whatever was loaded for other questions', async () => {
    const engine = await openEngine([{ store }, await endpointWith('')])
    expect(await ask(engine, runs)).toEqual(summaries)
    expect(rowsOf(await engine.query(runs, { records: [run] }))).toEqual([`${run}#record`])
    expect(await ask(engine, runs)).toEqual(summaries)
  })

  it('answers two questions at once one after the other, so that none sees half of what the other loads', async () => {
    const engine = await openEngine([{ store }, await endpointWith('')])
    const [first, second, third] = await Promise.all([
      engine.query(runs),
      engine.query(runs, { records: [run] }),
      engine.query('SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }', { records: [run] }),
    ])
    expect(rowsOf(first).toSorted()).toEqual(summaries)
    expect(rowsOf(second)).toEqual([`${run}#record`])
    expect(rowsOf(third)).toEqual([`${run}#record`])
  })

  it('forgets what it loaded when it is closed', async () => {
    let summariesRead = 0
    const counted: Store = {
      ...store,
      location: 'here',
      runs: () => store.runs(),
      notes: async () => [],
      graph: (id, part) => {
        if (part === 'summary') summariesRead++
        return store.graph(id, part)
      },
    }
    const engine = await openEngine([{ store: counted }, await endpointWith('')])
    await ask(engine, runs)
    await engine.close()
    await ask(engine, runs)
    expect(summariesRead).toBe(2 * fixtures.length)
  })

  it('loads nothing while the quads of an earlier question are still being joined', async () => {
    const log: string[] = []
    const logged: Store = {
      ...store,
      location: 'here',
      runs: () => store.runs(),
      notes: (id) => store.notes(id),
      graph: (id, part) => {
        log.push(part)
        return store.graph(id, part)
      },
    }
    const question = 'ASK { <urn:a> <urn:b> <urn:c> }'
    let second: Promise<Answer> | undefined
    const { url } = await listen(async (response) => {
      second ??= engine.query(question, { records: [run] })
      // As long as the second question would need to load its record.
      for await (const _ of (await store.graph(run, 'record')).text());
      response.end('{"head":{"vars":["n"]},"results":{"bindings":[]}}')
    })
    const engine = await openEngine([
      { store: logged },
      { endpoint: { name: 'lab', query: url, credentials: credentialsOf() } },
    ])
    await engine.query(question)
    log.push('first answered')
    await second
    expect(log).toEqual([...fixtures.map(() => 'summary'), 'first answered', 'record'])
  })
})
