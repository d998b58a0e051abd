import { describe, expect, test } from 'vitest'
import { ParseError } from '../../src/errors.ts'
import { parseQuads, readQuads } from '../../src/formats/parse.ts'
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
  ['jsonld', 'a document that ends early', '{\n  "@id": "urn:a"', 2, 17],
  ['turtle', 'a first word that is none', '§', 1, 1],
  ['turtle', 'a word on a new line that is none', '<urn:a>\n  § <urn:c> .', 2, 1],
]

describe('text that is not what it claims to be', () => {
  test.each(wrong)('%s: %s is an error at its place', async (format, _, text, line, column) => {
    const error = await readQuads(text, { format, file: 'some.file' }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(ParseError)
    const { place, message } = error as ParseError
    expect(place?.file).toBe('some.file')
    expect([place?.line, place?.column]).toEqual([line, column])
    expect(message).not.toMatch(/\n| on line \d/)
  })

  test('JSON that is no JSON-LD is an error of its file', async () => {
    const text = JSON.stringify({ '@id': 1, 'urn:p': 2 })
    const read = readQuads(text, { format: 'jsonld', file: 'some.file' })
    await expect(read).rejects.toMatchObject({
      message: expect.stringMatching(/^This is not JSON-LD: /),
      place: { file: 'some.file' },
    })
  })

  test('text without a file has no file in its place', async () => {
    for (const [format, text] of [
      ['turtle', 'x'],
      ['jsonld', 'x'],
      ['jsonld', '{"@context": "https://example.org/context"}'],
      ['rdfxml', '<a></b>'],
    ] as const) {
      const error = await readQuads(text, { format }).catch((caught: unknown) => caught)
      expect(error).toBeInstanceOf(ParseError)
      const place = (error as ParseError).place ?? {}
      expect(Object.keys(place)).not.toContain('file')
      if (format === 'jsonld') expect(place).toEqual({})
    }
  })

  test('RDF/XML that is broken is not printed, and others may print again', async () => {
    const output = globalThis.console
    const { error, warn } = output
    await expect(readQuads('<a></b>', { format: 'rdfxml' })).rejects.toThrow(
      /^This is not RDF\/XML: [^\n[]+$/,
    )
    await expect(readQuads('no XML', { format: 'rdfxml' })).rejects.toThrow(ParseError)
    expect([output.error, output.warn]).toEqual([error, warn])
  })

  test('nothing is read on after the first fault', async () => {
    let chunks = 0
    async function* input() {
      for (; chunks < 10; chunks++) yield chunks === 2 ? 'nonsense .\n' : `<urn:a> <urn:b> "${chunks}" .\n`
    }
    const found: string[] = []
    await expect(async () => {
      for await (const quad of parseQuads(input(), { format: 'turtle' })) found.push(quad.object.value)
    }).rejects.toThrow(ParseError)
    expect([found, chunks]).toEqual([['0', '1'], 2])
  })

  test('a remote JSON-LD context is refused by name and never fetched', async () => {
    const text = JSON.stringify({ '@context': 'https://example.org/context', '@id': 'urn:a' })
    const error = await readQuads(text, { format: 'jsonld', file: 'some.file' }).catch(
      (caught: unknown) => caught,
    )
    expect(error).toBeInstanceOf(ParseError)
    expect((error as ParseError).message).toContain('https://example.org/context')
    expect((error as ParseError).place).toEqual({ file: 'some.file' })
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
