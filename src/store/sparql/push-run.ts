import { countOf } from '../../count-of.ts'
import type { Quad } from '@rdfjs/types'
import { EndpointError, StoreError, ParseError } from '../../errors.ts'
import { parseQuads } from '../../formats/parse.ts'
import type { Part, Store, StoredGraph } from '../store.ts'
import { select } from '../../sparql/ask.ts'
import { tripleLine } from '../../sparql/canonical-triple.ts'
import type { Precision } from '../../sparql/canonical-triple.ts'
import { digestTriples } from './digest-triples.ts'
import type { GraphDigest } from './digest-triples.ts'
import type { Endpoint } from '../../sparql/endpoint.ts'
import { deleteGraph, readGraph, writeGraph } from './graph-store.ts'
import type { WriteOptions } from './graph-store.ts'
import { probePrecision } from './probe-precision.ts'

/** One graph of a pushed run. */
export interface PushedGraph extends GraphDigest {
  graph: string
  part: Part | 'notes'
  /** `there`: it was on the server already, triple for triple. */
  outcome: 'sent' | 'there'
}

export interface PushedRun {
  run: string
  graphs: PushedGraph[]
}

export interface PushProgress {
  run: string
  part: Part | 'notes'
  sentTriples: number
  /** Triples of this graph. */
  totalTriples: number
}

export interface PushOptions extends WriteOptions {
  onProgress?: (progress: PushProgress) => void
  /** Stops between two requests, never inside one: a body that ends half-way damages some servers. */
  signal?: AbortSignal
  /** Triples a request. */
  chunkSize?: number
}

/** One run on its way to one server. */
interface Push {
  endpoint: Endpoint
  run: string
  precision: Precision
  options: PushOptions
}

interface LocalGraph extends GraphDigest {
  stored: StoredGraph
  part: Part | 'notes'
}

/**
 * Copies one run of a store to a SPARQL server: its record, its notes, and its summary last, since a run is seen by its
 * summary. A graph that is there with the same triples is left alone; every graph sent is counted and compared by
 * digest afterwards. After any failure the same call completes what is missing.
 * @param run IRI of the run
 * @throws StoreError when a graph of the run is damaged here, before anything of it is sent
 * @throws EndpointError when the server is dead, refuses, or holds something else afterwards; the run is then not seen
 */
export async function pushRun(
  store: Store,
  endpoint: Endpoint,
  run: string,
  options: PushOptions = {},
): Promise<PushedRun> {
  const precision = await probePrecision(endpoint, options)
  const push: Push = { endpoint, run, precision, options }
  const notes = await store.notes(run)
  const parts: Pick<LocalGraph, 'part' | 'stored'>[] = [
    { part: 'record', stored: await store.graph(run, 'record') },
    ...notes.map((stored) => ({ part: 'notes', stored }) as const),
    { part: 'summary', stored: await store.graph(run, 'summary') },
  ]
  const graphs: LocalGraph[] = []
  for (const { part, stored } of parts) {
    stopIfAsked(push)
    graphs.push({ part, stored, ...(await digestTriples(quadsOf(stored, run), precision)) })
  }
  const there = new Set<LocalGraph>()
  for (const graph of graphs) {
    stopIfAsked(push)
    if (await isThere(push, graph)) there.add(graph)
  }
  const missing = graphs.filter((graph) => !there.has(graph))
  const summary = graphs.at(-1)
  if (summary !== undefined && missing.some(({ part }) => part === 'record')) {
    // While the record is replaced, the run must not be visible: it would not be whole.
    if ((await countTriples(endpoint, summary.stored.graph)) > 0)
      await deleteGraph(endpoint, summary.stored.graph)
    if (there.delete(summary)) missing.push(summary)
  }
  for (const graph of missing) await sendGraph(push, graph)
  return {
    run,
    graphs: graphs.map((graph) => ({
      graph: graph.stored.graph,
      part: graph.part,
      outcome: there.has(graph) ? 'there' : 'sent',
      count: graph.count,
      digest: graph.digest,
    })),
  }
}

async function sendGraph(push: Push, graph: LocalGraph): Promise<void> {
  const { endpoint, run } = push
  const { stored, part, count } = graph
  const { onProgress, signal: _, chunkSize = 25_000, ...writeOptions } = push.options
  let method: 'PUT' | 'POST' = 'PUT'
  let sentTriples = 0
  const send = async (lines: readonly string[]): Promise<void> => {
    stopIfAsked(push)
    await writeGraph(endpoint, stored.graph, method, lines.map((line) => `${line}\n`).join(''), writeOptions)
    method = 'POST'
    sentTriples += lines.length
    onProgress?.({ run, part, sentTriples, totalTriples: count })
  }
  // The triples that make a run visible go with the last chunk, so that nobody sees half of a large summary.
  const last: string[] = []
  let lines: string[] = []
  for await (const quad of quadsOf(stored, run)) {
    const seals = part === 'summary' && (quad.subject.value === stored.graph || quad.subject.value === run)
    ;(seals ? last : lines).push(tripleLine(quad))
    if (lines.length < chunkSize) continue
    await send(lines)
    lines = []
  }
  if (lines.length + last.length <= chunkSize) await send([...lines, ...last])
  else {
    await send(lines)
    await send(last)
  }
  await verify(push, graph)
}

async function verify({ endpoint, precision }: Push, { stored, part, ...sent }: LocalGraph): Promise<void> {
  const { graph } = stored
  const held = await digestRemote(endpoint, graph, precision)
  if (held.count === sent.count && held.digest === sent.digest) return
  if (part === 'summary') await deleteGraph(endpoint, graph)
  const what =
    held.count === sent.count
      ? 'other triples than were sent'
      : `${countOf(held.count, 'triple')} where ${sent.count} were sent`
  throw new EndpointError(`${endpoint.name} holds ${what} in ‹${graph}›`, {
    place: { iri: graph },
    advice: 'Push again, one push at a time; if it happens again, the server changes what it is given.',
  })
}

async function isThere({ endpoint, precision }: Push, local: LocalGraph): Promise<boolean> {
  const { graph } = local.stored
  if ((await countTriples(endpoint, graph)) !== local.count) return false
  return (await digestRemote(endpoint, graph, precision)).digest === local.digest
}

async function countTriples(endpoint: Endpoint, graph: string): Promise<number> {
  const rows = await select(endpoint, `SELECT (COUNT(*) AS ?n) WHERE { GRAPH <${graph}> { ?s ?p ?o } }`)
  return Number(rows[0]?.n?.value ?? Number.NaN)
}

async function digestRemote(endpoint: Endpoint, graph: string, precision: Precision): Promise<GraphDigest> {
  try {
    const quads = parseQuads(readGraph(endpoint, graph), { format: 'ntriples' })
    return await digestTriples(quads, precision)
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    throw new EndpointError(`${endpoint.name} gave ‹${graph}› back in broken N-Triples: ${error.message}`, {
      place: { ...error.place, iri: graph },
      advice: 'Push again; if it happens again, look into the log of the server.',
      cause: error,
    })
  }
}

async function* quadsOf(stored: StoredGraph, run: string): AsyncGenerator<Quad> {
  const advice = 'Bring that run back from a copy, or leave it out.'
  try {
    for await (const quad of parseQuads(stored.text(), { format: stored.mediaType })) {
      if (quad.graph.value !== stored.graph) {
        const name = quad.graph.value === '' ? 'the default graph' : `‹${quad.graph.value}›`
        const message = `The text of ‹${stored.graph}› has triples of ${name}`
        throw new StoreError(message, { place: { iri: stored.graph }, advice })
      }
      yield quad
    }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    throw new StoreError(`‹${stored.graph}› of run ‹${run}› is damaged: ${error.message}`, {
      place: { ...error.place, iri: stored.graph },
      advice,
      cause: error,
    })
  }
}

function stopIfAsked({ endpoint, run, options }: Push): void {
  if (options.signal?.aborted !== true) return
  throw new EndpointError(`The push of ‹${run}› to ${endpoint.name} was interrupted`, {
    advice: 'Push again: what is there is kept, and what is missing is sent.',
  })
}
