import { expect, test } from 'vitest'
import { readConstraint } from '../../src/validate/sparql-constraint.ts'
import { smallGraph } from './small-graph.ts'

function bind(select: string, iri = 'urn:x', more = ''): string {
  const graph = smallGraph(`:c sh:select """${select.replaceAll('\\', '\\\\')}""" . ${more}`)
  const [constraint] = graph.getSubjects('http://www.w3.org/ns/shacl#select', null, null)
  return readConstraint(graph, constraint!).bind(iri)
}

test.each<[what: string, query: string, bound: string]>([
  [
    '$this in a pattern becomes the IRI',
    'SELECT ?v WHERE { $this :p ?v }',
    'SELECT ?v WHERE { <urn:x> :p ?v }',
  ],
  ['?this is the same variable', 'ASK { ?this ?p ?THIS }', 'ASK { <urn:x> ?p <urn:x> }'],
  [
    'where it is projected it keeps its name',
    'SELECT $this ?v WHERE { $this :p ?v }',
    'SELECT (<urn:x> AS ?this) ?v WHERE { <urn:x> :p ?v }',
  ],
  [
    'a subquery gives it another name each time, because what surrounds it knows it already',
    'SELECT $this { { SELECT $this { $this :p ?a } } { select $this { ?b :p $this } } }',
    'SELECT (<urn:x> AS ?this) { { SELECT (<urn:x> AS ?this2) { <urn:x> :p ?a } } { select (<urn:x> AS ?this3) { ?b :p <urn:x> } } }',
  ],
  [
    'after BY it stands in brackets, as expressions do',
    'SELECT ?v { ?v :p ?w } GROUP  BY $this ORDER BY ?v $this',
    'SELECT ?v { ?v :p ?w } GROUP  BY (<urn:x>) ORDER BY ?v (<urn:x>)',
  ],
  [
    'a pattern after a subquery is a pattern again',
    'SELECT ?v { { SELECT ?v { ?v :p ?w } GROUP BY ?v } $this :q ?v }',
    'SELECT ?v { { SELECT ?v { ?v :p ?w } GROUP BY ?v } <urn:x> :q ?v }',
  ],
  ['other variables stay', 'SELECT ?thisOne { ?thisOne :p ?v }', 'SELECT ?thisOne { ?thisOne :p ?v }'],
  [
    'a text stays',
    `ASK { ?s :p "$this", '$this', "a\\"$this" }`,
    `ASK { ?s :p "$this", '$this', "a\\"$this" }`,
  ],
  ['a long text stays', `ASK { ?s :p '''"$this"''' , $this }`, `ASK { ?s :p '''"$this"''' , <urn:x> }`],
  [
    'a comment stays, and ends with its line',
    '# $this\nASK { $this :p ?v }',
    '# $this\nASK { <urn:x> :p ?v }',
  ],
  ['an IRI stays', 'ASK { <http://a/$this> :p $this }', 'ASK { <http://a/$this> :p <urn:x> }'],
  [
    'a comparison is no IRI',
    'ASK { ?s :p ?v FILTER(?v < 3 && $this > ?v) }',
    'ASK { ?s :p ?v FILTER(?v < 3 && <urn:x> > ?v) }',
  ],
])('%s', (_, query, bound) => expect(bind(query)).toBe(bound))

test('Prefixes that the constraint declares stand before its query, each on a line of its own', () => {
  const declared = `:c sh:prefixes :one, :two .
    :one sh:declare [ sh:prefix "a" ; sh:namespace "urn:a#" ], [ sh:prefix "b" ; sh:namespace "urn:b#" ] .
    :two sh:declare [ sh:namespace "urn:c#" ] .`
  expect(bind('ASK { $this a:p b:q }', 'urn:x', declared).split('\n')).toEqual([
    'PREFIX a: <urn:a#>',
    'PREFIX b: <urn:b#>',
    'PREFIX : <urn:c#>',
    'ASK { <urn:x> a:p b:q }',
  ])
})

test.each(['urn:a>b', 'urn:a b', 'urn:a"b', 'urn:a{b', 'urn:a\nb'])(
  'An IRI that would end early in a query is refused: %j',
  (iri) =>
    expect(() => bind('ASK { $this :p ?v }', iri)).toThrow('is not an IRI that a query can be asked about'),
)
