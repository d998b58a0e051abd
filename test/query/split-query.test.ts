import { describe, expect, it } from 'vitest'
import { querySyntax } from '../../src/query/query-syntax.ts'
import { servicesOf, splitQuery } from '../../src/query/split-query.ts'

const syntax = await querySyntax()

/** White space is the writer's. */
const flat = (text: string) => text.replace(/\s+/g, ' ').trim()

function split(sparql: string) {
  const result = splitQuery(syntax.parse(sparql))
  return (
    result && {
      rest: flat(syntax.write(result.rest)),
      blocks: result.blocks.map(({ marker, query, service }) => ({
        marker,
        query: flat(syntax.write(query)),
        service,
      })),
    }
  )
}

describe('splitQuery', () => {
  it('takes each GRAPH out, with the prefixes, and leaves its marker', () => {
    const found = split(
      'PREFIX e: <urn:e:> SELECT ?a WHERE { GRAPH ?g { ?a e:p ?b } OPTIONAL { GRAPH ?h { ?b e:q ?c } } } ORDER BY ASC ( ?a ) LIMIT 3',
    )
    expect(found?.blocks).toEqual([
      {
        marker: 'vampiraBlock0',
        query: 'PREFIX e: <urn:e:> SELECT * WHERE { GRAPH ?g { ?a e:p ?b . } }',
        service: undefined,
      },
      {
        marker: 'vampiraBlock1',
        query: 'PREFIX e: <urn:e:> SELECT * WHERE { GRAPH ?h { ?b e:q ?c . } }',
        service: undefined,
      },
    ])
    expect(found?.rest).toBe(
      'PREFIX e: <urn:e:> SELECT ?a WHERE { VALUES ?vampiraBlock0 { UNDEF } OPTIONAL { VALUES ?vampiraBlock1 { UNDEF } } } ORDER BY ASC ( ?a ) LIMIT 3',
    )
  })

  it('takes what is inside of SERVICE out, with its whole address and whether it may fail', () => {
    const found = split(
      'PREFIX e: <http://e/> SELECT * WHERE { SERVICE SILENT e:sparql { ?a ?b ?c } SERVICE <http://f/> { ?d ?e ?f } }',
    )
    expect(found?.blocks.map(({ service }) => service)).toEqual([
      { url: 'http://e/sparql', silent: true },
      { url: 'http://f/', silent: false },
    ])
    expect(found?.blocks[1]?.query).toBe('PREFIX e: <http://e/> SELECT * WHERE { ?d ?e ?f . }')
  })

  it('leaves the query that it is given as it is', () => {
    const query = syntax.parse('SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }')
    const before = syntax.write(query)
    splitQuery(query)
    expect(syntax.write(query)).toBe(before)
  })

  it.each([
    ['a block in a subquery', 'SELECT * { { SELECT ?s { GRAPH ?g { ?s ?p ?o } } } }', 1],
    ['two alternatives', 'SELECT * { { GRAPH ?g { ?s ?p ?o } } UNION { GRAPH ?g { ?o ?p ?s } } }', 2],
    ['a filter beside it', 'SELECT * { GRAPH ?g { ?s ?p ?o } FILTER(?s != ?o) }', 1],
    ['EXISTS inside of it', 'SELECT * { GRAPH ?g { ?s ?p ?o FILTER EXISTS { ?o ?p ?s } } }', 1],
    ['a question for yes or no', 'ASK { GRAPH ?g { ?s ?p ?o } }', 1],
    ['a template', 'CONSTRUCT { ?s <urn:p> ?o } WHERE { GRAPH ?g { ?s ?p ?o } }', 1],
    ['no pattern at all', 'SELECT * {}', 0],
    ['a table only', 'SELECT * { VALUES ?a { 1 2 } }', 0],
  ])('splits %s', (_, sparql, blocks) => {
    expect(split(sparql)?.blocks).toHaveLength(blocks)
  })

  it.each([
    ['a pattern outside of GRAPH', 'SELECT * { GRAPH ?g { ?s ?p ?o } ?s ?q ?r }'],
    ['a path outside of GRAPH', 'SELECT * { ?s <urn:p>+ ?o }'],
    ['a pattern outside of GRAPH in a subquery', 'SELECT * { { SELECT * { ?s ?p ?o } } }'],
    ['FROM', 'SELECT * FROM <urn:g> { GRAPH ?g { ?s ?p ?o } }'],
    ['FROM NAMED', 'SELECT * FROM NAMED <urn:g> { GRAPH ?g { ?s ?p ?o } }'],
    ['GRAPH in EXISTS', 'SELECT * { GRAPH ?g { ?s ?p ?o } FILTER EXISTS { GRAPH ?h { ?s ?q ?r } } }'],
    ['GRAPH in NOT EXISTS', 'SELECT * { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { GRAPH ?h { ?s ?q ?r } } }'],
    ['a SERVICE that is a variable', 'SELECT * { VALUES ?w { <urn:w> } SERVICE ?w { ?s ?p ?o } }'],
    ['DESCRIBE', 'DESCRIBE ?s WHERE { GRAPH ?g { ?s ?p ?o } }'],
  ])('does not split %s', (_, sparql) => {
    expect(split(sparql)).toBeUndefined()
  })
})

describe('servicesOf', () => {
  it.each([
    ['SELECT * { GRAPH ?g { ?s ?p ?o } }', []],
    [
      'PREFIX e: <http://e/> SELECT * { SERVICE e:a { ?s ?p ?o } SERVICE <http://b> { ?s ?p ?o } }',
      ['http://e/a', 'http://b'],
    ],
    [
      'BASE <http://base/> PREFIX d: <http://d/> PREFIX e: <http://e/> SELECT * { SERVICE e:a { ?s ?p ?o } SERVICE d:a { } }',
      ['http://e/a', 'http://d/a'],
    ],
    ['SELECT * { GRAPH ?g { OPTIONAL { SERVICE ?w { ?s ?p ?o } } } }', [undefined]],
    [
      'SELECT * { FILTER EXISTS { SERVICE <http://c> { SERVICE <http://d> { ?s ?p ?o } } } }',
      ['http://c', 'http://d'],
    ],
  ])('lists the endpoints that %s asks', (sparql, services) => {
    expect(servicesOf(syntax.parse(sparql))).toEqual(services)
  })
})
