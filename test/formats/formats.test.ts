import type { Quad } from '@rdfjs/types'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/errors.ts'
import { findFileFormat, findFormat, formatOf, FORMATS } from '../../src/formats/formats.ts'
import { readQuads } from '../../src/formats/parse.ts'
import { serializeQuads } from '../../src/formats/serialize.ts'
import { nquadsLine, ntriplesLine } from '../../src/rdf/write-term.ts'

async function written(quads: readonly Quad[], format: string): Promise<string> {
  let text = ''
  for await (const chunk of serializeQuads(quads, format)) text += chunk
  return text
}

const graph = `
<urn:a> <urn:p> "2"^^<http://www.w3.org/2001/XMLSchema#decimal> <urn:g> .
<urn:a> <urn:p> "a \\"b\\"\\n"@en <urn:h> .
`

describe('the table of formats', () => {
  test('has each name, media type and ending once', () => {
    const words = FORMATS.flatMap(({ name, mediaType, extensions }) => [
      ...new Set([name, mediaType, ...extensions]),
    ])
    expect(words).toEqual([...new Set(words)])
    expect(words).toEqual(words.map((word) => word.toLowerCase()))
  })

  test.each(FORMATS)('says of $name what its code can do', async ({ uses, load }) => {
    const code = await load()
    expect([...uses]).toEqual((['read', 'write'] as const).filter((use) => code[use] !== undefined))
  })

  test.each(FORMATS)('$name is found by its name, its media type and its endings', (format) => {
    const { name, mediaType, extensions } = format
    for (const text of [
      name,
      name.toUpperCase(),
      mediaType,
      `${mediaType} ; charset=utf-8`,
      ` ${mediaType}`,
      ...extensions,
    ]) {
      expect(findFormat(text)).toBe(format)
    }
    for (const extension of extensions) {
      expect(findFormat(`results.1/run.${extension}`)).toBe(format)
      expect(findFileFormat(`results.1/run.${extension.toUpperCase()}`)).toBe(format)
    }
  })

  test.each(FORMATS.filter(({ uses }) => uses.length === 2))(
    'what $name writes it reads back',
    async ({ name, graphs }) => {
      const quads = await readQuads(graph, { format: 'nquads' })
      const line = graphs ? nquadsLine : ntriplesLine
      const again = await readQuads(await written(quads, name), { format: name })
      expect(again.map(line).sort()).toEqual(quads.map(line).sort())
    },
  )
})

describe('a format that cannot be used', () => {
  test.each([
    ['word.docx', 'read', /^There are turtle \(\.ttl\), trig \(\.trig\), .*rdfxml \(\.rdf\).*\.$/],
    ['word.docx', 'write', /^There are turtle \(\.ttl\), trig \(\.trig\), ((?!rdfxml).)*\.$/],
    ['rdfxml', 'write', /^There are turtle \(\.ttl\), trig \(\.trig\), ((?!rdfxml).)*\.$/],
  ] as const)('%s, to %s: those that can are listed', (text, use, advice) => {
    const ask = () => formatOf(text, use)
    expect(ask).toThrow(UsageError)
    expect(ask).toThrow(expect.objectContaining({ advice: expect.stringMatching(advice) }))
    expect(ask).toThrow(`‹${text}› is not a format that can be ${use === 'read' ? 'read' : 'written'}`)
  })

  test('RDF/XML is not written, and nothing else is written in its place', async () => {
    await expect(written([], 'rdfxml')).rejects.toThrow(UsageError)
  })

  test('a name is not taken for an ending of a file name', () => {
    expect(findFileFormat('turtle')).toBeUndefined()
    expect(findFileFormat('ttl')).toBeUndefined()
    expect(findFileFormat('.ttl')).toBeUndefined()
    expect(findFileFormat('word.docx')).toBeUndefined()
    expect(findFormat('word.docx')).toBeUndefined()
  })
})
