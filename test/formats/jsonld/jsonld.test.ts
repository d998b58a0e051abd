import type { Quad } from '@rdfjs/types'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import jsonld from 'jsonld'
import { describe, expect, test } from 'vitest'
import { contextIri, loadContext } from '../../../src/formats/jsonld/context.ts'
import { write } from '../../../src/formats/jsonld/jsonld.ts'
import { readQuads } from '../../../src/formats/parse.ts'
import { serializeQuads } from '../../../src/formats/serialize.ts'
import { packageRoot } from '../../../src/package-root.ts'
import { Prefixes } from '../../../src/rdf/prefixes.ts'
import { nquadsLine } from '../../../src/rdf/write-term.ts'
import { NAMESPACES } from '../../../src/rdf/vocabulary.ts'

async function asJsonLd(quads: Iterable<Quad>): Promise<string> {
  let text = ''
  for await (const chunk of write(quads, new Prefixes())) text += chunk
  return text
}

const lines = (quads: readonly Quad[]) => quads.map(nquadsLine).sort()

describe('our context', () => {
  test('has a word for each property and class of the ontology', async () => {
    const { '@context': context } = await loadContext()
    const named = new Set(
      Object.values(context).map((definition) =>
        typeof definition === 'string' ? definition : (definition as { '@id'?: string } | undefined)?.['@id'],
      ),
    )
    const ontology = await readQuads(await readFile(join(packageRoot, 'ontologies', 'vampira.ttl'), 'utf8'), {
      format: 'turtle',
    })
    const terms = ontology
      .filter(
        ({ predicate, object }) =>
          predicate.value === `${NAMESPACES.rdf}type` && /#(?:Class|\w+Property)$/.test(object.value),
      )
      .map(({ subject }) => subject.value)
      .filter((iri) => iri.startsWith(NAMESPACES.vam))
      .map((iri) => `vam:${iri.slice(NAMESPACES.vam.length)}`)
    expect(terms.length).toBeGreaterThan(80)
    expect(terms.filter((term) => !named.has(term))).toEqual([])
  })

  test('has only such definitions as are read backwards for exports', async () => {
    const { '@context': context } = await loadContext()
    const isName = (text: unknown) => typeof text === 'string' && /^(@id$|[\w-]+:)/.test(text)
    const others = Object.entries(context).filter(
      ([word, definition]) =>
        word !== '@version' &&
        !isName(definition) &&
        !(
          typeof definition === 'object' &&
          Object.keys(definition).join() === '@id,@type' &&
          isName(definition['@id']) &&
          isName(definition['@type'])
        ),
    )
    expect(others).toEqual([])
  })

  test('is valid JSON-LD, and a document may refer to it by its address without anything being fetched', async () => {
    await expect(jsonld.expand({ ...(await loadContext()), label: 'x' } as object)).resolves.toHaveLength(1)
    const text = JSON.stringify({ '@context': contextIri, '@id': 'urn:a', '@type': 'Call', used: 'urn:b' })
    expect(lines(await readQuads(text, { format: 'jsonld' }))).toEqual([
      `<urn:a> <${NAMESPACES.rdf}type> <${NAMESPACES.vam}Call> .`,
      `<urn:a> <${NAMESPACES.prov}used> <urn:b> .`,
    ])
  })
})

const graphs: [what: string, trig: string][] = [
  ['blank nodes and languages', '_:a <urn:p> "x"@en, "x"@de-at, _:b . _:b <urn:q> _:a .'],
  [
    'parts that lead back to their whole',
    '<urn:a> prov:qualifiedUsage <urn:b> . <urn:b> prov:qualifiedUsage <urn:a> .',
  ],
  ['a part of itself', '<urn:a> vam:setting <urn:a> .'],
  ['a part of two', '<urn:a> vam:setting <urn:s> . <urn:b> vam:setting <urn:s> . <urn:s> prov:value 1 .'],
  [
    'literals where IRIs are expected, and the other way round',
    '<urn:a> prov:used "x" ; rdfs:label <urn:b> ; vam:wallSeconds "1"^^xsd:integer, 2.50, true .',
  ],
  [
    'the same subject in two graphs and in none',
    '<urn:a> prov:used <urn:b> . GRAPH <urn:g> { <urn:a> prov:used <urn:c> } GRAPH <urn:h> { <urn:a> prov:used <urn:d> }',
  ],
  [
    'numbers that JSON would spell anew',
    '<urn:a> prov:value 007, 12345678901234567890, -0, "1"^^xsd:boolean, 1E0 .',
  ],
  ['a class that is a literal', '<urn:a> a "x", prov:Entity .'],
]

describe('any graph', () => {
  const header = Object.entries(NAMESPACES)
    .map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>\n`)
    .join('')

  test.each(graphs)('with %s is the same in JSON-LD, TriG and N-Quads', async (_, trig) => {
    const quads = await readQuads(header + trig, { format: 'trig' })
    expect(quads.length).toBeGreaterThan(0)
    const named = (line: string) => line.replaceAll(/_:\S+/g, '_:x')
    for (const format of ['jsonld', 'trig', 'nquads']) {
      let text = ''
      for await (const chunk of serializeQuads(quads, format)) text += chunk
      const again = await readQuads(text, { format })
      expect([...new Set(again.map(nquadsLine).map(named))].sort()).toEqual(
        [...new Set(quads.map(nquadsLine).map(named))].sort(),
      )
    }
  })

  test.each<[what: string, trig: string, nodes: unknown]>([
    [
      'its parts inside their wholes, and each node once',
      '<urn:a> prov:qualifiedUsage <urn:u> . <urn:u> prov:entity <urn:e> . <urn:e> prov:value 1 .',
      [
        { '@id': 'urn:a', qualifiedUsage: { '@id': 'urn:u', entity: 'urn:e' } },
        { '@id': 'urn:e', value: 1 },
      ],
    ],
    [
      'several parts in a list, and what is known of them by name alone as a reference',
      '<urn:a> vam:gap <urn:g>, <urn:h>, <urn:i> . <urn:g> vam:reason "x" . <urn:h> vam:reason "y" .',
      [
        {
          '@id': 'urn:a',
          gap: [{ '@id': 'urn:g', reason: 'x' }, { '@id': 'urn:h', reason: 'y' }, 'urn:i'],
        },
      ],
    ],
    [
      'a part that has a part beside its whole, since such a chain could be a circle',
      '<urn:a> vam:setting <urn:s> . <urn:s> vam:gap <urn:g> ; prov:value 1 . <urn:g> vam:reason "x" .',
      [
        { '@id': 'urn:a', setting: 'urn:s' },
        { '@id': 'urn:s', gap: { '@id': 'urn:g', reason: 'x' }, value: 1 },
      ],
    ],
    [
      'associations, generations and further properties inside, too',
      `<urn:a> prov:qualifiedAssociation <urn:b> ; prov:qualifiedGeneration <urn:c> ;
        schema:additionalProperty <urn:d> .
      <urn:b> prov:agent <urn:x> . <urn:c> prov:activity <urn:y> . <urn:d> schema:value 1 .`,
      [
        {
          '@id': 'urn:a',
          qualifiedAssociation: { '@id': 'urn:b', agent: 'urn:x' },
          qualifiedGeneration: { '@id': 'urn:c', activity: 'urn:y' },
          additionalProperty: { '@id': 'urn:d', 'schema:value': 1 },
        },
      ],
    ],
    [
      'one class bare, several in a list',
      '<urn:a> a vam:Call . <urn:b> a vam:Call, prov:Activity .',
      [
        { '@id': 'urn:a', '@type': 'Call' },
        { '@id': 'urn:b', '@type': ['Call', 'Activity'] },
      ],
    ],
    [
      'values bare where the context says their type, and else with their type',
      `<urn:a> prov:used <urn:b> ; prov:startedAtTime "2026-11-23T20:14:02Z"^^xsd:dateTime, "soon" ;
        rdfs:label "x", "y"@en, 2 ; <urn:p> <urn:b>, 2.5, true, "1"^^xsd:boolean ; rdfs:seeAlso prov:Entity .`,
      [
        {
          '@id': 'urn:a',
          used: 'urn:b',
          startedAtTime: ['2026-11-23T20:14:02Z', { '@value': 'soon' }],
          label: ['x', { '@value': 'y', '@language': 'en' }, 2],
          'urn:p': [
            { '@id': 'urn:b' },
            { '@value': '2.5', '@type': 'xsd:decimal' },
            true,
            { '@value': '1', '@type': 'xsd:boolean' },
          ],
          'rdfs:seeAlso': { '@id': 'prov:Entity' },
        },
      ],
    ],
    [
      'each named graph by its name, and what is in none beside them',
      'GRAPH <urn:g> { <urn:a> prov:used <urn:b> . <urn:b> prov:value 1 } <urn:a> prov:value 2 .',
      [
        {
          '@id': 'urn:g',
          '@graph': [
            { '@id': 'urn:a', used: 'urn:b' },
            { '@id': 'urn:b', value: 1 },
          ],
        },
        { '@id': 'urn:a', value: 2 },
      ],
    ],
  ])('has %s', async (_, trig, nodes) => {
    const quads = await readQuads(header + trig, { format: 'trig' })
    const text = await asJsonLd(quads)
    expect((JSON.parse(text) as { '@graph': unknown })['@graph']).toEqual(nodes)
    expect(lines(await readQuads(text, { format: 'jsonld' }))).toEqual(lines(quads))
  })
})
