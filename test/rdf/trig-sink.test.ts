import { describe, expect, test } from 'vitest'
import { NQuadsSink } from '../../src/rdf/nquads-sink.ts'
import { Prefixes } from '../../src/rdf/prefixes.ts'
import { TrigSink } from '../../src/rdf/trig-sink.ts'
import { KINDS } from '../../src/rdf/vocabulary.ts'

const prefixes = () => new Prefixes({ run: 'urn:uuid:1#' })
/** Without the lines of prefixes. */
const body = (text: string) => text.replace(/^PREFIX .*\n/gm, '')

describe('TriG', () => {
  const written = (graph: string | undefined, write: (sink: TrigSink) => void) => {
    const chunks: string[] = []
    const sink = new TrigSink(prefixes(), graph, (text) => chunks.push(text))
    write(sink)
    sink.finish()
    return { chunks, text: chunks.join(''), sink }
  }

  test('is a line for each node, with its statements below it', () => {
    const { text, sink } = written('run:record', (to) => {
      to.begin('run:a', KINDS.process)
      to.add('prov:used', 'run:b')
      to.add('prov:used', 'run:c')
      to.add('rdfs:label', '"a"')
      to.end()
      to.begin('run:b')
      to.add('rdfs:label', '"b"')
      to.end()
      to.begin('run:c', KINDS.property)
      to.end()
    })
    expect(text.startsWith('PREFIX prov: <http://www.w3.org/ns/prov#>\n')).toBe(true)
    expect(body(text)).toBe(`
GRAPH run:record {
run:a
  a prov:SoftwareAgent, prov:Agent, vam:Process ;
  prov:used run:b ,
    run:c ;
  rdfs:label "a" .
run:b
  rdfs:label "b" .
run:c
  a schema:PropertyValue .
}

`)
    expect(sink.tripleCount).toBe(8)
  })

  test('without a graph is Turtle', () => {
    const { text } = written(undefined, (to) => {
      to.begin('run:a')
      to.add('prov:used', 'run:b')
      to.end()
    })
    expect(body(text)).toBe('run:a\n  prov:used run:b .\n')
  })

  test('goes on in another graph, and stays in the one that it is in', () => {
    const { text } = written('run:a', (to) => {
      for (const graph of ['run:a', 'run:b', 'run:b', undefined]) {
        to.enter(graph)
        to.begin('run:x')
        to.add('prov:used', 'run:y')
        to.end()
      }
    })
    const node = 'run:x\n  prov:used run:y .\n'
    expect(body(text)).toBe(`\nGRAPH run:a {\n${node}}\n\n\nGRAPH run:b {\n${node}${node}}\n\n${node}`)
  })

  test('is handed on in chunks between nodes, each a little more than 64 KiB', () => {
    const { chunks } = written('run:a', (to) => {
      for (let n = 0; n < 10_000; n++) {
        to.begin(`run:node-${n}`)
        to.add('rdfs:label', '"a label"')
        to.end()
      }
    })
    expect(chunks.length).toBeGreaterThan(5)
    for (const chunk of chunks.slice(0, -1)) {
      expect(chunk.length).toBeGreaterThan(65_536)
      expect(chunk.length).toBeLessThan(65_536 + 60)
      expect(chunk).toMatch(/ \.\n$/)
    }
  })
})

describe('N-Quads', () => {
  test('are a line for each triple, classes first, handed on in chunks between nodes', () => {
    const chunks: string[] = []
    const sink = new NQuadsSink(prefixes(), 'run:summary', (text) => chunks.push(text))
    for (let n = 0; n < 1000; n++) {
      sink.begin(`run:node-${n}`, KINDS.property)
      sink.add('schema:value', '"2"^^xsd:decimal')
      sink.end()
    }
    sink.finish()
    expect(chunks.join('').split('\n').slice(0, 2)).toEqual([
      '<urn:uuid:1#node-0> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/PropertyValue> <urn:uuid:1#summary> .',
      '<urn:uuid:1#node-0> <http://schema.org/value> "2"^^<http://www.w3.org/2001/XMLSchema#decimal> <urn:uuid:1#summary> .',
    ])
    expect(sink.tripleCount).toBe(2000)
    expect(chunks.length).toBeGreaterThan(2)
    for (const chunk of chunks.slice(0, -1)) {
      expect(chunk.length).toBeGreaterThan(65_536)
      expect(chunk.length).toBeLessThan(65_536 + 400)
    }
  })

  test('without nodes are nothing', () => {
    const chunks: string[] = []
    new NQuadsSink(prefixes(), 'run:summary', (text) => chunks.push(text)).finish()
    expect(chunks.join('')).toBe('')
  })
})
