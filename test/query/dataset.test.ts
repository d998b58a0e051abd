import type { Quad } from '@rdfjs/types'
import factory from '@rdfjs/data-model'
import { DataFactory } from 'n3'
import { describe, expect, it } from 'vitest'
import { QueryError } from '../../src/errors.ts'
import { Dataset } from '../../src/query/dataset.ts'
import type { Answer } from '../../src/sparql/answer.ts'

const { blankNode, defaultGraph, literal, namedNode, quad } = DataFactory
const trig = `
  <urn:g1> { <urn:a> <urn:made> <urn:b> }
  <urn:g2> { <urn:b> <urn:made> <urn:c> ; <urn:name> "é"@fr }`

async function datasetOf(text = trig): Promise<Dataset> {
  const dataset = await Dataset.create()
  dataset.load([text], 'application/trig')
  return dataset
}

const valuesOf = (answer: Answer, variable: string) =>
  answer.type === 'bindings' ? answer.rows.map((row) => row[variable]?.value).toSorted() : []

const write = ({ subject, predicate, object, graph }: Quad) =>
  [subject, predicate, object, graph].map(({ value }) => value.replace('urn:', '')).join(' ')

describe('a dataset', () => {
  it('is empty at first, and has the size of what is loaded, in however many chunks', async () => {
    const dataset = await Dataset.create()
    expect(dataset.size).toBe(0)
    dataset.load(['<urn:a> <urn:', 'p> <urn:b> .\n<urn:b> <urn:p>', ' <urn:c> .'], 'text/turtle')
    expect(dataset.size).toBe(2)
    dataset.load(['<urn:a> <urn:p> <urn:b> .'], 'application/n-triples')
    expect(dataset.size).toBe(2)
  })

  it('refuses text that its format does not have', async () => {
    const dataset = await Dataset.create()
    expect(() => dataset.load(['<urn:a> <urn:p> "torn'], 'text/turtle')).toThrow(/line 1/)
  })

  it('takes quads; those of the default graph may go to a named one', async () => {
    const dataset = await Dataset.create()
    const [a, p, b, g] = ['a', 'p', 'b', 'g'].map((name) => namedNode(`urn:${name}`)) as [
      never,
      never,
      never,
      never,
    ]
    dataset.add([quad(a, p, b), quad(a, p, b, g)], 'urn:home')
    expect(dataset.match().map(write).toSorted()).toEqual(['a p b g', 'a p b home'])
    dataset.add([quad(b, p, a)])
    expect(dataset.match(b).map(({ graph }) => graph.termType)).toEqual(['DefaultGraph'])
    dataset.add([])
    expect(dataset.size).toBe(3)
  })

  it.each([1, 999, 1000, 1001, 2500])('takes %i quads at once', async (count) => {
    const dataset = await Dataset.create()
    const [p, o] = [namedNode('urn:p'), literal('o')]
    dataset.add(Array.from({ length: count }, (_, n) => quad(namedNode(`urn:${n}`), p, o)))
    expect(dataset.size).toBe(count)
  })

  it('keeps the blank nodes of two calls apart', async () => {
    const dataset = await Dataset.create()
    const loose = quad(blankNode('b'), namedNode('urn:p'), literal('x'), defaultGraph())
    dataset.add([loose, loose])
    dataset.add([loose])
    expect(dataset.size).toBe(2)
  })

  it.each([
    ['everything', [], ['a made b g1', 'b made c g2', 'b name é g2']],
    [
      'everything, with null for each term',
      [null, null, null, null],
      ['a made b g1', 'b made c g2', 'b name é g2'],
    ],
    ['a subject', [namedNode('urn:a')], ['a made b g1']],
    ['a predicate', [null, namedNode('urn:made')], ['a made b g1', 'b made c g2']],
    ['an object', [undefined, undefined, literal('é', 'fr')], ['b name é g2']],
    ['a graph', [null, null, null, namedNode('urn:g1')], ['a made b g1']],
  ])('finds %s', async (_, pattern, expected) => {
    expect(
      (await datasetOf())
        .match(...pattern)
        .map(write)
        .toSorted(),
    ).toEqual(expected)
  })
})

describe('a question to a dataset', () => {
  it('gives rows, a boolean, or quads', async () => {
    const dataset = await datasetOf()
    expect(dataset.query('SELECT ?n ?x { ?s <urn:name> ?n }')).toEqual({
      type: 'bindings',
      variables: ['n', 'x'],
      rows: [{ n: factory.literal('é', 'fr') }],
    })
    expect(dataset.query('ASK { <urn:a> <urn:made> <urn:b> }')).toEqual({ type: 'boolean', value: true })
    for (const sparql of ['CONSTRUCT { ?o <urn:by> ?s } { ?s <urn:made> ?o }', 'DESCRIBE <urn:a>']) {
      expect(dataset.query(sparql).type).toBe('quads')
    }
    const built = dataset.query('CONSTRUCT { ?o <urn:by> ?s } { ?s <urn:made> ?o }')
    expect(built.type === 'quads' && built.quads.map(write).toSorted()).toEqual(['b by a ', 'c by b '])
  })

  it('gives quads that are like those of any other library', async () => {
    const answer = (await datasetOf()).query('CONSTRUCT { ?s <urn:p> ?n } { ?s <urn:name> ?n }')
    const expected = quad(namedNode('urn:b'), namedNode('urn:p'), literal('é', 'fr'))
    expect(answer.type === 'quads' && answer.quads[0]?.equals(expected)).toBe(true)
    expect(answer.type === 'quads' && answer.quads[0]).toBeInstanceOf(factory.fromQuad(expected).constructor)
  })

  it.each([
    [undefined, ['urn:a', 'urn:b']],
    [
      ['urn:g1', 'urn:g2'],
      ['urn:a', 'urn:b'],
    ],
    [['urn:g2'], ['urn:b']],
    [[], []],
  ])('reads of the graphs %j, with and without GRAPH', async (graphs, subjects) => {
    const dataset = await datasetOf()
    for (const where of ['?s <urn:made> ?o', 'GRAPH ?g { ?s <urn:made> ?o }']) {
      expect(valuesOf(dataset.query(`SELECT ?s { ${where} }`, graphs), 's')).toEqual(subjects)
    }
    const built = dataset.query('CONSTRUCT WHERE { ?s <urn:made> ?o }', graphs)
    expect(built.type === 'quads' && built.quads.map(({ subject }) => subject.value).toSorted()).toEqual(
      subjects,
    )
  })

  it('that it cannot answer is refused in one line, though it is well-formed', async () => {
    const dataset = await datasetOf()
    const ask = () => dataset.query('SELECT * { SERVICE <urn:elsewhere> { ?s ?p ?o } }')
    expect(ask).toThrow(QueryError)
    expect(ask).toThrow(
      expect.objectContaining({
        message: 'Cannot answer the query: The service <urn:elsewhere> is not supported',
        malformed: false,
        cause: expect.any(Error),
        advice: expect.stringMatching(/LIMIT/),
      }),
    )
  })
})
