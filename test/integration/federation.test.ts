import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { impact, lineage } from '../../src/analyse/trace/walk.ts'
import type { Trace } from '../../src/analyse/trace/trace.ts'
import { bindQuery, scopeOf } from '../../src/query/bind.ts'
import { catalogue } from '../../src/query/catalogue.ts'
import type { QueryEngine } from '../../src/query/engine.ts'
import { openEngine } from '../../src/query/open-engine.ts'
import type { Store } from '../../src/store/store.ts'
import type { Endpoint } from '../../src/sparql/endpoint.ts'
import { pushRun } from '../../src/store/sparql/push-run.ts'
import { recogniseEndpoint } from '../../src/sparql/recognise-endpoint.ts'
import { comparable, entryOf, fixtures, parametersOf, readCases, rowsOf, storeOf } from '../queries/cases.ts'
import { startServer, type RunningServer } from '../servers/start-server.ts'

const [first, second, third, fourth] = fixtures
const queries = await catalogue()

/** Which runs are where: half and half, with some in both, or all of them twice. */
const layouts: Record<
  string,
  { here: readonly string[]; fuseki: readonly string[]; oxigraph: readonly string[] }
> = {
  'half of the runs here and half on Fuseki': {
    here: [first, third],
    fuseki: [second, fourth],
    oxigraph: [],
  },
  'half on Fuseki and half on Oxigraph': { here: [], fuseki: [first, second], oxigraph: [third, fourth] },
  'some here and there': { here: [first, second, third], fuseki: [second, third, fourth], oxigraph: [] },
  'every run at three places': { here: fixtures, fuseki: fixtures, oxigraph: fixtures },
  'all on Fuseki': { here: [], fuseki: fixtures, oxigraph: [] },
  'all on Oxigraph': { here: [], fuseki: [], oxigraph: fixtures },
}

/** People's own questions, of every shape that is answered another way. */
const ownQuestions = {
  'patterns outside of GRAPH': 'SELECT ?type (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?type } GROUP BY ?type',
  'a path of any length': `SELECT DISTINCT ?call ?caller WHERE { ?call <https://w3id.org/vampira#calledBy>+ ?caller }`,
  'a count of solutions that a run at two places must not double': `
    SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?call a <https://w3id.org/vampira#Call> ; ?p ?o } } GROUP BY ?g`,
  'two graphs joined, one of them optional': `
    PREFIX vam: <https://w3id.org/vampira#>
    SELECT ?run ?label ?calls WHERE {
      GRAPH ?g { ?run a vam:PipelineRun ; vam:pipeline ?pipeline ; <http://www.w3.org/2000/01/rdf-schema#label> ?label }
      OPTIONAL { { SELECT ?run (COUNT(?call) AS ?calls) WHERE {
        GRAPH ?h { ?call <http://purl.dataone.org/provone/2015/01/15/ontology#wasPartOf> ?run ; a vam:Call } } GROUP BY ?run } }
    }`,
}

describe.each(Object.entries(layouts))('With %s', (_, layout) => {
  let servers: RunningServer[] = []
  let engine: QueryEngine
  let all: QueryEngine
  const stores: { store: Store; remove: () => void }[] = []

  beforeAll(async () => {
    const endpoints: Endpoint[] = []
    for (const name of ['fuseki', 'oxigraph'] as const) {
      if (layout[name].length === 0) continue
      const server = await startServer(name)
      servers.push(server)
      const endpoint = await recogniseEndpoint(server.url)
      const pushed = await storeOf(layout[name])
      stores.push(pushed)
      for (const run of layout[name]) await pushRun(pushed.store, endpoint, entryOf(run).id)
      endpoints.push(endpoint)
    }
    const here = layout.here.length === 0 ? undefined : await storeOf(layout.here)
    const everything = await storeOf()
    stores.push(everything, ...(here === undefined ? [] : [here]))
    engine = await openEngine([
      ...(here === undefined ? [] : [{ store: here.store }]),
      ...endpoints.map((endpoint) => ({ endpoint })),
    ])
    all = await openEngine([{ store: everything.store }])
  })
  afterAll(async () => {
    await Promise.all([engine.close(), all.close(), ...servers.map((server) => server.stop())])
    servers = []
    for (const { remove } of stores) remove()
  })

  test.each(queries.map((query) => [query.name, query] as const))(
    '%s has the answer of all in one place',
    async (name, query) => {
      for (const each of readCases(name)) {
        const parameters = parametersOf(each)
        const answer = await engine.query(bindQuery(query, parameters), scopeOf(query, parameters))
        expect(comparable(rowsOf(answer))).toEqual(comparable(each.rows))
      }
    },
  )

  test.each(Object.entries(ownQuestions))("people's own question with %s has it too", async (_, question) => {
    const scope = { summaries: true, records: 'all' } as const
    // A server's own default graph need not be the union of its graphs.
    if (engine.sources.length === 1 && !question.includes('GRAPH')) return
    const expected = comparable(rowsOf(await all.query(question, scope)))
    expect(expected.length).toBeGreaterThan(0)
    expect(comparable(rowsOf(await engine.query(question, scope)))).toEqual(expected)
  })

  test.each([
    ['lineage', lineage, 'ranking.tsv'],
    ['impact', impact, 'measurements.csv'],
  ] as const)('the %s of a file leads to the same things, as strong', async (_, walk, file) => {
    const rows = rowsOf(
      await all.query(
        `SELECT DISTINCT ?c WHERE { GRAPH ?g {
        ?f <https://w3id.org/vampira#path> "${file}" ; <http://www.w3.org/ns/prov#specializationOf> ?c } }`,
        { records: 'all' },
      ),
    )
    const content = rows[0]!['c']!.slice(1, -1)
    const shownOf = ({ nodes, truncated }: Trace) => ({
      truncated,
      nodes: nodes.map(({ iri, kind, strength }) => `${strength} ${kind} ${iri}`).toSorted(),
    })
    const expected = shownOf(await walk(all, content))
    expect(expected.nodes.length).toBeGreaterThan(20)
    expect(shownOf(await walk(engine, content))).toEqual(expected)
  })
})
