import type { Quad } from '@rdfjs/types'
import { DataFactory } from 'n3'
import { describe, expect, test } from 'vitest'
import { readQuads } from '../../src/formats/parse.ts'
import { hashLines, hashTrig } from '../../src/prov/canonical-hash.ts'
import { stringLiteral } from '../../src/rdf/literals.ts'
import type { NodeSink } from '../../src/rdf/node-sink.ts'
import { nquadsLine, ntriplesLine } from '../../src/rdf/write-term.ts'
import { NQuadsSink } from '../../src/rdf/nquads-sink.ts'
import { Prefixes } from '../../src/rdf/prefixes.ts'
import { QuadSink } from '../../src/rdf/quad-sink.ts'
import { TrigSink } from '../../src/rdf/trig-sink.ts'
import { KINDS } from '../../src/rdf/vocabulary.ts'
import { awkward } from '../prov/hard-run.ts'

/** A graph in an awkward order: a subject twice, a statement twice, a prefix in the middle. */
function write(sink: NodeSink, prefixes: Prefixes): void {
  sink.begin('run:a', KINDS.call)
  sink.add('prov:used', 'run:b')
  sink.add('prov:used', 'run:b2')
  sink.add('vam:callCount', '12')
  sink.add('vam:wallSeconds', '2.5')
  sink.add('vam:wallSeconds', '"2"^^xsd:decimal')
  sink.add('vam:isDefault', 'true')
  sink.end()
  prefixes.declare('mine', 'urn:mine:')
  sink.begin('mine:x')
  sink.add('a', 'prov:Entity')
  sink.end()
  sink.begin('run:ab', KINDS.value)
  for (const { lexical } of awkward) sink.add('prov:value', stringLiteral(lexical))
  // By UTF-16 units the first sorts before the second, by code points after it.
  sink.add('prov:value', stringLiteral('\u{1F9DB}'))
  sink.add('prov:value', stringLiteral('\ue000'))
  sink.add('schema:url', '<urn:x:y>')
  sink.end()
  sink.begin('run:a')
  sink.add('prov:used', 'run:b')
  sink.add('prov:used', 'run:c')
  sink.end()
}

const fresh = () => new Prefixes({ run: 'urn:uuid:1#' })

function asTrig(): { chunks: string[]; prefixes: Prefixes; tripleCount: number } {
  const prefixes = fresh()
  const chunks: string[] = []
  const sink = new TrigSink(prefixes, 'run:record', (text) => chunks.push(text))
  write(sink, prefixes)
  sink.finish()
  return { chunks, prefixes, tripleCount: sink.tripleCount }
}

function asQuads(): Quad[] {
  const prefixes = fresh()
  const quads: Quad[] = []
  write(new QuadSink(prefixes, 'run:record', DataFactory, (quad) => quads.push(quad)), prefixes)
  return quads
}

describe('one graph, three sinks', () => {
  test('TriG text, N-Quads text and quads are the same statements', async () => {
    const prefixes = fresh()
    let lines = ''
    const sink = new NQuadsSink(prefixes, 'run:record', (text) => (lines += text))
    write(sink, prefixes)
    sink.finish()
    const quads = asQuads()
    const { chunks, tripleCount } = asTrig()
    const read = await readQuads(chunks.join(''), { format: 'trig' })
    expect(lines.trimEnd().split('\n')).toEqual(quads.map(nquadsLine))
    expect(read.map(nquadsLine)).toEqual(quads.map(nquadsLine))
    expect([sink.tripleCount, tripleCount]).toEqual([quads.length, quads.length])
  })

  test('a prefix declared late stands before its graph goes on', () => {
    const text = asTrig().chunks.join('')
    expect(text).toMatch(/\}\n\nPREFIX mine: <urn:mine:>\n\nGRAPH run:record \{\nmine:x\n/)
  })

  test('the hash of the text is that of its canonical lines, each once', async () => {
    const { chunks, prefixes } = asTrig()
    const lines = asQuads().map(ntriplesLine)
    const hash = await hashTrig(chunks, prefixes)
    expect(hash).toMatch(/^sha-256:[0-9a-f]{64}$/)
    expect(hash).toBe(hashLines(lines))
    expect(hashLines(lines.toReversed())).toBe(hash)
    expect(hashLines(lines.slice(1))).not.toBe(hash)
  })

  test('canonical lines sort by code point', () => {
    const [first, second] = ['<urn:a> <urn:b> "\ue000" .', '<urn:a> <urn:b> "\u{1F9DB}" .']
    expect(hashLines([second!, first!])).toBe(hashLines([first!, second!]))
  })
})
