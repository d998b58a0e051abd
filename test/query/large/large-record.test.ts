import { beforeAll, describe, expect, it } from 'vitest'
import { QueryError, StoreError } from '../../../src/errors.ts'
import type { Scope } from '../../../src/query/engine.ts'
import { LocalEngine, type LocalEngineOptions } from '../../../src/query/local-engine.ts'
import { writeTerm } from '../../../src/rdf/write-term.ts'
import type { Answer } from '../../../src/sparql/answer.ts'
import type { RunEntry, Store } from '../../../src/store/store.ts'
import { memoryStore } from '../../store/memory-store.ts'
import { idOf } from '../../store/sample-run.ts'
import { randomQueries } from './random-queries.ts'

const run = `urn:uuid:${idOf(1)}`
const prefix = 'PREFIX : <urn:t:>\n'

/** A record of few nodes and many paths, of terms of all kinds, beside a summary that shares some. */
const record = `${prefix}PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
GRAPH <${run}#record> {
  :a :p :b , :c , :a ; :q :b , "one" , "one"@en , 1 ; :r :d .
  :b :p :c ; :q :d , "two" , 1.50 ; :s :a .
  :c :p :d ; :r :a , :b , _:x ; :q "01"^^xsd:integer , "2026-11-29T10:00:00.000Z"^^xsd:dateTime .
  :d :s :d , "one" ; :r :p .
  :p :q :p .
  _:x :p :a , _:y . _:y :q "two" .
  :e a :Class . :f a :Class ; :p :e .
}`
const summary = `<urn:t:a> <urn:t:p> <urn:t:z> <${run}#summary> .
<urn:t:z> <urn:t:q> "one" <${run}#summary> .
<urn:t:b> <urn:t:s> <urn:t:c> <${run}#summary> .
<urn:t:e> <urn:t:r> <urn:t:f> <${run}#summary> .
`

let store: Store
let whole: LocalEngine
let sliced: LocalEngine

beforeAll(async () => {
  store = memoryStore()
  await keep(store, record)
  whole = new LocalEngine([store])
  sliced = new LocalEngine([store], [], { largestLoaded: 0 })
})

async function keep(into: Store, text: string, tripleCount = 30): Promise<void> {
  const writer = await into.begin(run)
  await writer.write('record', text)
  await writer.write('summary', summary)
  await writer.commit({ id: run, tripleCount } as RunEntry)
}

const scopes: [string, Scope][] = [
  ['alone', { records: [run] }],
  ['with its summary', { records: [run], summaries: [run] }],
]

/** Rows or triples in an order of their own, blank nodes without their names. */
function comparable(answer: Answer): unknown {
  if (answer.type === 'boolean') return answer.value
  const written = (term: { termType: string }) =>
    term.termType === 'BlankNode' ? '_:' : writeTerm(term as never)
  const lines =
    answer.type === 'quads'
      ? answer.quads.map(({ subject, predicate, object }) =>
          [subject, predicate, object].map(written).join(' '),
        )
      : answer.rows.map((row) =>
          Object.entries(row)
            .map(([name, term]) => `${name}=${written(term)}`)
            .toSorted()
            .join(' '),
        )
  return lines.toSorted()
}

const graph = (patterns: string) => `SELECT * WHERE { GRAPH ?g { ${patterns} } }`

describe.each(scopes)(
  'A record that is read as a table, asked %s, answers as one that Oxigraph holds:',
  (_, scope) => {
    it.each([
      ['everything', 'SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }'],
      ['the union of graphs', 'SELECT * WHERE { ?s :p ?o . ?o :q ?v }'],
      ['a join over two graphs', 'SELECT * WHERE { GRAPH ?g { ?s :p ?o } GRAPH ?h { ?o :q ?v } }'],
      ['an optional part', graph('?s :p ?o OPTIONAL { ?o :q ?v }')],
      ['an optional part that something after it binds', graph('?s :p ?o OPTIONAL { ?o :q ?v } ?w :s ?v')],
      [
        'an optional part in one, that sees the outermost',
        graph(':a :p ?o OPTIONAL { ?x :r ?y OPTIONAL { ?y :s ?o } }'),
      ],
      ['a subtraction', graph('?s :p ?o MINUS { ?o :q ?v } ?s :q ?v')],
      ['what is not there', graph('?s :p ?o FILTER NOT EXISTS { ?o :r ?s }')],
      ['what is there in BIND', graph('?s :p ?o BIND(EXISTS { ?o :q ?v } AS ?has)')],
      ['what is there in ORDER BY', `${graph('?s :p ?o')} ORDER BY (EXISTS { ?o :r ?s })`],
      ['what is there in OPTIONAL', graph('?s :p ?o OPTIONAL { ?o :q ?v FILTER EXISTS { ?s :r ?v } }')],
      ['a choice of nodes', graph('VALUES ?s { :a :c } ?s :p ?o')],
      ['a choice of numbers, by value', graph('VALUES ?v { 1 1.5 } ?s :q ?v')],
      ['a number as it is not written', graph('?s :q 1')],
      [
        'a time as it is not written',
        graph('?s :q "2026-11-29T10:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>'),
      ],
      ['a text in a language', graph('?s :q "one"@en')],
      ['a text', graph('?s :q "one" . ?t :s "one"')],
      ['a choice that may be open', graph('VALUES (?s ?o) { (:a UNDEF) (UNDEF :c) } ?s :p ?o')],
      ['a union', graph('{ ?s :p ?o } UNION { ?o :r ?s } ?s :q ?v')],
      ['a loop', graph('?s :p ?s')],
      ['a predicate that is a subject', graph('?s ?p ?o . ?p :q ?v')],
      ['a path of steps', graph('?s :p/:q ?v')],
      ['a path back', graph('?s ^:p ?o . ?s (:p|:r) ?t')],
      ['a path of any length', graph(':a :p+ ?o')],
      ['a path of any length or none', graph(':a :p* ?o')],
      ['a path of none from anywhere', graph('?s :p? ?o')],
      ['a path from what is bound', graph('?s :r ?x . ?x (:p|^:q)* ?y')],
      ['a path of anything else', graph('?s !(:p|^:q) ?o')],
      ['a selection in one', graph('?s :p ?o { SELECT ?o (COUNT(*) AS ?n) WHERE { ?o :q ?s } GROUP BY ?o }')],
      ['the first of a selection', graph('?s :p ?o { SELECT ?s WHERE { ?s :q ?v } ORDER BY ?s LIMIT 1 }')],
      [
        'counts',
        'SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g HAVING (COUNT(*) > 2)',
      ],
      ['yes or no', 'ASK { GRAPH ?g { :a :p :c } }'],
      ['no', 'ASK { GRAPH ?g { :a :p :nowhere } }'],
      ['a graph', 'CONSTRUCT { ?o :back ?s } WHERE { GRAPH ?g { ?s :p ?o } }'],
      ['what is known of nodes', 'DESCRIBE :a :nowhere :f'],
      ['what is known of what is found', 'DESCRIBE ?o WHERE { GRAPH ?g { ?s a :Class ; :p ?o } }'],
      ['some graphs', `SELECT * FROM <${run}#record> WHERE { ?s :p ?o }`],
      ['a graph by name', `SELECT * WHERE { GRAPH <${run}#record> { ?s :p ?o } }`],
      ['nothing', 'SELECT * WHERE { GRAPH <urn:nothing> { ?s :p ?o } }'],
      ['a text that looks like a list', graph('?s :q "VALUES ?s { <urn:t:a> }"')],
    ])('%s', async (_, query) => {
      const asked = await Promise.all([whole, sliced].map((engine) => engine.query(prefix + query, scope)))
      expect(comparable(asked[1]!)).toEqual(comparable(asked[0]!))
    })

    it('hundreds of queries that nobody thought of', async () => {
      for (const query of randomQueries(400)) {
        const expected = comparable(await whole.query(prefix + query, scope))
        expect({ query, rows: comparable(await sliced.query(prefix + query, scope)) }).toEqual({
          query,
          rows: expected,
        })
      }
    })
  },
)

describe('A record of which a question needs too much at once', () => {
  /** Thirty nodes in a row, all of one kind. */
  const row = Array.from(
    { length: 30 },
    (_, n) => `:n${n} :of :all ; :next :n${(n * 7) % 30} ; :size ${n % 4} .`,
  )
  const inParts = (largestSlice: number) => new LocalEngine([store], [], { largestLoaded: 0, largestSlice })

  it.each([2, 13, 60, 1000])(
    'is asked in parts, whose rows are in order: %i triples',
    async (largestSlice) => {
      const nodes = memoryStore()
      await keep(nodes, `${prefix}GRAPH <${run}#record> { ${row.join('\n')} }`)
      const query = `${prefix}SELECT DISTINCT ?size ?node ?next WHERE { GRAPH ?g {
      { ?node :of :all ; :next ?next OPTIONAL { ?node :size ?size FILTER(?size > 0) } }
      UNION { ?node :next ?next . ?next :of :nothing }
    } } ORDER BY DESC(?size) ?node`
      const rowsOf = async (options: LocalEngineOptions) => {
        const answer = await new LocalEngine([nodes], [], options).query(query, { records: [run] })
        return answer.type === 'bindings'
          ? answer.rows.map((each) => Object.values(each).map(({ value }) => value))
          : []
      }
      const expected = await rowsOf({})
      expect(expected).toHaveLength(30)
      if (largestSlice > 5) expect(await rowsOf({ largestLoaded: 0, largestSlice })).toEqual(expected)
      else
        await expect(rowsOf({ largestLoaded: 0, largestSlice })).rejects.toThrow(
          /more than 2 triples at once/,
        )
    },
  )

  it('gives all rows of any query that it does not refuse', async () => {
    const engine = inParts(8)
    let refused = 0
    for (const query of randomQueries(400)) {
      const expected = comparable(await whole.query(prefix + query, { records: [run] }))
      const rows = await engine
        .query(prefix + query, { records: [run] })
        .then(comparable, (error: unknown) => {
          expect(error).toMatchObject({
            message: expect.stringMatching(/^The question needs more than 8 triples at once/),
          })
          refused++
          return expected
        })
      expect({ query, rows }).toEqual({ query, rows: expected })
    }
    expect(refused).toBeLessThan(350)
  })

  it.each([
    ['counts', 'SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s :p ?o } }'],
    ['limits', 'SELECT ?s WHERE { GRAPH ?g { ?s :p ?o } } LIMIT 1'],
    ['is about what no row shows', 'SELECT ?o WHERE { GRAPH ?g { :a ?p ?o } }'],
  ])('refuses one that %s', async (_, query) => {
    await expect(inParts(1).query(prefix + query, { records: [run] })).rejects.toThrow(QueryError)
  })
})

describe('A record that is read as a table', () => {
  it('is all that a question about all records reads, where it is the only one', async () => {
    const query = 'SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }'
    expect(comparable(await sliced.query(query, { records: 'all' }))).toEqual(
      comparable(await whole.query(query, { records: [run] })),
    )
  })

  it('leaves nothing behind in what is asked next', async () => {
    const query = 'SELECT * WHERE { ?s ?p ?o }'
    const before = comparable(await whole.query(query, { summaries: [run] }))
    await sliced.query(query, { records: [run], summaries: [run] })
    expect(comparable(await sliced.query(query, { summaries: [run] }))).toEqual(before)
  })

  it('says where it is broken', async () => {
    const broken = memoryStore()
    await keep(broken, `${record.slice(0, -30)}`)
    const asked = new LocalEngine([broken], [], { largestLoaded: 0 }).query('ASK { ?s ?p ?o }', {
      records: [run],
    })
    await expect(asked).rejects.toThrow(StoreError)
    await expect(asked).rejects.toMatchObject({
      message: expect.stringMatching(/^Cannot read .*#record in memory: /),
      advice: expect.stringContaining('damaged'),
    })
  })

  it('is not read where it fits no memory', async () => {
    const endless = memoryStore()
    await keep(endless, record, 1e12)
    const asked = new LocalEngine([endless]).query('ASK { ?s ?p ?o }', { records: [run] })
    await expect(asked).rejects.toThrow(QueryError)
    await expect(asked).rejects.toThrow(
      /^There is not enough memory to read .*#record of memory: its 1,000,000,000,000 triples take about 41909\.5 GiB, and \d+\.\d GiB are free$/,
    )
  })
})
