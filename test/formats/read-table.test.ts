import { createHash } from 'node:crypto'
import { rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Literal } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readTable, type GraphBytes } from '../../src/formats/read-table.ts'
import { jsonLiteral, stringLiteral } from '../../src/rdf/literals.ts'
import { Prefixes } from '../../src/rdf/prefixes.ts'
import { TrigReader } from '../../src/rdf/trig-reader.ts'
import { TrigSink } from '../../src/rdf/trig-sink.ts'
import { TripleTable } from '../../src/rdf/triple-table.ts'
import { KINDS } from '../../src/rdf/vocabulary.ts'
import type { Store, StoredGraph } from '../../src/store/store.ts'
import { entryOf, fixtures, storeOf } from '../queries/cases.ts'

const emptyTable = () => new TripleTable(DataFactory)

/** A graph in pieces of so many bytes, or in one. */
function graphOf(text: string | Uint8Array, pieces = 1 << 20): GraphBytes {
  const bytes = Buffer.from(text)
  async function* inPieces() {
    for (let at = 0; at < bytes.length; at += pieces) yield bytes.subarray(at, at + pieces)
  }
  return {
    graph: 'urn:g',
    mediaType: 'application/trig',
    bytes: inPieces,
    async *text() {
      const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
      for await (const piece of inPieces()) yield decoder.decode(piece, { stream: true })
      yield decoder.decode()
    },
  }
}

/** Everything that a table holds, with its numbers; or the error, with its place. */
async function contentOf(reading: Promise<TripleTable>): Promise<unknown> {
  let table: TripleTable
  try {
    table = await reading
  } catch (error) {
    const { name, message, place } = error as Error & { place?: unknown }
    return { name, message, place }
  }
  const triples: string[] = []
  table.seal().forEach((s, p, o) => triples.push(`${s} ${p} ${o}`))
  const terms = Array.from({ length: table.terms.size }, (_, n) => [
    table.terms.term(n).termType,
    // n3 numbers blank nodes on from text to text.
    table.terms.term(n).termType === 'BlankNode' ? '' : table.terms.valueOf(n),
    table.terms.datatypeOf(n) ?? '',
    (table.terms.term(n) as Literal).language,
  ])
  return { terms, triples }
}

const read = (graph: GraphBytes) => contentOf(readTable(graph, emptyTable, () => {}))
/** What is read from the bytes alone. */
function readOwn(graph: GraphBytes) {
  return read({
    ...graph,
    text() {
      throw new Error('read as text')
    },
  })
}
/** What n3 reads: a graph without bytes is read by nothing else. */
function readWithN3({ graph, mediaType, file, text }: GraphBytes) {
  return read({ graph, mediaType, ...(file !== undefined && { file }), text })
}

/** Whether all of it is in our own layout. */
function isOwn(text: string): boolean {
  const reader = new TrigReader(emptyTable())
  return reader.read(Buffer.from(text)) && reader.isComplete
}

const strings = [
  '',
  ' ',
  'plain',
  'line\nend\r\n\ttab \\ "quoted" \b\f',
  '\u0000\u0001\u001f\u007f',
  'Grüße 漢字 🜨 \u2028\ufeff\u00a0',
  'half \ud800 of a pair',
  '\\u0041 \\n',
  '"@en',
  ' .\n}\n',
  'long '.repeat(5000),
]

/** A record with every kind of term that there is in records, as our writer writes it. */
function written(): string {
  const prefixes = new Prefixes({ run: 'urn:uuid:1#', 'loop-par': 'urn:vampira:parameter:a/loop.' })
  const chunks: string[] = []
  const sink = new TrigSink(prefixes, 'run:record', (text) => chunks.push(text))
  sink.begin('<urn:uuid:1>', KINDS.run)
  for (const text of strings) sink.add('rdfs:label', stringLiteral(text))
  for (const text of strings) sink.add('prov:value', jsonLiteral([text, { é: 1.5, [text]: null }]))
  sink.end()
  sink.begin('run:call-1', KINDS.call)
  for (const each of ['0', '-17', '123456789012345678901234567890', '0.000179023', '-2.50', 'true', 'false'])
    sink.add('prov:value', each)
  sink.add('prov:value', '"2.1E2"^^xsd:double')
  sink.add('prov:value', '"2"^^xsd:decimal')
  sink.add('prov:value', '"x"^^xsd:string')
  sink.add('prov:startedAtTime', '"2026-11-29T16:31:06.969971255Z"^^xsd:dateTime')
  sink.add('prov:startedAtTime', '"2026-11-29"^^xsd:date')
  sink.add('prov:used', 'run:call-1')
  sink.add('prov:used', 'loop-par:main.n_-%20x')
  sink.add('prov:used', '<ni:///sha-256;rWqoIq6LKh1CUxiRmYYviVMZqlRituYLWmwyadEbohk>')
  sink.add('prov:used', '<urn:ünïcode:漢>')
  sink.add('<urn:p>', prefixes.token('http://example.org/a.b/c'))
  sink.end()
  const late = prefixes.declare('late', 'http://example.org/late#')
  sink.begin(`${late}:1`)
  sink.add('rdfs:label', '"late"')
  sink.end()
  sink.begin('run:call-1', KINDS.property)
  sink.end()
  sink.enter('<urn:uuid:1#summary>')
  sink.begin('run:call-1')
  sink.add('rdfs:label', '"in another graph"')
  sink.end()
  sink.finish()
  return chunks.join('')
}

describe('A record as we write it', () => {
  test('is read from its bytes alone', async () => {
    expect(await readOwn(graphOf(written()))).toEqual(await readWithN3(graphOf(written())))
  })

  test.each([1, 7, 64, 1000])('may come in pieces of %i bytes', async (pieces) => {
    expect(await readOwn(graphOf(written(), pieces))).toEqual(await readWithN3(graphOf(written())))
  })

  test('has so many triples that names are met again and again', async () => {
    const chunks: string[] = []
    const sink = new TrigSink(new Prefixes({ run: 'urn:uuid:1#' }), 'run:record', (text) => chunks.push(text))
    for (let n = 0; n < 10_000; n++) {
      sink.begin(`run:call-${n}`, KINDS.call)
      sink.add('prov:used', `run:call-${(n * 7919) % 10_000}`)
      sink.add('prov:used', `run:${'x'.repeat(n % 60)}-${n % 100}`.replace(':-', ':_'))
      sink.add('vam:position', String(n))
      sink.end()
    }
    sink.finish()
    const text = chunks.join('')
    expect(await readOwn(graphOf(text))).toEqual(await readWithN3(graphOf(text)))
  })

  test('of no node at all is read', async () => {
    const text = 'PREFIX run: <urn:uuid:1#>\n\nGRAPH run:record {\n}\n\n'
    expect(isOwn('')).toBe(true)
    expect(await readOwn(graphOf(text))).toEqual(await readWithN3(graphOf(text)))
  })
})

describe('A record that was edited or damaged', () => {
  const text = written()
  const edited: Record<string, string | Uint8Array> = {
    'with CRLF': text.replaceAll('\n', '\r\n'),
    'with a byte order mark': `\ufeff${text}`,
    'with a comment': text.replace('GRAPH', '# edited\nGRAPH'),
    'with a tab': text.replace('\n  a ', '\n\ta '),
    'with a language': text.replace('"plain"', '"plain"@en'),
    'with a long quote': text.replace('"plain"', '"""pl\nain"""'),
    'with a single quote': text.replace('"plain"', "'plain'"),
    'with a blank node': text.replace('"plain"', '_:b1'),
    'with a list': text.replace('"plain"', '(1 2)'),
    'with a double': text.replace('"plain"', '1e5'),
    'with a sign': text.replace('"plain"', '+5'),
    'with a datatype of languages': text.replace('"plain"', '"plain"^^rdf:langString'),
    'with a datatype in brackets': text.replace('^^xsd:double', '^^<urn:type>'),
    'with a relative IRI': text.replace('<urn:ünïcode:漢>', '<relative>'),
    'with an IRI that escapes': text.replace('<urn:ünïcode:漢>', '<urn:\\u0041>'),
    'with a bad IRI': text.replace('<urn:ünïcode:漢>', '<urn:a b>'),
    'with a bad escape': text.replace('"plain"', '"pl\\ain"'),
    'with an escape of JSON only': text.replace('"plain"', '"pl\\/ain"'),
    'with a short escape': text.replace('"plain"', '"pl\\u00e"'),
    'with half a pair escaped': text.replace('"plain"', '"\\ud800"'),
    'with a letter escaped': text.replace('"plain"', '"\\u0041\\u00e9\\n"'),
    'with a control character': text.replace('"plain"', '"\u0001"'),
    'with one beside an escape': text.replace('"plain"', '"\u0001\\n"'),
    'with a misspelt prefix': text.replace('prov:used', 'porv:used'),
    'with a prefix of two namespaces': text.replace('GRAPH', 'PREFIX run: <urn:other#>\nGRAPH'),
    'with a prefix declared again': text.replace('GRAPH', 'PREFIX run: <urn:uuid:1#>\nGRAPH'),
    'with a name that ends in a dot': text.replace('run:call-1 ,', 'run:call-1. ,'),
    'with an escaped name': text.replace('run:call-1 ,', 'run:call\\-1 ,'),
    'with a name of letters beyond ASCII': text.replace('run:call-1 ,', 'run:é ,'),
    'with a broken percent': text.replace('%20', '%2x'),
    'without a closing brace': text.replace(/\}\n\n$/, ''),
    'without its last line end': text.replace(/\n\n$/, ''),
    'with two statements on a line': text.replace(' ,\n', ' , '),
    'with text behind it': `${text}rubbish`,
    'cut in the middle': text.slice(0, text.length >> 1),
    'cut within a character': Buffer.from(text).subarray(0, Buffer.from(text).indexOf('漢') + 1),
    'that is not UTF-8': Buffer.from(text.replace('漢', '\u00e9'), 'latin1'),
    'in Turtle': text.replaceAll(/^(GRAPH .*|\}|)\n/gm, ''),
  }

  test.each(Object.keys(edited))('%s is read as n3 reads it, or refused with its error', async (name) => {
    const change = edited[name]!
    expect(Buffer.from(change).equals(Buffer.from(text))).toBe(false)
    expect(await read(graphOf(change))).toEqual(await readWithN3(graphOf(change)))
  })

  test('anywhere is read as n3 reads it', async () => {
    const short = text.replaceAll(/(?:long ){3,}/g, 'long')
    const start = short.indexOf('\nGRAPH') - 60
    const strange = ' \n."\\;,:<>@^{}#-%_a1\t\u00e9'
    expect(isOwn(short)).toBe(true)
    const changes: string[] = []
    for (let at = start; at < short.length; at += 3) {
      const character = strange[(at * 7) % strange.length]!
      const [before, from, behind] = [short.slice(0, at), short.slice(at), short.slice(at + 1)]
      changes.push(before, before + behind, before + character + behind, before + character + from)
    }
    const taken = changes.filter((change) => isOwn(change))
    // What it gives up n3 reads in any case.
    expect(taken.length).toBeGreaterThan(changes.length / 10)
    for (const change of taken) {
      expect([change, await read(graphOf(change))]).toEqual([change, await readWithN3(graphOf(change))])
    }
  })
})

describe('A record in a store', () => {
  let store: Store
  let remove: () => void
  beforeAll(async () => ({ store, remove } = await storeOf()))
  afterAll(() => remove())
  const recordOf = (name: (typeof fixtures)[number]): Promise<StoredGraph> =>
    store.graph(entryOf(name).id, 'record')

  test.each(fixtures)('is read from its bytes alone: %s', async (name) => {
    const graph = await recordOf(name)
    expect(await readOwn(graph)).toEqual(await readWithN3(graph))
  })

  test('is an error where a byte of it was changed, though it can be read', async () => {
    const graph = await recordOf('ranking')
    const file = graph.file!
    let text = ''
    for await (const chunk of graph.text()) text += chunk
    // The fixtures have no digests; those of a store that was written to have.
    const digest = createHash('sha256').update(text).digest('hex')
    const list = join(file, '..', 'SHA256SUMS')
    writeFileSync(list, `${digest}  record.trig\n`)
    expect(await read(graph)).toHaveProperty('triples')
    writeFileSync(file, text.replace('"', '"x'))
    expect(await read(graph)).toEqual(await readWithN3(graph))
    expect(await read(graph)).toMatchObject({ name: 'StoreError', place: { file } })
    writeFileSync(file, text)
    truncateSync(file, Buffer.byteLength(text) - 100)
    expect(await read(graph)).toEqual(await readWithN3(graph))
    expect(await read(graph)).toMatchObject({ name: 'StoreError', place: { file } })
    rmSync(list)
    expect(await read(graph)).toEqual(await readWithN3(graph))
    expect(await read(graph)).toMatchObject({ name: 'ParseError' })
    writeFileSync(file, text)
  })
})
