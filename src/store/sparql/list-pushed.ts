import { NAMESPACES } from '../../rdf/vocabulary.ts'
import type { RunEntry, Store } from '../store.ts'
import { select } from '../../sparql/ask.ts'
import type { Endpoint } from '../../sparql/endpoint.ts'

/** Most names in one request: all servers answer a VALUES of some hundreds at once. */
const namesARequest = 200

/** Those of these graphs that are on a server. */
export async function listGraphsThere(endpoint: Endpoint, graphs: readonly string[]): Promise<Set<string>> {
  const there = new Set<string>()
  for (let at = 0; at < graphs.length; at += namesARequest) {
    const names = graphs.slice(at, at + namesARequest).map((graph) => `<${graph}>`)
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
    `SELECT DISTINCT ?g WHERE { GRAPH ?g { ?g a <${NAMESPACES.vam}Summary> } }`,
  )
  return new Set(rows.flatMap(({ g }) => (g === undefined ? [] : [g.value.replace(/#summary$/, '')])))
}

/**
 * Those of these runs that are not on the server, or not with all their notes.
 * @param entries runs of the store
 */
export async function listUnpushed(
  store: Store,
  entries: readonly RunEntry[],
  endpoint: Endpoint,
): Promise<RunEntry[]> {
  const pushed = await listPushedRuns(endpoint)
  const notes = new Map<string, string>()
  for (const { id } of entries) {
    if (!pushed.has(id)) continue
    for (const { graph } of await store.notes(id)) notes.set(graph, id)
  }
  const there = await listGraphsThere(endpoint, [...notes.keys()])
  const incomplete = new Set([...notes].flatMap(([graph, id]) => (there.has(graph) ? [] : [id])))
  return entries.filter(({ id }) => !pushed.has(id) || incomplete.has(id))
}
