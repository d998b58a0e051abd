import { select } from './ask-endpoint.ts'
import type { Endpoint } from './endpoint.ts'

/** IRIs of the graphs on a server, of these. */
export async function listGraphsThere(endpoint: Endpoint, graphs: readonly string[]): Promise<Set<string>> {
  const there = new Set<string>()
  for (let at = 0; at < graphs.length; at += 200) {
    const names = graphs.slice(at, at + 200).map((graph) => `<${graph}>`)
    const rows = await select(
      endpoint,
      `SELECT ?g WHERE { VALUES ?g { ${names.join(' ')} } FILTER EXISTS { GRAPH ?g { ?s ?p ?o } } }`,
    )
    for (const { g } of rows) if (g !== undefined) there.add(g.value)
  }
  return there
}

/** IRIs of the runs whose summary is on the server: those that are there as a whole. */
export async function listPushedRuns(endpoint: Endpoint): Promise<Set<string>> {
  const rows = await select(
    endpoint,
    'SELECT DISTINCT ?g WHERE { GRAPH ?g { ?g a <https://w3id.org/vampira#Summary> } }',
  )
  return new Set(rows.flatMap(({ g }) => (g === undefined ? [] : [g.value.replace(/#summary$/, '')])))
}
