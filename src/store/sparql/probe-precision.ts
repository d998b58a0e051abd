import { randomUUID } from 'node:crypto'
import { EndpointError } from '../../errors.ts'
import { select } from '../../sparql/ask.ts'
import type { Endpoint } from '../../sparql/endpoint.ts'
import { parseQuads } from '../../formats/parse.ts'
import { NAMESPACES } from '../../rdf/vocabulary.ts'
import type { Precision } from '../../sparql/canonical-triple.ts'
import { ownerLine } from './dead-probes.ts'
import { deleteGraph, readGraph, writeGraph } from './graph-store.ts'
import type { WriteOptions } from './graph-store.ts'

const instant = '2026-11-23T20:14:02.118204311Z'
const double = 48.926091293762084
/** By the endpoint itself: another server may come to have its URL. */
const known = new WeakMap<Endpoint, Promise<Precision>>()

/**
 * How much of a literal a server keeps: writes a graph of three triples, reads it back and removes it. An endpoint
 * is asked once.
 * @param options.mint gives the probe's graph a name that nobody else has
 * @throws EndpointError when the server does not give back what it took
 */
export function probePrecision(
  endpoint: Endpoint,
  { mint = randomUUID, ...options }: WriteOptions & { mint?: () => string } = {},
): Promise<Precision> {
  const asked = known.get(endpoint) ?? probe(endpoint, `urn:uuid:${mint()}#probe`, options)
  known.set(endpoint, asked)
  // What failed may work the next time.
  asked.catch(() => known.delete(endpoint))
  return asked
}

async function probe(endpoint: Endpoint, graph: string, options: WriteOptions): Promise<Precision> {
  const literals = { time: [instant, 'dateTime'], double: [double, 'double'] }
  const lines = Object.entries(literals).map(
    ([name, [lexical, type]]) => `<${graph}> <${graph}-${name}> "${lexical}"^^<${NAMESPACES.xsd}${type}> .\n`,
  )
  await writeGraph(endpoint, graph, 'PUT', lines.join('') + ownerLine(graph), options)
  try {
    const rows = await select(endpoint, `SELECT ?p WHERE { GRAPH <${graph}> { ?s ?p ?o } }`)
    const back = new Map<string, string>()
    // Read as a digest reads, because servers spell literals differently in RDF and in tables.
    for await (const { predicate, object } of parseQuads(readGraph(endpoint, graph), {
      format: 'ntriples',
    })) {
      back.set(predicate.value, object.value)
    }
    const [time, number] = ['time', 'double'].map((name) => back.get(`${graph}-${name}`))
    if (rows.length !== 3 || time === undefined || number === undefined) {
      throw new EndpointError(`${endpoint.name} took a graph and does not give it back`, {
        place: { iri: endpoint.query },
        advice: 'Check that its query and data URLs are of the same store.',
      })
    }
    return { dateTimeDigits: sharedDigits(instant, time), doubleDigits: significantDigits(Number(number)) }
  } finally {
    await deleteGraph(endpoint, graph)
  }
}

function significantDigits(back: number): number {
  let digits = 1
  while (digits < 17 && Number(double.toPrecision(digits)) !== back) digits++
  return digits
}

function sharedDigits(sent: string, back: string): number {
  const [ours, theirs] = [sent, back].map((text) => /\.(\d+)/.exec(text)?.[1] ?? '')
  let shared = 0
  while (shared < (ours?.length ?? 0) && ours?.[shared] === theirs?.[shared]) shared++
  return shared
}
