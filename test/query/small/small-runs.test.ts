import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bindQuery, scopeOf } from '../../../src/query/bind.ts'
import { catalogue } from '../../../src/query/catalogue.ts'
import { Dataset } from '../../../src/query/dataset.ts'
import { answersByValue } from '../../../src/query/answers-by-value.ts'
import type { QueryEngine } from '../../../src/query/engine.ts'
import { SmallRuns } from '../../../src/query/small/small-runs.ts'
import type { Store, StoredGraph } from '../../../src/store/store.ts'
import { entryOf, fixtures, storeOf } from '../../queries/cases.ts'

const ids = fixtures.map((fixture) => entryOf(fixture).id)
const [first = '', second = ''] = ids
let store: Store
let remove: () => void
let oxigraph: Dataset

beforeAll(async () => {
  const made = await storeOf()
  ;({ store, remove } = made)
  oxigraph = await Dataset.create()
  for (const id of ids) {
    let text = ''
    for await (const chunk of (await store.graph(id, 'summary')).text()) text += chunk
    oxigraph.load(text, 'application/n-quads')
  }
})
afterAll(() => remove())

const summaryOf = (run: string) => `${run}#summary`

/** The same store with something else about its summaries, and with no notes but these. */
const otherwise = (of: { text?: (text: string) => string; notes?: readonly StoredGraph[] }): Store => ({
  location: store.location,
  problems: [],
  runs: () => store.runs(),
  has: (run) => store.has(run),
  begin: (run) => store.begin(run),
  annotate: (run, text) => store.annotate(run, text),
  notes: async () => [...(of.notes ?? [])],
  async graph(run, part) {
    const graph = await store.graph(run, part)
    let text = ''
    for await (const chunk of graph.text()) text += chunk
    const changed = of.text?.(text) ?? text
    return {
      ...graph,
      async *text() {
        yield changed
      },
    }
  },
})

/** The answers to a question about some runs: without Oxigraph where that can be, and by Oxigraph. */
async function answersTo(sparql: string, runs: readonly string[]) {
  const byValue = async (query: QueryEngine['query']) =>
    answersByValue({ sources: [], query, close: async () => {} }).query(sparql)
  const small = await new SmallRuns([otherwise({})]).query(sparql, { summaries: runs })
  return {
    small: small && (await byValue(async () => small)),
    oxigraph: await byValue(async () => oxigraph.query(sparql, runs.map(summaryOf))),
  }
}

const shipped = (await catalogue()).filter(
  (query) =>
    query.reads === 'summaries of runs' &&
    query.parameters.every((each) => each.name === 'run' || !each.required),
)
/** With averages, or sums of decimals. */
const leftToOxigraph = new Set(['components', 'uc5-components-of-pipelines'])

describe.each(shipped.map((query) => [query.name, query] as const))('The question %s', (name, query) => {
  test.each([...ids.map((id) => [[id]]), [[second, first]], [ids.slice(-4)]])(
    'about %j has the answer of Oxigraph, row by row',
    async (run) => {
      const sparql = bindQuery(query, { run })
      expect(scopeOf(query, { run })).toEqual({ summaries: run })
      const { small, oxigraph: expected } = await answersTo(sparql, run)
      if (leftToOxigraph.has(name)) expect(small).toBeUndefined()
      else expect(small).toEqual(expected)
    },
  )
})

const prefixes = `
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX vam: <https://w3id.org/vampira#>
PREFIX schema: <http://schema.org/>
`

describe('A question of somebody', () => {
  test.each([
    [
      'with two columns',
      'SELECT ?s ?n WHERE { GRAPH ?g { ?s a vam:Component ; schema:name ?n } } ORDER BY ?n ?s',
    ],
    ['with nothing to find', 'SELECT ?s { GRAPH ?g { ?s a vam:Nothing } }'],
    [
      'that sorts downwards and cuts',
      'SELECT ?n { GRAPH ?g { ?s vam:callCount ?n } } ORDER BY DESC(?n) LIMIT 1',
    ],
    ['that counts', 'SELECT ?k (COUNT(?s) AS ?n) { GRAPH ?g { ?s vam:kind ?k } } GROUP BY ?k ORDER BY ?k'],
    [
      'that counts what differs',
      'SELECT ?c (COUNT(DISTINCT ?k) AS ?n) { GRAPH ?g { ?p vam:component ?c . ?c vam:kind ?k } } GROUP BY ?c ORDER BY ?c',
    ],
    [
      'with an alternative of properties',
      'SELECT ?s ?o { GRAPH ?g { ?s vam:kind|schema:name ?o } } ORDER BY ?s ?o',
    ],
    [
      'with a filter by what is not there',
      'SELECT ?s { GRAPH ?g { ?s a vam:ComponentSummary OPTIONAL { ?s vam:callerComponent ?c } FILTER(!BOUND(?c)) } } ORDER BY ?s',
    ],
    [
      'with a filter by numbers',
      'SELECT ?s { GRAPH ?g { ?s vam:callCount ?n FILTER(?n > 100 && ?n < 1000 || ?n = 1) } } ORDER BY ?s',
    ],
    [
      'with values and texts',
      'SELECT ?s ?t { GRAPH ?g { VALUES (?k ?t) { (vam:Function "f") (vam:Command "c") } ?s vam:kind ?k } } ORDER BY ?s',
    ],
    [
      'with branches',
      'SELECT ?s ?w { GRAPH ?g { { ?s vam:kind vam:Command BIND("command" AS ?w) } UNION { ?s a vam:Pipeline BIND(STR(?s) AS ?w) } } } ORDER BY ?s',
    ],
    [
      'that joins graphs',
      'SELECT ?a ?b { GRAPH ?a { ?c vam:kind vam:Command } GRAPH ?b { ?c a vam:Component } } ORDER BY ?a ?b',
    ],
    [
      'by dates',
      'SELECT ?r ?t { GRAPH ?g { ?r a vam:PipelineRun ; prov:startedAtTime ?t } } ORDER BY DESC(?t)',
    ],
  ])('%s has the answer of Oxigraph', async (_, sparql) => {
    const { small, oxigraph: expected } = await answersTo(prefixes + sparql, [first, second])
    expect(small).toBeDefined()
    expect(small).toEqual(expected)
  })

  test.each([
    ['of another form', 'ASK { GRAPH ?g { ?s a vam:Component } }'],
    ['about all columns', 'SELECT * { GRAPH ?g { ?s a vam:Component } }'],
    ['without a graph', 'SELECT ?s { ?s a vam:Component }'],
    ['about one graph by name', 'SELECT ?s { GRAPH <x:y> { ?s a vam:Component } }'],
    ['with a path', 'SELECT ?s { GRAPH ?g { ?s prov:used/prov:atLocation ?o } }'],
    ['with a longer path', 'SELECT ?s { GRAPH ?g { ?s prov:wasInformedBy+ ?o } }'],
    ['with a negation', 'SELECT ?s { GRAPH ?g { ?s a vam:Component FILTER NOT EXISTS { ?s vam:kind ?k } } }'],
    ['with MINUS', 'SELECT ?s { GRAPH ?g { ?s a vam:Component MINUS { ?s vam:kind ?k } } }'],
    ['with HAVING', 'SELECT ?k { GRAPH ?g { ?s vam:kind ?k } } GROUP BY ?k HAVING(COUNT(?s) > 1)'],
    ['with OFFSET', 'SELECT ?s { GRAPH ?g { ?s a vam:Component } } LIMIT 1 OFFSET 1'],
    ['with another function', 'SELECT (UCASE(?n) AS ?u) { GRAPH ?g { ?s schema:name ?n } }'],
    ['with an average of nothing', 'SELECT ?k (AVG(?x) AS ?a) { GRAPH ?g { ?s vam:kind ?k } } GROUP BY ?k'],
    [
      'with a sum of decimals',
      'SELECT ?g (SUM(?n) AS ?w) { GRAPH ?g { ?s vam:wallSeconds ?n } } GROUP BY ?g',
    ],
    ['with a language', 'SELECT ?s { GRAPH ?g { ?s schema:name "x"@en } }'],
    [
      'with a datatype',
      'SELECT ?s { GRAPH ?g { ?s vam:callCount "1"^^<http://www.w3.org/2001/XMLSchema#integer> } }',
    ],
    ['with a text in three quotes', 'SELECT ?s { GRAPH ?g { VALUES ?n { """a""" } ?s schema:name ?n } }'],
    ['with a dot in a name', 'SELECT ?s { GRAPH ?g { ?s schema:a.b ?n } }'],
    ['with a blank node', 'SELECT ?s { GRAPH ?g { ?s vam:kind [] } }'],
    ['with a property that is not known', 'SELECT ?s ?p { GRAPH ?g { ?s ?p ?o } }'],
    [
      'that filters by what stands around its braces',
      'SELECT ?s { VALUES ?k { 1 } GRAPH ?g { ?s a vam:Component FILTER(BOUND(?k)) } }',
    ],
    [
      'that computes by what stands around its braces',
      'SELECT ?s ?m { GRAPH ?g { ?s vam:kind ?k { BIND(?k AS ?m) } } }',
    ],
    [
      'whose OPTIONAL binds what stands elsewhere',
      'SELECT ?s { GRAPH ?g { ?s vam:kind ?k OPTIONAL { ?a vam:callCount ?n OPTIONAL { ?b vam:kind ?k } } } }',
    ],
    ['that is malformed', 'SELECT ?s { GRAPH ?g { ?s vam:kind ?k ?s schema:name ?n } }'],
    ['that names a column twice', 'SELECT (STR(?s) AS ?s) { GRAPH ?g { ?s vam:kind ?k } }'],
    [
      'that groups by another column',
      'SELECT ?s (COUNT(?k) AS ?n) { GRAPH ?g { ?s vam:kind ?k } } GROUP BY ?k',
    ],
    ['that ends too early', 'SELECT ?s { GRAPH ?g { ?s vam:kind '],
  ])('%s is left to Oxigraph', async (_, sparql) => {
    expect(
      await new SmallRuns([otherwise({})]).query(prefixes + sparql, { summaries: [first] }),
    ).toBeUndefined()
  })
})

describe('What is asked of', () => {
  const question = `${prefixes} SELECT ?r { GRAPH ?g { ?r a vam:PipelineRun } }`
  const ask = (of: Store, scope: Parameters<SmallRuns['query']>[1]) =>
    new SmallRuns([of]).query(question, scope)

  test.each([
    ['all runs', { summaries: true }],
    ['records', { records: [first] }],
    ['summaries and records', { summaries: [first], records: [first] }],
    ['no run', { summaries: [] }],
    ['many runs', { summaries: Array.from({ length: 5 }, (_, n) => `${first.slice(0, -1)}${n}`) }],
    ['a run that is not there', { summaries: [`${first.slice(0, -3)}000`] }],
    ['what is no run', { summaries: ['last'] }],
  ])('%s is left to Oxigraph', async (_, scope) => {
    expect(await ask(otherwise({}), scope)).toBeUndefined()
  })

  test('a run with its summary alone is answered', async () => {
    expect(await ask(otherwise({}), { summaries: [first] })).toMatchObject({
      rows: [{ r: { value: first } }],
    })
  })

  test.each([
    ['blank nodes', (text: string) => `${text}_:b <x:p> <x:o> <${summaryOf(first)}> .\n`],
    ['a language', (text: string) => `${text}<x:s> <x:p> "x"@en <${summaryOf(first)}> .\n`],
    ['another graph', (text: string) => `${text}<x:s> <x:p> <x:o> <x:g> .\n`],
    ['something torn', (text: string) => text.slice(0, -20)],
    ['a comment', (text: string) => `# by hand\n${text}`],
  ])('a summary with %s is left to Oxigraph', async (_, text) => {
    expect(await ask(otherwise({ text }), { summaries: [first] })).toBeUndefined()
  })

  test('a run with notes is left to Oxigraph', async () => {
    const notes = [await store.graph(first, 'summary')]
    expect(await ask(otherwise({ notes }), { summaries: [first] })).toBeUndefined()
  })

  test('a few runs very often is left to Oxigraph', async () => {
    const small = new SmallRuns([otherwise({})])
    const answers = []
    for (let n = 0; n < 120; n++) answers.push(await small.query(question, { summaries: [first] }))
    expect(answers[0]).toBeDefined()
    expect(answers.at(-1)).toBeUndefined()
  })
})

test('Doubles are spelt in texts as Oxigraph spells them', async () => {
  const spelt = [
    '1.0E-8',
    '-2.5E-7',
    '1.25E-320',
    '1.5E300',
    '-1.0E21',
    '9.007199254740993E15',
    '4.0E0',
    '0.0E0',
    '1.0E-1',
  ]
  const summary = spelt
    .map(
      (text, n) =>
        `<x:${n}> <x:p> "${text}"^^<http://www.w3.org/2001/XMLSchema#double> <${summaryOf(first)}> .\n`,
    )
    .join('')
  const question = 'SELECT ?s (STR(?v) AS ?text) { GRAPH ?g { ?s <x:p> ?v } } ORDER BY ?s'
  const expected = await Dataset.create()
  expected.load(summary, 'application/n-quads')
  const small = new SmallRuns([otherwise({ text: () => summary })])
  const answer = await small.query(question, { summaries: [first] })
  expect(answer).toMatchObject({ rows: { length: spelt.length } })
  expect(answer).toEqual(expected.query(question))
})
