import { randomUUID } from 'node:crypto'
import { EndpointError } from '../../errors.ts'
import { select } from './ask-endpoint.ts'
import type { Endpoint } from './endpoint.ts'
import { deleteGraph, writeGraph } from './graph-store.ts'
import type { WriteOptions } from './graph-store.ts'

/** What a server makes of what it is given. */
export interface Capabilities {
  /** Digits that it keeps of the fraction of a second: 9 of a nanosecond, 6 in Virtuoso. */
  dateTimeDigits: number
  /** Whether it gives literals back in another spelling (`01` as `1`). */
  rewritesLiterals: boolean
}

const xsd = 'http://www.w3.org/2001/XMLSchema#'
const instant = '2026-11-23T20:14:02.118204311Z'
const known = new Map<string, Promise<Capabilities>>()

/**
 * Writes a graph of two triples, reads it back and removes it. Asked once a server and process.
 * @param options.mint gives the probe's graph a name that nobody else has
 * @throws EndpointError when the server does not give back what it took
 */
export function probeCapabilities(
  endpoint: Endpoint,
  { mint = randomUUID, ...options }: WriteOptions & { mint?: () => string } = {},
): Promise<Capabilities> {
  const key = endpoint.data ?? endpoint.query
  const asked = known.get(key) ?? probe(endpoint, `urn:uuid:${mint()}#probe`, options)
  known.set(key, asked)
  // What failed may work the next time.
  asked.catch(() => known.delete(key))
  return asked
}

async function probe(endpoint: Endpoint, graph: string, options: WriteOptions): Promise<Capabilities> {
  const [time, number] = [`${graph}-time`, `${graph}-number`]
  const body = `<${graph}> <${time}> "${instant}"^^<${xsd}dateTime> .\n<${graph}> <${number}> "01"^^<${xsd}integer> .\n`
  await writeGraph(endpoint, graph, 'PUT', body, options)
  try {
    const rows = await select(endpoint, `SELECT ?p ?o WHERE { GRAPH <${graph}> { ?s ?p ?o } }`)
    const kept = (predicate: string): string | undefined =>
      rows.find(({ p }) => p?.value === predicate)?.o?.value
    const [timeBack, numberBack] = [kept(time), kept(number)]
    if (timeBack === undefined || numberBack === undefined) {
      throw new EndpointError(`${endpoint.name} took a graph and does not give it back`, {
        place: { iri: endpoint.query },
        advice: 'Check that its query and data URLs are of the same store.',
      })
    }
    return { dateTimeDigits: sharedDigits(instant, timeBack), rewritesLiterals: numberBack !== '01' }
  } finally {
    await deleteGraph(endpoint, graph)
  }
}

function sharedDigits(sent: string, back: string): number {
  const [ours, theirs] = [sent, back].map((text) => /\.(\d+)/.exec(text)?.[1] ?? '')
  let shared = 0
  while (shared < (ours?.length ?? 0) && ours?.[shared] === theirs?.[shared]) shared++
  return shared
}
