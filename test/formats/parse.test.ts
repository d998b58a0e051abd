import { describe, expect, test } from 'vitest'
import { ParseError } from '../../src/errors.ts'
import { readQuads } from '../../src/formats/parse.ts'
import { nquadsLine } from '../../src/rdf/write-term.ts'

const wrong: [format: string, what: string, text: string, line: number, column: number][] = [
  ['turtle', 'an object that is missing', '@prefix a: <urn:a:>.\na:b a:c ; .', 2, 9],
  ['turtle', 'a prefix that is not declared', '<urn:a> <urn:b> no:where .', 1, 17],
  ['turtle', 'a string that never ends', '<urn:a> <urn:b> "x', 1, 16],
  ['trig', 'a graph that never ends', 'GRAPH <urn:g> {\n<urn:a> <urn:b> <urn:c> .\n', 3, 1],
  ['nquads', 'a line cut short', '<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b', 2, 8],
  ['ntriples', 'a prefixed name', '<urn:a> <urn:b> a:c .', 1, 16],
  ['jsonld', 'a comma too many', '{\n  "@id": "urn:a",\n}', 3, 1],
  [
    'rdfxml',
    'an element that never ends',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n<rdf:Description>',
    2,
    1,
  ],
]

describe('text that is not what it claims to be', () => {
  test.each(wrong)('%s: %s is an error at its place', async (format, _, text, line, column) => {
    const error = await readQuads(text, { format, file: 'some.file' }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(ParseError)
    const { place, message } = error as ParseError
    expect(place?.file).toBe('some.file')
    expect([place?.line, place?.column]).toEqual([line, column])
    expect(message).not.toMatch(/\n/)
  })

  test('a remote JSON-LD context is refused by name and never fetched', async () => {
    const text = JSON.stringify({ '@context': 'https://example.org/context', '@id': 'urn:a' })
    const error = await readQuads(text, { format: 'jsonld' }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(ParseError)
    expect((error as ParseError).message).toContain('https://example.org/context')
  })
})

const same: [format: string, text: string][] = [
  ['text/turtle; charset=utf-8', '<urn:a> <urn:b> "2.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .'],
  ['a/file.ttl', '<urn:a> <urn:b> 2.50 .'],
  ['application/n-triples', '<urn:a> <urn:b> "2.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .'],
  ['jsonld', '{"@id":"urn:a","urn:b":{"@value":"2.50","@type":"http://www.w3.org/2001/XMLSchema#decimal"}}'],
  [
    'owl',
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:"><rdf:Description rdf:about="urn:a">
      <u:b rdf:datatype="http://www.w3.org/2001/XMLSchema#decimal">2.50</u:b></rdf:Description></rdf:RDF>`,
  ],
]

describe('one triple in every format', () => {
  test.each(same)('%s gives it with its literal spelt as it was', async (format, text) => {
    const quads = await readQuads(text, { format })
    expect(quads.map(nquadsLine)).toEqual([
      '<urn:a> <urn:b> "2.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .',
    ])
  })

  test('text may come in pieces that break inside a character and a term', async () => {
    const text = '<urn:a> <urn:b> "é🧛" .\n'.repeat(3)
    async function* pieces() {
      for (const unit of text.split('')) yield unit
    }
    const quads = await readQuads(pieces(), { format: 'turtle' })
    expect(quads.map((quad) => quad.object.value)).toEqual(['é🧛', 'é🧛', 'é🧛'])
  })

  test('prefixes are reported as they are declared', async () => {
    const declared: [string, string][] = []
    await readQuads('PREFIX a: <urn:a:>\na:b a:c a:d .', {
      format: 'turtle',
      onPrefix: (prefix, namespace) => declared.push([prefix, namespace]),
    })
    expect(declared).toEqual([['a', 'urn:a:']])
  })
})
