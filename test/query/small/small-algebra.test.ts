import type { Term } from '@rdfjs/types'
import { describe, expect, it, test } from 'vitest'
import { bindQuery, type Parameters } from '../../../src/query/bind.ts'
import { catalogue } from '../../../src/query/catalogue.ts'
import { wholeAlgebra } from '../../../src/query/large/query-plan.ts'
import { quickAlgebra } from '../../../src/query/small/small-algebra.ts'
import { writeTerm } from '../../../src/rdf/write-term.ts'

/** Written in full, so that terms of two makers are alike. */
function plain(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(plain)
  if (typeof node !== 'object' || node === null) return node
  if ('termType' in node) {
    const term = node as Term
    if (term.termType === 'Variable') return `?${term.value}`
    if (term.termType !== 'Quad') return term.termType === 'DefaultGraph' ? '' : writeTerm(term)
    return [term.subject, term.predicate, term.object].map(plain)
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, plain(value)]))
}

/** Selections side by side, whose aggregates the library may give the same names. */
const severalSelections = new Set(['overview', 'uc4-size-and-recompute-cost'])
const withoutNumbers = (algebra: unknown) => JSON.parse(JSON.stringify(algebra).replace(/\?var\d+/g, '?var'))

/** Needs what the quick reader does not know: a path of any length. */
const left = new Set(['prov-hops'])

describe('The algebra of a query, without the library that knows all of SPARQL', async () => {
  const queries = await catalogue()
  const given: Parameters = { run: 'urn:uuid:0198c2a8-0000-7000-8000-000000000001' }

  it.each(queries.map((query) => [query.name, query] as const))(
    'is that of the library for %s',
    async (name, query) => {
      const known = Object.fromEntries(
        query.parameters
          .filter((each) => each.required || each.name in given)
          .map((each) => [each.name, sample(each.type)]),
      )
      const sparql = bindQuery(query, known)
      const quick = quickAlgebra(sparql)
      if (left.has(name)) return expect(quick).toBeUndefined()
      const whole = plain(await wholeAlgebra(sparql))
      if (severalSelections.has(name)) expect(withoutNumbers(plain(quick))).toEqual(withoutNumbers(whole))
      else expect(plain(quick)).toEqual(whole)
    },
  )

  test.each([
    ['SELECT ?a WHERE { ?a ?p ?o . FILTER(?o != 3 && !BOUND(?x) || ?o < 2) }'],
    [
      'SELECT ?a WHERE { { ?a ?p ?o } ?o ?q ?r OPTIONAL { ?r ?s ?t . FILTER(?t IN (1, "x", true)) FILTER(?s = ?q) } }',
    ],
    [
      'SELECT ?a ?n WHERE { BIND(1 AS ?n) VALUES (?a ?b) { (<urn:a> UNDEF) (UNDEF 2) } OPTIONAL { OPTIONAL { ?a ?b ?c } } }',
    ],
    [
      'SELECT (COUNT(?a) AS ?n) (AVG(?b) / COUNT(DISTINCT ?b) AS ?m) WHERE { ?a <urn:p> ?b ; <urn:q>|<urn:r> ?c , ?d ; } LIMIT 3',
    ],
    [
      'SELECT DISTINCT ?a WHERE { GRAPH ?g { { ?a ?p ?o } UNION { ?a ?q 1 } UNION { } } FILTER NOT EXISTS { ?a ?r ?s } } ORDER BY DESC(?a) ?o',
    ],
    [
      'PREFIX e: <urn:e:> SELECT ?g WHERE { { SELECT ?g WHERE { ?g a e:G } ORDER BY ?g LIMIT 1 } FILTER(?g NOT IN (e:a)) } GROUP BY ?g',
    ],
  ])('is that of the library for %s', async (sparql) => {
    const quick = quickAlgebra(sparql)
    expect(quick).toBeDefined()
    expect(plain(quick)).toEqual(plain(await wholeAlgebra(sparql)))
  })

  test.each([
    ['a variable that is bound twice', 'SELECT ?a WHERE { ?a ?p ?o BIND(1 AS ?o) }'],
    ['a column that the pattern binds', 'SELECT (1 AS ?a) WHERE { ?a ?p ?o }'],
    ['two columns of one name', 'SELECT (1 AS ?x) (2 AS ?x) WHERE { ?a ?p ?o }'],
    ['a column that no group has', 'SELECT ?o WHERE { ?a ?p ?o } GROUP BY ?a'],
    ['a value that no group has', 'SELECT (STR(?o) AS ?t) WHERE { ?a ?p ?o } GROUP BY ?a'],
    ['a column beside an aggregate', 'SELECT ?a (COUNT(?o) AS ?n) WHERE { ?a ?p ?o }'],
    ['an aggregate in a filter', 'SELECT ?a WHERE { ?a ?p ?o FILTER(COUNT(?o) > 1) }'],
    ['an aggregate of an aggregate', 'SELECT (SUM(COUNT(?o)) AS ?n) WHERE { ?a ?p ?o }'],
    ['a filter of a variable', 'SELECT ?a WHERE { ?a ?p ?o FILTER ?o }'],
    ['a subject alone', 'SELECT ?a WHERE { ?a . }'],
    ['a function with too little', 'SELECT ?a WHERE { ?a ?p ?o FILTER(IF(?a, ?p)) }'],
    ['an unknown prefix', 'SELECT ?a WHERE { ?a e:p ?o }'],
    ['a row that is too short', 'SELECT ?a WHERE { VALUES (?a ?b) { (1) } }'],
    ['a variable twice in VALUES', 'SELECT ?a WHERE { VALUES (?a ?a) { (1 1) } }'],
    ['no end', 'SELECT ?a WHERE { ?a ?p ?o'],
    ['something behind the end', 'SELECT ?a WHERE { ?a ?p ?o } }'],
  ])('is left to it for %s', (_, sparql) => {
    expect(quickAlgebra(sparql)).toBeUndefined()
  })
})

function sample(type: string): string | number {
  if (type === 'integer') return 3
  return type === 'iri' ? 'urn:uuid:0198c2a8-0000-7000-8000-000000000001' : 'a name'
}
