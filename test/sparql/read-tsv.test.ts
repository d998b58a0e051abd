import factory from '@rdfjs/data-model'
import type { NamedNode } from '@rdfjs/types'
import { Store } from 'oxigraph'
import { describe, expect, it } from 'vitest'
import { Dataset } from '../../src/query/dataset.ts'
import { readSparqlJson } from '../../src/sparql/read-results.ts'
import { readSparqlTsv } from '../../src/sparql/read-tsv.ts'

const xsd = 'http://www.w3.org/2001/XMLSchema#'

/** Objects, as N-Quads writes them. */
const objects = [
  '<urn:x>',
  '<http://example.org/é?a=(b)&c#d>',
  '_:b',
  '""',
  '"a"',
  '"a\\tb\\nc\\rd\\"e\\\\f\\\\n"',
  '"<urn:x>"',
  '"_:b"',
  '"1"',
  '"true"',
  '"\\u0001 \\u2028 é 😀"',
  '"ja"@de',
  '"ja"@de-CH-1996',
  ...['1', '-1', '+01'].map((value) => `"${value}"^^<${xsd}integer>`),
  ...['1.50', '.5', '-0.0', '3'].map((value) => `"${value}"^^<${xsd}decimal>`),
  ...['1.5e0', '1E300', '-2.5E-7', 'INF', '-INF', 'NaN', '3'].map((value) => `"${value}"^^<${xsd}double>`),
  ...['true', 'false', '1'].map((value) => `"${value}"^^<${xsd}boolean>`),
  `"2026-11-29T07:30:00.250Z"^^<${xsd}dateTime>`,
  `"PT1.5S"^^<${xsd}duration>`,
  `"12"^^<${xsd}long>`,
  '"[1,\\t2]"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>',
]
const sparql = 'SELECT ?n ?o ?none { ?s <urn:n> ?n OPTIONAL { ?s <urn:p> ?o } } ORDER BY ?n'
const quads = objects.map(
  (object, n) => `<urn:s${n}> <urn:p> ${object} .\n<urn:s${n}> <urn:n> "${n + 100}" .\n`,
)
const all = `${quads.join('')}<urn:last> <urn:n> "999" .\n`

describe('an answer in TSV', () => {
  it('has the terms that it has in JSON', () => {
    const store = new Store()
    store.load(all, { format: 'application/n-quads' })
    const ask = (format: string) => store.query(sparql, { results_format: format }) as string
    const [tsv, json] = [readSparqlTsv(ask('tsv')), readSparqlJson(ask('json'))]
    expect(tsv).toEqual(json)
    expect(tsv.type === 'bindings' && tsv.rows.length).toBe(objects.length + 1)
  })

  it.each([
    ['SELECT * {}', 1],
    ['SELECT * { ?s ?p ?o }', 0],
    ['SELECT ?x { VALUES ?x { UNDEF UNDEF } }', 2],
    ['SELECT ?x ?y { VALUES (?x ?y) { (UNDEF UNDEF) (1 UNDEF) } }', 2],
  ])('of %s has as many rows', (asked, count) => {
    const answer = readSparqlTsv(new Store().query(asked, { results_format: 'tsv' }) as string)
    expect(answer.type === 'bindings' && answer.rows.length).toBe(count)
  })

  it.each([
    ['is cut off', '?x\n<urn:a>\n<urn:b'],
    ['has a tab in a name', '?x\n<urn:a\tb>\n'],
    ['has a line end in a name', '?x\n<urn:a\nb>\n'],
    ['has a triple as a term', '?x\n<<(<urn:a> <urn:b> <urn:c>)>>\n'],
    ['has an error message behind it', '?x\n<urn:a>\nError: no memory\n'],
  ])('that %s is refused', (_, text) => {
    expect(() => readSparqlTsv(text)).toThrow(/no term|cells|no end/)
  })

  it('that cannot say a name is asked for in JSON', async () => {
    const dataset = await Dataset.create()
    const [a, b] = ['urn:a', 'urn:b\t<c> d'].map((iri) => factory.namedNode(iri)) as [NamedNode, NamedNode]
    dataset.add([factory.quad(a, a, b)])
    const answer = dataset.query('SELECT ?o { ?s ?p ?o }')
    expect(answer.type === 'bindings' && answer.rows).toEqual([{ o: b }])
  })
})
