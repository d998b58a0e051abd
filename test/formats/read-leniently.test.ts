import type { Quad } from '@rdfjs/types'
import { describe, expect, test } from 'vitest'
import type { LeftOut } from '../../src/formats/format.ts'
import { readQuads } from '../../src/formats/parse.ts'
import { entryOf, fixtures, storeOf } from '../queries/cases.ts'

async function read(text: string, format: string) {
  const left: LeftOut[] = []
  const prefixes: string[] = []
  const quads = await readQuads(text, {
    format,
    baseIri: 'http://base/',
    onLeftOut: (part) => left.push(part),
    onPrefix: (prefix) => prefixes.push(prefix),
  })
  const lines = left.map((part) =>
    part.lastLine === undefined
      ? `${part.line ?? '?'} ${part.reason}`
      : `${part.line}-${part.lastLine}@${part.brokenLine} ${part.reason}`,
  )
  return { objects: quads.map(({ object }) => object.value), quads, lines, prefixes }
}

describe.each(['ntriples', 'nquads', 'turtle', 'trig'])('read leniently, %s', (format) => {
  test('keeps the lines before and after a broken one, and tells of it', async () => {
    const text = '<urn:a> <urn:p> "1" .\n<urn:b c> <urn:p> "2" .\n# note .\n<urn:c> <urn:p> "3" .\n'
    const { objects, lines } = await read(text, format)
    expect(objects).toEqual(['1', '3'])
    expect(lines).toEqual(['2-2@2 Unexpected "<urn:b"'])
  })

  test('finds each of many broken lines among many sound ones', async () => {
    const broken = (n: number) => n % 100 === 7
    const text = Array.from({ length: 1000 }, (_, n) =>
      broken(n) ? `<urn:${n}> oops .` : `<urn:${n}> <urn:p> "${n}" .`,
    ).join('\n')
    const { objects, lines } = await read(text, format)
    expect(objects).toHaveLength(990)
    expect(lines.map((line) => Number(line.split('-')[0]))).toEqual(
      Array.from({ length: 10 }, (_, n) => n * 100 + 8),
    )
  })

  test('has one blank node for one label, wherever it stands', async () => {
    const many = Array.from({ length: 600 }, () => '<urn:a> <urn:p> _:same .').join('\n')
    const { objects } = await read(`${many}\nbroken .\n_:same <urn:q> _:other .\n`, format)
    expect(new Set(objects).size).toBe(2)
  })

  test('has nothing to tell of a sound text', async () => {
    expect(await read('<urn:a> <urn:p> <urn:b> .', format)).toMatchObject({ objects: ['urn:b'], lines: [] })
    expect(await read('', format)).toMatchObject({ objects: [], lines: [] })
  })
})

describe('a statement of Turtle', () => {
  test.each([
    [
      'ends at no dot inside of a literal, an IRI, a name, a number or a comment',
      `
      @prefix ex: <http://ex.org/a.b/> . # one . two .
      ex:a.b ex:p "a . b", 'c . d', """e .
      "f" . """, '''g . ''', 1.5, <x.y> # h .
        , ex:i\\.j .`,
      ['a . b', 'c . d', 'e .\n      "f" . ', 'g . ', '1.5', 'http://base/x.y', 'http://ex.org/a.b/i.j'],
      [],
    ],
    [
      'is left out as a whole',
      '<a> <p> 1 ;\n  <q> 2 ;\n  <r> <x y> .\n<a> <p> 3 .',
      ['3'],
      ['1-3@3 Unexpected "<x"'],
    ],
    [
      'that closes no bracket or literal hides no other',
      '<a> <p> [ <q> 1 .\n<a> <p> "x .\n<a> <p> """y .\n<a> <p> 2 .',
      ['2'],
      ['1-1@1 Expected', '2-2@2 Unexpected', '3-3@3 Unexpected'],
    ],
    [
      'may declare without a dot',
      'PREFIX a: <urn:a:> BASE <http://b/>\nprefix c: <urn:c:>\na:x c:y <z> .',
      ['http://b/z'],
      [],
    ],
    [
      'that declares is left out, and then what depends on it',
      '@prefix a: <b c> .\na:x a:y 1 .\n<x> <y> 2 .',
      ['2'],
      ['1-1@1 Unexpected', '2-2@2 Undefined prefix'],
    ],
    ['that the end of the text cuts short is left out', '<a> <p> 1 .\n<a> <p>', ['1'], ['2-2@2 ']],
  ])('%s', async (_, text, objects, lines) => {
    const found = await read(text, 'turtle')
    expect(found.objects).toEqual(objects)
    expect(found.lines).toEqual(lines.map((line) => expect.stringContaining(line)))
  })
})

test('A broken statement in a graph of TriG leaves the others in their graphs', async () => {
  const text = `PREFIX : <urn:x:>
:g { :a :p 1 . :b :p <b c> .
  :c :p 3 }
GRAPH <urn:h>
{ :d :p 4 . oops
}
:e :p 5 .
{ :f :p 6 }`
  const { quads, lines, prefixes } = await read(text, 'trig')
  const places = quads.map(({ object, graph }: Quad) => `${object.value} ${graph.value}`)
  expect(places).toEqual(['1 urn:x:g', '3 urn:x:g', '4 urn:h', '5 ', '6 '])
  expect(lines).toEqual([expect.stringMatching(/^2-2@2 /), expect.stringMatching(/^5-5@5 /)])
  expect(prefixes).toEqual([''])
})

describe('JSON-LD with what is no IRI', () => {
  const cases: [string, string, string[], string[]][] = [
    [
      'as an object',
      `{"@id": "urn:a",
  "urn:p": [{"@id": "http://x/b c"}, "1"]}`,
      ['1'],
      ['2 ‹http://x/b c› is no absolute IRI'],
    ],
    [
      'as a subject of several statements, once',
      '[{"@id": "http://x/a b", "urn:p": ["1", "2"]}, {"@id": "urn:c", "urn:p": "3"}]',
      ['3'],
      ['1 ‹http://x/a b› is no absolute IRI'],
    ],
    [
      'as a property',
      '{"@id": "urn:a", "urn:p q": "1", "urn:p": "2"}',
      ['2'],
      ['1 ‹urn:p q› is no absolute IRI'],
    ],
    [
      'as a graph',
      '[{"@id": "http://x/g h", "@graph": {"@id": "urn:a", "urn:p": "1"}}, {"@id": "urn:a", "urn:p": "2"}]',
      ['2'],
      ['1 ‹http://x/g h› is no absolute IRI'],
    ],
    [
      'by a character that no IRI has, as a datatype',
      '{"@id": "urn:a", "urn:p": [{"@value": "1", "@type": "urn:<t>"}, "2"]}',
      ['2'],
      ['1 ‹urn:<t>› is no absolute IRI'],
    ],
    [
      'behind a prefix, which stands on no line as it is',
      '{"@context": {"ex": "http://x/"}, "@id": "ex:a b", "urn:p": "1"}',
      [],
      ['? ‹http://x/a b› is no absolute IRI'],
    ],
    [
      'but a blank node as a property',
      '{"@id": "urn:a", "_:p": "1", "urn:p": "2"}',
      ['2'],
      ['? A blank node stands as a property'],
    ],
  ]
  test.each(cases)('%s is read leniently without it, and tells of it', async (_, text, objects, lines) => {
    const found = await read(text, 'jsonld')
    expect([found.objects, found.lines]).toEqual([objects, lines])
  })

  test.each(cases)('%s is an error otherwise', async (_, text, __, [told = '']) => {
    const [, line, reason] = /^(\S+) (.*)$/.exec(told)!
    await expect(readQuads(text, { format: 'jsonld', file: 'some.file' })).rejects.toMatchObject({
      name: 'ParseError',
      message: reason,
      place: { file: 'some.file', ...(line !== '?' && { line: Number(line) }) },
      advice: expect.stringContaining('--lenient'),
    })
  })
})

test('A sound record is read as it is without', async () => {
  const { store, remove } = await storeOf()
  try {
    for (const fixture of fixtures) {
      const graph = await store.graph(entryOf(fixture).id, 'record')
      let text = ''
      for await (const chunk of graph.text()) text += chunk
      const strict = await readQuads(text, { format: graph.mediaType })
      const { quads, lines } = await read(text, graph.mediaType)
      expect(lines).toEqual([])
      expect(quads.map(termsOf)).toEqual(strict.map(termsOf))
    }
  } finally {
    remove()
  }
})

function termsOf({ subject, predicate, object, graph }: Quad): string {
  const terms = [subject, predicate, object, graph]
  return terms.map((term) => (term.termType === 'BlankNode' ? '_' : term.value)).join(' ')
}
