import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answersByValue } from '../../../src/query/answers-by-value.ts'
import { bindQuery, scopeOf } from '../../../src/query/bind.ts'
import { catalogue } from '../../../src/query/catalogue.ts'
import { LocalEngine } from '../../../src/query/local-engine.ts'
import { TabledSummaries } from '../../../src/query/table/tabled-summaries.ts'
import { writeTerm } from '../../../src/rdf/write-term.ts'
import type { Answer } from '../../../src/sparql/answer.ts'
import type { RunEntry, Store } from '../../../src/store/store.ts'
import { comparable, parametersOf, readCases, rowsOf, storeOf } from '../../queries/cases.ts'
import { memoryStore } from '../../store/memory-store.ts'
import { idOf } from '../../store/sample-run.ts'
import { randomQueries } from '../large/random-queries.ts'

const folder = mkdtempSync(join(tmpdir(), 'vampira-table-'))
afterAll(() => rmSync(folder, { recursive: true }))

let folders = 0
/** Over any store, however few its runs; a folder of its own keeps it. */
const tabled = (store: Store, kept = join(folder, String(folders++))) =>
  new TabledSummaries(store, kept, { fewestTabled: 0 })

const everyday = new Set([
  'components',
  'run-outlines',
  'runs',
  'uc3-cost-and-inputs',
  'uc4-size-and-recompute-cost',
  'uc5-components-of-pipelines',
  'uc6-what-follows-a-component',
  'uc7-settings-and-outcomes',
  'uc9-repeated-measurements',
  'who-used-a-file',
])

describe('The summaries of a store as a table', async () => {
  const queries = await catalogue()
  const { store, remove } = await storeOf()
  afterAll(remove)
  const table = tabled(store)

  it.each(queries.filter(({ reads }) => reads !== 'records').map((query) => [query.name, query] as const))(
    'answer %s as expected, or leave it to Oxigraph',
    async (name, query) => {
      for (const each of readCases(name)) {
        const given = parametersOf(each)
        const answer = await table.answer(
          bindQuery(query, given),
          { ...scopeOf(query, given), summaries: true },
          undefined,
        )
        const rows = answer === undefined && !everyday.has(name) ? each.rows : rowsOf(answer ?? nothing)
        expect(comparable(rows)).toEqual(comparable(each.rows))
      }
    },
  )
})

/** In place of the answer to a question that was left to Oxigraph. */
const nothing: Answer = { type: 'boolean', value: false }

const prefix = 'PREFIX : <urn:t:>\n'

/** Summaries of few nodes, some of which are in all of them. */
const summaries = [
  `:a :p :b , :c , :a ; :q :b , "one" , "one"@en , 1 ; :r :d . :b :p :c ; :q :d , "two" , 1.50 ; :s :a .`,
  `:a :p :d ; :q 1 , 2.0E0 . :c :p :d ; :r :a , :b ; :q "01"^^xsd:integer , "2026-11-29T10:00:00.000Z"^^xsd:dateTime .`,
  `:d :s :d , "one" ; :r :p . :p :q :p . :e a :Class . :f a :Class ; :p :e . :a :p :f .`,
]

describe('Summaries as a table, beside an Oxigraph that holds the same,', () => {
  const store = memoryStore()
  const whole = answersByValue(new LocalEngine([store]))
  const table = tabled(store)
  const byTable = answersByValue({
    sources: [],
    query: async (query) => (await table.answer(query, {}, undefined)) ?? nothing,
    close: () => table.clear(),
  })

  beforeAll(async () => {
    for (const [index, triples] of summaries.entries()) {
      const id = `urn:uuid:${idOf(index + 1)}`
      const writer = await store.begin(id)
      await writer.write('record', '')
      await writer.write('summary', await nquads(`${id}#summary`, triples))
      await writer.commit({ id, tripleCount: 0 } as RunEntry)
    }
  })

  const both = async (query: string) => {
    const [expected, answer] = [await whole.query(query), await byTable.query(query)]
    return { expected: lines(expected), answer: answer.type === 'boolean' ? undefined : lines(answer) }
  }

  it.each([
    ['values by their order', 'SELECT ?v WHERE { GRAPH ?g { ?s :q ?v } } ORDER BY ?v'],
    ['the last first', 'SELECT ?s ?o WHERE { GRAPH ?g { ?s :p ?o } } ORDER BY DESC(?o) ?s ?g'],
    ['the first of them', 'SELECT ?s ?o WHERE { GRAPH ?g { ?s :p ?o } } ORDER BY ?s ?o ?g LIMIT 3 OFFSET 2'],
    ['each once', 'SELECT DISTINCT ?s WHERE { GRAPH ?g { ?s :p ?o } } ORDER BY ?s'],
    [
      'what may be there',
      'SELECT * WHERE { GRAPH ?g { ?s :p ?o OPTIONAL { ?o :q ?v } } } ORDER BY ?s ?o ?v ?g',
    ],
    [
      'what is not there',
      'SELECT * WHERE { GRAPH ?g { ?s :p ?o OPTIONAL { ?o :q ?v } FILTER(!BOUND(?v)) } } ORDER BY ?s ?o ?g',
    ],
    [
      'a choice',
      'SELECT * WHERE { GRAPH ?g { VALUES ?s { <urn:t:a> <urn:t:c> } ?s :p ?o } } ORDER BY ?s ?o ?g',
    ],
    [
      'counts',
      'SELECT ?o (COUNT(?s) AS ?n) (COUNT(DISTINCT ?s) AS ?m) WHERE { GRAPH ?g { ?s :p ?o } } GROUP BY ?o ORDER BY ?o',
    ],
    [
      'sums of what may be absent',
      `SELECT ?s (SUM(COALESCE(?v, 1)) AS ?n) (MAX(?w) AS ?m) (SUM(?w) AS ?k) WHERE { GRAPH ?g { ?s :p ?o
       OPTIONAL { ?s :q ?v FILTER(BOUND(?nothing)) } OPTIONAL { ?o :nowhere ?w } } } GROUP BY ?s ORDER BY ?s`,
    ],
    [
      'averages',
      'SELECT ?p (AVG(?v) AS ?mean) WHERE { GRAPH ?g { ?s ?p ?o . VALUES ?v { 1 -2 0.5 } } } GROUP BY ?p ORDER BY ?p',
    ],
    [
      'two blocks together',
      'SELECT * WHERE { GRAPH ?g { ?s :p ?o } GRAPH ?h { ?o :p ?x } } ORDER BY ?g ?h ?s ?o ?x',
    ],
    [
      'a block beside a selection, whose other variables are its own',
      `SELECT ?s ?o (COUNT(?g) AS ?n) ?all WHERE { GRAPH ?g { ?s :p ?o }
       { SELECT ?s (COUNT(DISTINCT ?o) AS ?all) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?s } }
       GROUP BY ?s ?o ?all ORDER BY ?s ?o`,
    ],
    [
      'a block beside a selection that may have nothing for it',
      `SELECT ?s ?o (COALESCE(?all, 0) AS ?n) WHERE { GRAPH ?g { ?s :p ?o }
       OPTIONAL { SELECT ?s (COUNT(?v) AS ?all) WHERE { GRAPH ?h { ?s :q ?v } } GROUP BY ?s } } ORDER BY ?g ?s ?o`,
    ],
    ['a graph by name', `SELECT * WHERE { GRAPH <urn:uuid:${idOf(2)}#summary> { ?s :p ?o } } ORDER BY ?s ?o`],
    [
      'what has nothing',
      'SELECT * WHERE { GRAPH ?g { ?s :p ?o FILTER NOT EXISTS { ?o :q ?v } } } ORDER BY ?s ?o ?g',
    ],
    [
      'what has something, and what is neither',
      `SELECT * WHERE { GRAPH ?g { ?s ?p ?o FILTER(EXISTS { ?o :p ?v } && ?o != :b && ?p NOT IN (:r, :s)) } }
       ORDER BY ?s ?p ?o ?g`,
    ],
    ['one of a few', 'SELECT * WHERE { GRAPH ?g { ?s ?p ?o FILTER(?p IN (:r, :s)) } } ORDER BY ?s ?p ?o ?g'],
    [
      'numbers between two',
      'SELECT * WHERE { GRAPH ?g { ?s :p ?o VALUES ?v { 1 2 3 } FILTER(?v > 1 && ?v < 3) } } ORDER BY ?s ?o ?g',
    ],
    ['either of two properties', 'SELECT * WHERE { GRAPH ?g { ?s :p|:r ?o } } ORDER BY ?s ?o ?g'],
    [
      'rows of a choice, some of which leave something open',
      `SELECT * WHERE { GRAPH ?g { VALUES (?s ?name) { (:a "a") (UNDEF "any") (:a "a") } ?s :p ?o } }
       ORDER BY ?s ?name ?o ?g`,
    ],
    [
      'texts put together',
      'SELECT (CONCAT(STR(?s), " to ", STR(?o)) AS ?t) WHERE { GRAPH ?g { ?s :p ?o } } ORDER BY ?t',
    ],
    ['part of a text', 'SELECT (STRAFTER(STR(?o), ":t:") AS ?t) WHERE { GRAPH ?g { ?s :p ?o } } ORDER BY ?t'],
  ])('give %s', async (_, query) => {
    const { expected, answer } = await both(prefix + query)
    expect(answer).toEqual(expected)
    expect(answer?.length).toBeGreaterThan(0)
  })

  it('give the same for hundreds of queries that nobody thought of, or leave them to it', async () => {
    let answered = 0
    for (const query of randomQueries(1500)) {
      const { expected, answer } = await both(prefix + query)
      if (answer === undefined) continue
      answered++
      expect({ query, rows: answer.toSorted() }).toEqual({ query, rows: expected.toSorted() })
    }
    expect(answered).toBeGreaterThan(100)
  })

  it('are kept, and read again as they were', async () => {
    const kept = join(folder, 'kept')
    const query = `${prefix}SELECT * WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p ?o`
    const many = memoryStore()
    for (let n = 1; n <= 40; n++) {
      const id = `urn:uuid:${idOf(n)}`
      const writer = await many.begin(id)
      const rows = Array.from({ length: 1500 }, (_, at) => `:n${at} :p :m${n} .`).join('\n')
      await writer.write('summary', await nquads(`${id}#summary`, n % 2 === 0 ? rows : summaries[n % 3]!))
      await writer.write('record', '')
      await writer.commit({ id, tripleCount: 0 } as RunEntry)
    }
    const [first, second] = [tabled(many, kept), tabled(many, kept)]
    const answer = await first.answer(query, {}, undefined)
    await first.clear()
    expect(lines((await second.answer(query, {}, undefined))!)).toEqual(lines(answer!))
  })

  it('are nothing that holds a blank node', async () => {
    const blank = memoryStore()
    const id = `urn:uuid:${idOf(1)}`
    const writer = await blank.begin(id)
    await writer.write('record', '')
    await writer.write('summary', `_:x <urn:t:p> <urn:t:o> <${id}#summary> .\n`)
    await writer.commit({ id, tripleCount: 0 } as RunEntry)
    const query = 'SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }'
    expect(await tabled(blank).answer(query, {}, undefined)).toBeUndefined()
  })
})

async function nquads(graph: string, triples: string): Promise<string> {
  const { Parser } = await import('n3')
  const xsd = 'PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>'
  const quads = new Parser({ format: 'application/trig' }).parse(`${prefix}${xsd} <${graph}> { ${triples} }`)
  return quads
    .map(
      ({ subject, predicate, object }) =>
        `${[subject, predicate, object].map(writeTerm).join(' ')} <${graph}> .\n`,
    )
    .join('')
}

/** Rows as text, literals by their value. */
function lines(answer: Answer): string[] {
  return rowsOf(answer).map((row) => JSON.stringify(Object.entries(row).toSorted()))
}
