import { DataFactory } from 'n3'
import type { Quad } from '@rdfjs/types'
import { parse } from 'oxigraph'
import { describe, expect, test } from 'vitest'
import { readQuads } from '../../src/formats/parse.ts'
import * as nquads from '../../src/formats/nquads.ts'
import * as ntriples from '../../src/formats/ntriples.ts'
import * as trig from '../../src/formats/trig.ts'
import * as turtle from '../../src/formats/turtle.ts'
import { Prefixes } from '../../src/rdf/prefixes.ts'
import { NAMESPACES } from '../../src/rdf/vocabulary.ts'
import { nquadsLine } from '../../src/rdf/write-term.ts'

const { defaultGraph, literal, namedNode, quad } = DataFactory
const typed = (lexical: string, type: string) => literal(lexical, namedNode(`${NAMESPACES.xsd}${type}`))
const statement = (object: ReturnType<typeof literal>) =>
  quad(namedNode('urn:a'), namedNode('urn:p'), object, defaultGraph())

const formats = { turtle, trig, nquads, ntriples }
type Name = keyof typeof formats

async function written(quads: Iterable<Quad>, format: Name): Promise<string[]> {
  const chunks: string[] = []
  for await (const chunk of formats[format].write(quads, new Prefixes())) chunks.push(chunk)
  return chunks
}

/** What stands at the object's place in Turtle. */
async function objectOf(object: ReturnType<typeof literal>): Promise<string> {
  const text = (await written([statement(object)], 'turtle')).join('')
  return text.slice(text.indexOf('<urn:p> ') + 8, -' .\n'.length)
}

const bare = [
  ['2', 'integer'],
  ['-2', 'integer'],
  ['+2', 'integer'],
  ['007', 'integer'],
  ['2.5', 'decimal'],
  ['-2.50', 'decimal'],
  ['+.5', 'decimal'],
  ['true', 'boolean'],
  ['false', 'boolean'],
] as const

/** Bare, these would be something else, or nothing that Turtle reads. */
const quoted = [
  ['2', 'decimal'],
  ['-2', 'decimal'],
  ['2.', 'decimal'],
  ['2.5.', 'decimal'],
  ['2.5E0', 'decimal'],
  ['.', 'decimal'],
  ['', 'decimal'],
  [' 2.5', 'decimal'],
  ['2', 'double'],
  ['2.5', 'double'],
  ['2.5E0', 'double'],
  ['INF', 'double'],
  ['2', 'float'],
  ['2.0', 'integer'],
  ['2 ', 'integer'],
  [' 2', 'integer'],
  ['2\n', 'integer'],
  ['+', 'integer'],
  ['', 'integer'],
  ['--2', 'integer'],
  ['2', 'long'],
  ['2', 'nonNegativeInteger'],
  ['1', 'boolean'],
  ['True', 'boolean'],
  ['true ', 'boolean'],
  ['untrue', 'boolean'],
  ['false', 'token'],
  ['2026-11-23', 'date'],
] as const

describe('a literal in Turtle', () => {
  test.each(bare)('%j of xsd:%s needs no quotes', async (lexical, type) => {
    expect(await objectOf(typed(lexical, type))).toBe(lexical)
  })

  test.each(quoted)('%j of xsd:%s keeps its quotes and its type', async (lexical, type) => {
    expect(await objectOf(typed(lexical, type))).toBe(`${JSON.stringify(lexical)}^^xsd:${type}`)
  })

  test.each([
    [literal('true'), '"true"'],
    [literal('2'), '"2"'],
    [literal('2', 'en'), '"2"@en'],
    [literal('a', 'de-at'), '"a"@de-at'],
    [literal('2', namedNode('urn:my type')), '"2"^^<urn:my\\u0020type>'],
  ])('%j is %s', async (object, text) => expect(await objectOf(object)).toBe(text))

  test('is the same to two readers, with its type', async () => {
    const quads = [...bare, ...quoted].map(([lexical, type]) => statement(typed(lexical, type)))
    const text = (await written(quads, 'turtle')).join('')
    const wanted = quads.map(nquadsLine)
    expect((await readQuads(text, { format: 'turtle' })).map(nquadsLine)).toEqual(wanted)
    expect((parse(text, { format: 'text/turtle' }) as unknown as Quad[]).map(nquadsLine)).toEqual(wanted)
  })
})

describe('a graph in Turtle', () => {
  const body = (chunks: readonly string[]) => chunks.join('').replace(/^PREFIX .*\n/gm, '')
  const graphs = `PREFIX prov: <${NAMESPACES.prov}>
    GRAPH <urn:g> { <urn:a> prov:used <urn:b>, <urn:c> ; a prov:Activity . }
    GRAPH <urn:h> { <urn:a> prov:used <urn:d> . <urn:b> prov:used _:x }
    <urn:b> prov:used <urn:e> .`

  test('has what is said of one subject in a row together, its classes first', async () => {
    const quads = await readQuads(graphs, { format: 'trig' })
    expect(body(await written(quads, 'turtle')).replace(/_:\S+/, '_:x')).toBe(`<urn:a>
  a prov:Activity ;
  prov:used <urn:b> ,
    <urn:c> ,
    <urn:d> .
<urn:b>
  prov:used _:x ,
    <urn:e> .
`)
  })

  test('keeps graphs apart in TriG', async () => {
    const quads = await readQuads(graphs, { format: 'trig' })
    expect(body(await written(quads, 'trig')).replace(/_:\S+/, '_:x')).toBe(`
GRAPH <urn:g> {
<urn:a>
  a prov:Activity ;
  prov:used <urn:b> ,
    <urn:c> .
}


GRAPH <urn:h> {
<urn:a>
  prov:used <urn:d> .
<urn:b>
  prov:used _:x .
}

<urn:b>
  prov:used <urn:e> .
`)
  })

  test('without statements is nothing', async () => {
    for (const format of Object.keys(formats) as Name[]) expect(await written([], format)).toEqual([])
  })

  test.each(['turtle', 'nquads'] as const)(
    'leaves in chunks while the quads come: %s',
    async (format: Name) => {
      let read = 0
      const readAtChunk: number[] = []
      function* many() {
        for (; read < 20_000; read++)
          yield quad(namedNode(`urn:subject-${read}`), namedNode('urn:p'), literal('a'))
      }
      let text = ''
      for await (const chunk of formats[format].write(many(), new Prefixes())) {
        readAtChunk.push(read)
        text += chunk
      }
      expect(readAtChunk[0]).toBeLessThan(5000)
      expect(readAtChunk.length).toBeGreaterThan(4)
      expect(await readQuads(text, { format })).toHaveLength(20_000)
    },
  )
})
