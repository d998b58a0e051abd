import type { Quad } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { describe, expect, it } from 'vitest'
import { QueryError, StoreError } from '../../src/errors.ts'
import { ComunicaEngine, type Pattern, type QuadSource } from '../../src/query/comunica-engine.ts'
import { comunicaOver } from '../queries/comunica-over.ts'

const { literal, namedNode, quad } = DataFactory
const made = (subject: string, object: string, graph = 'g') =>
  quad(...([subject, 'made', object, graph].map((name) => namedNode(`urn:${name}`)) as [never, never, never]))
const quads: Quad[] = [
  made('a', 'b'),
  made('b', 'c'),
  quad(namedNode('urn:a'), namedNode('urn:name'), literal('é', 'fr'), namedNode('urn:h')),
]

const broken = new StoreError('The disk is gone')
const fail = () => {
  throw broken
}
const working: QuadSource = { match: () => quads, count: () => quads.length }
const engineOver = (change: Partial<QuadSource>) => new ComunicaEngine(['here'], { ...working, ...change })

/** Each makes Comunica look for quads in another way. */
const questions = [
  'SELECT * { ?s ?p ?o }',
  'SELECT * { ?s <urn:made> ?o . ?o <urn:made> ?x }',
  'SELECT * { ?s <urn:made>+ ?o }',
  'SELECT * { { ?s <urn:made> ?o } UNION { ?o <urn:name> ?s } }',
  'SELECT * { ?s <urn:made> ?o MINUS { ?o ?q ?s } FILTER EXISTS { ?o ?a ?b } } ORDER BY ?s',
  'ASK { ?s <urn:made> ?o . ?o ?q ?r }',
  'CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o OPTIONAL { ?o ?q ?s } }',
  'DESCRIBE <urn:a>',
]

describe('Comunica', () => {
  it('names its sources and closes', async () => {
    const engine = engineOver({})
    expect(engine.sources).toEqual(['here'])
    await engine.close()
  })

  it('gives rows, with their variables in order; an unbound one is absent', async () => {
    const asked = comunicaOver(quads).query(
      'SELECT ?o ?s ?n { ?s <urn:made> ?o OPTIONAL { ?s <urn:name> ?n } } ORDER BY ?s',
    )
    expect(await asked).toEqual({
      type: 'bindings',
      variables: ['o', 's', 'n'],
      rows: [
        { o: namedNode('urn:b'), s: namedNode('urn:a'), n: literal('é', 'fr') },
        { o: namedNode('urn:c'), s: namedNode('urn:b') },
      ],
    })
  })

  it.each([
    ['urn:a', true],
    ['urn:c', false],
  ])('says whether %s made something: %s', async (subject, value) => {
    expect(await comunicaOver(quads).query(`ASK { <${subject}> <urn:made> ?o }`)).toEqual({
      type: 'boolean',
      value,
    })
  })

  it('gives quads for a template', async () => {
    const answer = await comunicaOver(quads).query('CONSTRUCT { ?o <urn:by> ?s } { ?s <urn:made> ?o }')
    const found = answer.type === 'quads' ? answer.quads : []
    expect(found.map(({ subject, object }) => `${subject.value} ${object.value}`).toSorted()).toEqual([
      'urn:b urn:a',
      'urn:c urn:b',
    ])
  })

  it('takes the union of all graphs as the default graph', async () => {
    const over = comunicaOver(quads)
    expect(await over.query('ASK { <urn:a> <urn:made> ?o ; <urn:name> ?n }')).toMatchObject({ value: true })
    expect(await over.query('ASK { GRAPH ?g { <urn:a> <urn:made> ?o ; <urn:name> ?n } }')).toMatchObject({
      value: false,
    })
  })

  it('refuses an update', async () => {
    await expect(engineOver({}).query('DROP ALL')).rejects.toMatchObject({
      message: 'Cannot run an update: this only answers questions',
      malformed: true,
    })
  })

  it('says what is wrong with a malformed query', async () => {
    const asked = engineOver({}).query('SELECT * {')
    await expect(asked).rejects.toBeInstanceOf(QueryError)
    await expect(asked).rejects.toMatchObject({ malformed: true })
  })

  it('says in one line why a right query cannot be answered, and keeps the cause', async () => {
    const cause = new TypeError('No such index\nat line 3')
    const engine = engineOver({
      count: () => {
        throw cause
      },
    })
    const asked = engine.query('ASK { ?s ?p ?o }')
    await expect(asked).rejects.toBeInstanceOf(QueryError)
    await expect(asked).rejects.toMatchObject({
      message: 'Cannot answer the query: TypeError: No such index',
      malformed: false,
      cause,
    })
  })
})

describe.each([
  ['a match that throws', { match: fail }],
  ['a match that fails later', { match: failLater }],
  ['a match that fails half-way', { match: halfWay }],
  ['a count that throws', { count: fail }],
  ['a count that fails later', { count: () => Promise.reject(broken) }],
] as const)('%s', (_, change) => {
  it.each(questions)('ends the question %s with the error of the source', async (sparql) => {
    await expect(engineOver(change as Partial<QuadSource>).query(sparql)).rejects.toBe(broken)
  })
})

async function* failLater(): AsyncGenerator<Quad> {
  yield* await Promise.reject<Quad[]>(broken)
}

function* halfWay(): Generator<Quad> {
  yield* quads
  throw broken
}

/** Many quads, and how far they are read. */
function manyQuads(onRead: (index: number) => void = () => {}) {
  const state = { isClosed: false, isReadWhole: false }
  async function* match(): AsyncGenerator<Quad> {
    try {
      for (let index = 0; index < 50_000; index++) {
        onRead(index)
        yield made(`s${index}`, 'o')
      }
      state.isReadWhole = true
    } finally {
      state.isClosed = true
    }
  }
  return { match, state }
}

it('After a count that failed, the quads are not read to their end', async () => {
  const { match, state } = manyQuads()
  await expect(engineOver({ count: fail, match }).query('SELECT * { ?s ?p ?o }')).rejects.toBe(broken)
  await expect.poll(() => state.isClosed, { timeout: 10_000 }).toBe(true)
  expect(state.isReadWhole).toBe(false)
})

describe('a question that the caller stops', () => {
  const reason = new Error('That is enough')

  it('is not asked when it was stopped before', async () => {
    const asked: Pattern[] = []
    const engine = engineOver({
      match: (...pattern) => {
        asked.push(pattern)
        return quads
      },
    })
    await expect(engine.query('ASK { ?s ?p ?o }', {}, AbortSignal.abort(reason))).rejects.toBe(reason)
    expect(asked).toEqual([])
  })

  it.each(questions)('ends with the reason while %s is looked up', async (sparql) => {
    const stop = new AbortController()
    const engine = engineOver({
      match: async function* () {
        stop.abort(reason)
        yield* await new Promise<Quad[]>(() => {})
      },
    })
    await expect(engine.query(sparql, {}, stop.signal)).rejects.toBe(reason)
  })

  it.each(questions)('ends with the reason while quads are counted for %s', async (sparql) => {
    const stop = new AbortController()
    const engine = engineOver({
      count: () => {
        stop.abort(reason)
        return new Promise(() => {})
      },
    })
    await expect(engine.query(sparql, {}, stop.signal)).rejects.toBe(reason)
  })

  it('ends with the reason, though the source fails because of it', async () => {
    const stop = new AbortController()
    const engine = engineOver({
      count: () => {
        stop.abort(reason)
        throw broken
      },
    })
    await expect(engine.query('SELECT * { ?s ?p ?o }', {}, stop.signal)).rejects.toBe(reason)
  })

  it('reads no further', async () => {
    const stop = new AbortController()
    const { match, state } = manyQuads((index) => index === 100 && stop.abort(reason))
    const asked = engineOver({ match }).query('SELECT * { ?s <urn:made> ?o }', {}, stop.signal)
    await expect(asked).rejects.toBe(reason)
    await expect.poll(() => state.isClosed, { timeout: 10_000 }).toBe(true)
    expect(state.isReadWhole).toBe(false)
  })

  it('is answered when the caller stops only afterwards', async () => {
    const stop = new AbortController()
    const answer = await engineOver({}).query('ASK { ?s ?p ?o }', {}, stop.signal)
    stop.abort(reason)
    expect(answer).toEqual({ type: 'boolean', value: true })
  })
})
