/** One line of a store's index of runs: enough for `list`, `last` and look-ups by name, without loading a graph. */
export interface RunEntry {
  /** The run's IRI, urn:uuid:…  */
  id: string
  /** Name of the pipeline. */
  name: string
  label: string
  /** xsd:dateTime, UTC. */
  startedAt: string
  endedAt?: string
  status: 'Completed' | 'Failed' | 'Interrupted'
  exitCode?: number
  wallSeconds?: number
  callCount: number
  commandLine: readonly string[]
  metadata?: Readonly<Record<string, string>>
  /** Triples of the record. */
  tripleCount: number
  /** The record's RDFC-1.0 hash, `sha-256:` and hex; absent beyond the bound at which it is not computed. */
  canonicalHash?: string
}

/** Which of a run's two graphs. */
export type Part = 'record' | 'summary'

/** A graph's text as it is kept: TriG or N-Quads, in chunks. */
export interface StoredGraph {
  /** IRI of the named graph, {run}#record or {run}#summary. */
  graph: string
  mediaType: 'application/trig' | 'application/n-quads'
  /** Size in bytes. */
  size: number
  /** Path of the file that it is kept in, where it is one, for messages. */
  file?: string
  text(): AsyncIterable<string>
}

/** Writes one run; nothing of it is seen before `commit`, and `abandon` leaves no trace. */
export interface RunWriter {
  /** Append to a graph's text. */
  write(part: Part, text: string): Promise<void>
  commit(entry: RunEntry): Promise<void>
  abandon(): Promise<void>
}

/** A place that keeps runs. Adapters: the directory; SPARQL servers are reached by `push` and by queries. */
export interface Store {
  /** What people call it: a path or a URL. */
  readonly location: string
  /** Base IRI that names are minted under, from its settings. */
  readonly base: string
  /** Oldest first. */
  runs(): Promise<RunEntry[]>
  graph(run: string, part: Part): Promise<StoredGraph>
  /** Notes that were added later, each a graph of its own. */
  notes(run: string): Promise<StoredGraph[]>
  begin(run: string): Promise<RunWriter>
}
