import type { Quad, Term } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { describe, expect, it } from 'vitest'
import { QueryError } from '../../src/errors.ts'
import type { Match } from '../../src/query/comunica-engine.ts'
import { Dataset } from '../../src/query/dataset.ts'
import { RemoteEngine } from '../../src/query/remote-engine.ts'
import { UnionSource } from '../../src/query/union-source.ts'
import { endpointAt, listen } from '../sparql/listen.ts'
import { endpointWith } from './endpoint-with.ts'

const { blankNode, defaultGraph, literal, namedNode, variable } = DataFactory
const here = '<urn:g1> { <urn:a> <urn:made> <urn:b> ; <urn:size> 7 }'
const there = '<urn:g1> { <urn:a> <urn:size> 7 } <urn:g2> { <urn:b> <urn:made> <urn:c> ; <urn:name> "é"@fr }'

async function localWith(trig: string, graphs?: readonly string[]) {
  const dataset = await Dataset.create()
  dataset.load([trig], 'application/trig')
  return { dataset, graphs, loose: false }
}

async function unionOf(local: string | undefined, ...remote: string[]) {
  const endpoints = await Promise.all(remote.map(endpointWith))
  const source = new UnionSource(
    local === undefined ? undefined : await localWith(local),
    endpoints.map(({ endpoint }) => new RemoteEngine(endpoint)),
    undefined,
  )
  return { source, received: () => endpoints.flatMap((each) => each.received) }
}

async function find(source: UnionSource, ...pattern: Match[]): Promise<string[]> {
  const [s, p, o, g] = pattern
  const found: Quad[] = []
  for await (const quad of source.match(s, p, o, g)) found.push(quad)
  const write = ({ subject, predicate, object, graph }: Quad) =>
    [subject, predicate, object, graph].map((term: Term) => term.value.replace('urn:', '')).join(' ')
  return found.map(write).toSorted()
}

const all = ['a made b g1', 'a size 7 g1', 'b made c g2', 'b name é g2']

describe('the union of several sources', () => {
  it.each([
    [here, [there]],
    [undefined, [here, there]],
    [undefined, [there, here, there]],
  ])('has a quad once that two of them hold', async (local, remotes) => {
    const { source } = await unionOf(local, ...remotes)
    expect(await find(source)).toEqual(all)
  })

  it.each<[string, Match[], string[]]>([
    ['a subject', [namedNode('urn:a')], ['a made b g1', 'a size 7 g1']],
    ['a predicate', [null, namedNode('urn:made')], ['a made b g1', 'b made c g2']],
    ['an IRI as object', [null, null, namedNode('urn:c')], ['b made c g2']],
    ['a literal as object', [null, null, literal('é', 'fr')], ['b name é g2']],
    ['a graph', [null, null, null, namedNode('urn:g1')], ['a made b g1', 'a size 7 g1']],
    ['all four', ['b', 'made', 'c', 'g2'].map((name) => namedNode(`urn:${name}`)), ['b made c g2']],
  ])('is looked through by %s', async (_, pattern, expected) => {
    const { source } = await unionOf(here, there)
    expect(await find(source, ...pattern)).toEqual(expected)
  })

  it('takes a variable for any term, and the default graph for any graph', async () => {
    const { source, received } = await unionOf(here, there)
    const variables = ['s', 'p', 'o', 'g'].map((name) => variable(name))
    expect(await find(source, ...variables)).toEqual(all)
    expect(await find(source, null, undefined, variable('x'), defaultGraph())).toEqual(all)
    expect(await source.count(null, variable('p'), null, defaultGraph())).toBe(5)
    // Once for the quads and once for their number.
    expect(received()).toHaveLength(2)
  })

  it('gives quads of named graphs only', async () => {
    const { source } = await unionOf(`<urn:loose> <urn:p> <urn:o> . ${here}`, there)
    expect(await find(source)).toEqual(all)
    expect(await source.count(namedNode('urn:loose'), null, null, null)).toBe(0)
  })

  it('gives only those graphs of the local sources that may be read', async () => {
    const local = await localWith(`${here} <urn:g3> { <urn:x> <urn:made> <urn:y> }`, ['urn:g3'])
    const source = new UnionSource(local, [], undefined)
    expect(await find(source)).toEqual(['x made y g3'])
    expect(await source.count(null, namedNode('urn:made'), null, null)).toBe(1)
    expect(await find(source, namedNode('urn:a'))).toEqual([])
  })

  it('counts the quads of each source', async () => {
    const { source } = await unionOf(here, there, there)
    expect(await source.count(namedNode('urn:a'), null, null, null)).toBe(4)
    expect(await source.count(null, namedNode('urn:nothing'), null, null)).toBe(0)
  })

  it('asks once for the same pattern, also when it is asked again before there is an answer', async () => {
    const { source, received } = await unionOf(undefined, there)
    const pattern = [namedNode('urn:b'), null, null, null] as const
    await Promise.all([find(source, ...pattern), find(source, ...pattern)])
    await Promise.all([source.count(...pattern), source.count(...pattern)])
    await find(source, ...pattern)
    expect(received()).toHaveLength(2)
    await find(source, null, namedNode('urn:b'))
    expect(received()).toHaveLength(3)
  })

  it('keeps blank nodes of two sources apart, though they have the same label', async () => {
    const blank = '{"s":{"type":"bnode","value":"b0"},"p":"P","o":"P","g":"P"}'.replaceAll(
      '"P"',
      '{"type":"uri","value":"urn:x"}',
    )
    const answer = `{"head":{"vars":["s","p","o","g"]},"results":{"bindings":[${blank},${blank}]}}`
    const servers = await Promise.all([1, 2].map(() => listen((response) => response.end(answer))))
    const remotes = servers.map(({ url }) => new RemoteEngine(endpointAt(url)))
    expect(await find(new UnionSource(undefined, remotes, undefined))).toHaveLength(2)
  })

  it('cannot follow a blank node from one source to another', async () => {
    const { source, received } = await unionOf(here, there)
    await expect(find(source, blankNode('b'))).rejects.toBeInstanceOf(QueryError)
    await expect(source.count(null, null, blankNode('b'), null)).rejects.toThrow(
      'Cannot follow a blank node from one source to another',
    )
    expect(received()).toEqual([])
  })

  it('asks no more when the caller has stopped', async () => {
    const { endpoint, received } = await endpointWith(there)
    const source = new UnionSource(undefined, [new RemoteEngine(endpoint)], AbortSignal.abort())
    await expect(find(source)).rejects.toThrow('aborted')
    await expect(source.count(null, null, null, null)).rejects.toThrow('aborted')
    expect(received).toEqual([])
  })
})
