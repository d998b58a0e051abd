import { hashHost } from '../../host-hash.ts'
import { NAMESPACES } from '../../rdf/vocabulary.ts'
import { select } from '../../sparql/ask.ts'
import type { Endpoint } from '../../sparql/endpoint.ts'
import { isAlive } from '../is-alive.ts'
import { deleteGraph } from './graph-store.ts'

/** The property by which a probe's graph says whose it is, so that a server finds such graphs by its index. */
const owner = 'urn:vampira:probe-of'

/** Milliseconds after which no probe is at work any more, wherever its process is: it sends four requests. */
const longest = 24 * 3600 * 1000

/** The triple that says which process made a probe's graph, and when: `host pid milliseconds`. */
export function ownerLine(graph: string): string {
  return `<${graph}> <${owner}> "${hashHost()} ${process.pid} ${Date.now()}"^^<${NAMESPACES.xsd}string> .\n`
}

/**
 * Removes the graphs that pushes left behind which were killed while they looked at a server: of processes of this
 * machine that are gone, and of any machine's after a day. A push that is alive keeps its own.
 * @throws EndpointError when the server does not answer, or does not let us remove one
 */
export async function removeDeadProbes(endpoint: Endpoint): Promise<void> {
  const rows = await select(endpoint, `SELECT ?g ?o WHERE { GRAPH ?g { ?g <${owner}> ?o } }`)
  for (const { g, o } of rows) {
    if (g !== undefined && o !== undefined && isDead(o.value)) await deleteGraph(endpoint, g.value)
  }
}

function isDead(text: string): boolean {
  const [, host, pid, since] = /^([0-9a-f]{6}) (\d+) (\d+)$/.exec(text) ?? []
  if (host === undefined) return false
  return Date.now() - Number(since) > longest || (host === hashHost() && !isAlive(Number(pid)))
}
