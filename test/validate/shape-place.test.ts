import { DataFactory } from 'n3'
import { describe, expect, test } from 'vitest'
import { nameOf, placeOf } from '../../src/validate/shape-place.ts'
import type { ShapesGraph } from '../../src/validate/shapes-graph.ts'
import { example, smallGraph } from './small-graph.ts'

const { blankNode, namedNode } = DataFactory
const text = `# :run is described below
@prefix run: <https://example.org/run> .

:run-of-tests a sh:NodeShape .
:run a sh:NodeShape ; sh:property [ sh:path :at ;
  sh:mincount 1 ] .
[] sh:path :lonely .
`
const shapes = (...texts: readonly string[]): ShapesGraph => ({
  dataset: smallGraph(text),
  sources: texts.map((each, n) => ({ file: `${n}.ttl`, text: each })),
})
const inside = (graph: ShapesGraph) =>
  graph.dataset.getObjects(null, 'http://www.w3.org/ns/shacl#property', null)[0]!
const lonely = (graph: ShapesGraph) =>
  graph.dataset.getSubjects('http://www.w3.org/ns/shacl#path', example('lonely'), null)[0]!

describe('In a sentence', () => {
  const graph = shapes(text)

  test('a shape has its IRI', () => {
    expect(nameOf(graph, namedNode(example('run')))).toBe('<https://example.org/run>')
  })

  test('a shape without a name is called by the one that holds it', () => {
    expect(nameOf(graph, inside(graph))).toBe('a shape inside <https://example.org/run>')
  })

  test('a shape that no named one holds has no name', () => {
    expect(nameOf(graph, lonely(graph))).toBe('a shape without a name')
  })

  test('shapes without names that hold each other have none, and the search ends', () => {
    const circle = { dataset: smallGraph('_:a sh:node _:b . _:b sh:node _:a .'), sources: [] }
    const [node] = circle.dataset.getObjects(null, 'http://www.w3.org/ns/shacl#node', null)
    expect(nameOf(circle, node!)).toBe('a shape without a name')
  })
})

describe('The place of a shape', () => {
  test('is the first line with its name, as a whole word, in no comment and no prefix', () => {
    expect(placeOf(shapes(text), namedNode(example('run')))).toEqual({
      file: '0.ttl',
      line: 5,
      iri: example('run'),
    })
  })

  test('is the line of the term that is at fault, where one is given', () => {
    const graph = shapes(text)
    expect(placeOf(graph, inside(graph), 'sh:mincount').line).toBe(6)
  })

  test('is its file alone, where the text does not have its name', () => {
    expect(placeOf(shapes(':other a sh:NodeShape .'), namedNode(example('run')))).toEqual({
      file: '0.ttl',
      iri: example('run'),
    })
  })

  test('is found in the first line, too', () => {
    expect(placeOf(shapes(':run a sh:NodeShape .'), namedNode(example('run'))).line).toBe(1)
  })

  test('is in the file, of several, that has both its name and the term', () => {
    const graph = shapes(':other sh:mincount 1 .', text, ':run sh:minCount 1 .')
    expect(placeOf(graph, inside(graph), 'sh:mincount')).toMatchObject({ file: '1.ttl', line: 6 })
  })

  test('is its IRI alone, where none of several files has its name', () => {
    const graph = shapes(':a a sh:NodeShape .', ':b a sh:NodeShape .')
    expect(placeOf(graph, namedNode(example('run')))).toEqual({ iri: example('run') })
  })

  test('is unknown for a blank node of several files, and where there is no text at all', () => {
    expect(placeOf({ ...shapes(), sources: [] }, blankNode('nobody'))).toEqual({})
  })

  test('is found though the name has signs that patterns know', () => {
    const odd = 'a(b'
    expect(placeOf(shapes(`<${odd}> a sh:NodeShape .`), namedNode(example(odd))).line).toBe(1)
    expect(placeOf(shapes(':aXb a sh:NodeShape .'), namedNode(example('a.b'))).line).toBeUndefined()
  })
})
