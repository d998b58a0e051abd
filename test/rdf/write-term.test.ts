import { DataFactory } from 'n3'
import { parse } from 'oxigraph'
import { describe, expect, test } from 'vitest'
import { nquadsLine, ntriplesLine, writeIri, writeLiteral, writeTerm } from '../../src/rdf/write-term.ts'
import { XSD } from '../../src/rdf/vocabulary.ts'

const { blankNode, defaultGraph, literal, namedNode, quad, variable } = DataFactory
const [a, b] = [namedNode('urn:a'), namedNode('urn:b')]

describe('an IRI', () => {
  test.each([
    ['http://example.org/a', '<http://example.org/a>'],
    ['', '<>'],
    ['urn:ö🧛', '<urn:ö🧛>'],
    // The last control character, the space and what comes after it.
    ['urn:\u0000\u001f !', '<urn:\\u0000\\u001F\\u0020!>'],
    ['urn:<>"', '<urn:\\u003C\\u003E\\u0022>'],
    ['urn:{|}~', '<urn:\\u007B\\u007C\\u007D~>'],
    ['urn:[\\]^_`', '<urn:[\\u005C]\\u005E_\\u0060>'],
    ["urn:;=?#%20'()", "<urn:;=?#%20'()>"],
  ])('%j is %s', (iri, text) => expect(writeIri(iri)).toBe(text))
})

describe('a literal', () => {
  test.each([
    ['', XSD.string, '', '""'],
    ['2', XSD.integer, '', `"2"^^<${XSD.integer}>`],
    ['a"\n', 'urn:a type', '', '"a\\"\\n"^^<urn:a\\u0020type>'],
    ['a', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString', 'de-at', '"a"@de-at'],
  ])('%j of %s in %j is %s', (lexical, type, language, text) =>
    expect(writeLiteral(lexical, type, language)).toBe(text),
  )

  test('has its type written as the caller wants it', () => {
    expect(writeLiteral('2', XSD.decimal, '', () => 'xsd:decimal')).toBe('"2"^^xsd:decimal')
    expect(writeLiteral('2', XSD.string, '', () => 'xsd:string')).toBe('"2"')
  })

  // Each character at which escaping begins or ends, and one on each side.
  const characters = ['\u0000\u0007\b\t\n\u000b\f\r\u000e\u001f !"#[\\]~\u007f\u0080', '\ud7ff\ue000\uffff🧛']

  test.each(characters)('of %j is read back by another reader', (text) => {
    const [read] = parse(`<urn:a> <urn:b> ${writeTerm(literal(text))} .`, { format: 'application/n-triples' })
    expect(read?.object.value).toBe(text)
  })

  test('is escaped only where canonical N-Quads escapes', () => {
    expect(characters.map((text) => writeTerm(literal(text)))).toEqual([
      '"\\u0000\\u0007\\b\\t\\n\\u000B\\f\\r\\u000E\\u001F !\\"#[\\\\]~\\u007F\u0080"',
      '"\ud7ff\ue000\uffff🧛"',
    ])
  })
})

describe('a statement', () => {
  test.each([
    ['of IRIs', quad(a, b, a), '<urn:a> <urn:b> <urn:a> .', '<urn:a> <urn:b> <urn:a> .'],
    [
      'of blank nodes in a graph',
      quad(blankNode('x'), b, blankNode('y'), namedNode('urn:g')),
      '_:x <urn:b> _:y .',
      '_:x <urn:b> _:y <urn:g> .',
    ],
    [
      'in a graph without a name',
      quad(a, b, literal('c', 'en'), blankNode('g')),
      '<urn:a> <urn:b> "c"@en .',
      '<urn:a> <urn:b> "c"@en _:g .',
    ],
    [
      'about a statement',
      quad(a, b, quad(a, b, literal('c'))),
      '<urn:a> <urn:b> <<( <urn:a> <urn:b> "c" )>> .',
      '<urn:a> <urn:b> <<( <urn:a> <urn:b> "c" )>> .',
    ],
  ])('%s', (_, statement, triple, line) => {
    expect([ntriplesLine(statement), nquadsLine(statement)]).toEqual([triple, line])
  })

  test.each([variable('v'), defaultGraph()])('has no place for a $termType', (term) => {
    expect(() => writeTerm(term)).toThrow(TypeError)
    expect(() => writeTerm(term)).toThrow(term.termType)
  })
})
