import { describe, expect, it } from 'vitest'
import { findParameterPlaces } from '../../src/query/parameter-places.ts'

/** The query with each place in pointed brackets. */
function marked(sparql: string): string {
  const { texts, places } = findParameterPlaces(sparql)
  const marks = places.map((place) =>
    'parameter' in place ? `‹${place.parameter}›` : `‹limit ${place.limit}›`,
  )
  return texts.map((text, index) => text + (marks[index] ?? '')).join('')
}

describe('findParameterPlaces', () => {
  it.each([
    'VALUES ?thing { UNDEF }',
    'values $thing{undef}',
    'VALUES\n  ?thing # the thing\n  {\tUNDEF # any\n }',
  ])('finds a parameter in %j', (block) => {
    expect(marked(`SELECT * { ?s ?p ?thing.${block} } LIMIT 1`)).toBe(
      'SELECT * { ?s ?p ?thing.‹thing› } ‹limit 1›',
    )
  })

  it.each([
    ['a text', '"VALUES ?a { UNDEF } LIMIT 3"'],
    ['a text with quotes', String.raw`"\" VALUES ?a { UNDEF }"`],
    ['a text in single quotes', "'# VALUES ?a { UNDEF } }'"],
    ['a long text', '"""a " VALUES ?a { UNDEF }\n} LIMIT 3"""'],
    ['a long text in single quotes', "'''it''s } VALUES ?a { UNDEF }'''"],
    ['the name of a thing', '<urn:values#LIMIT(3)#VALUES>'],
    ['a prefixed name', 'ex:VALUES ; ex:limit 3 , ex:a.LIMIT'],
    ['an escaped name', String.raw`ex:a\#LIMIT , ex:b\}`],
    ['a variable', '?VALUES , ?limit'],
    ['a table of its own', '?x . VALUES ?a { UNDEF <urn:a> } ?s ?p ?a'],
    ['a part that has a limit', '?x . { SELECT * { ?s ?p ?o } LIMIT 3 } ?s ?p ?a'],
  ])('takes nothing in %s for a place', (_, object) => {
    const sparql = `PREFIX ex: <urn:ex:> SELECT * { ?s ?p ${object} } `
    expect(marked(sparql)).toBe(`${sparql}‹limit undefined›`)
  })

  it('leaves comments out, and lines where they were', () => {
    expect(marked('# it\'s " {\nSELECT * # VALUES ?a { UNDEF }\n{ ?s ?p ?o }# LIMIT 3')).toBe(
      '\nSELECT * \n{ ?s ?p ?o }‹limit undefined›',
    )
  })

  it('puts a limit before the values that stand behind a query, and before an offset', () => {
    expect(marked('SELECT * { ?s ?p ?o } VALUES ?o { 1 }')).toBe(
      'SELECT * { ?s ?p ?o } ‹limit undefined›VALUES ?o { 1 }',
    )
    expect(marked('SELECT * { ?s ?p ?o } LIMIT 5 OFFSET 1 VALUES ?o { 1 }')).toBe(
      'SELECT * { ?s ?p ?o } ‹limit 5› OFFSET 1 VALUES ?o { 1 }',
    )
  })
})
