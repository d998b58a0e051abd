import type { Quad } from '@rdfjs/types'
import type { StoreError } from '../errors.ts'

const STATUSES = ['Completed', 'Failed', 'Interrupted'] as const

/** How a run ended. */
export type RunStatus = (typeof STATUSES)[number]

/** The status of this name; undefined where there is none. */
export function findStatus(name: string | undefined): RunStatus | undefined {
  return STATUSES.find((status) => status === name)
}

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
  status: RunStatus
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

/** A run as it is listed: a line of a store's index, or what a server or a file says of it. */
export type ListedRun = Pick<RunEntry, 'id' | 'name' | 'label' | 'startedAt' | 'status'> & Partial<RunEntry>

/** Which of a run's two graphs. The record is TriG, the summary N-Quads; each text names its graph itself. */
export type Part = 'record' | 'summary'

/** A stored graph. It is opened when its text is read, not before, and may be read more than once. */
export interface StoredGraph {
  /** IRI of the named graph: {run}#record, {run}#summary or {run}#notes-{n}. */
  graph: string
  mediaType: 'application/trig' | 'application/n-quads'
  /** Size in bytes. */
  size: number
  /** Path of the file that it is kept in, where it is one, for messages. */
  file?: string
  /** The text as it was written, in pieces that may end anywhere. @throws StoreError while it is read */
  text(): AsyncIterable<string>
  /** The same in bytes of UTF-8, for an adapter that has them: records are read faster so. */
  bytes?(): AsyncIterable<Uint8Array>
}

/**
 * Writes one run. Callers await each call before the next, write both parts in any order and in pieces that may end
 * anywhere, and end with one `commit` or `abandon`. After a failed `commit` they may still call `abandon`.
 */
export interface RunWriter {
  /** Appends to a graph's text. @throws StoreError */
  write(part: Part, text: string): Promise<void>
  /**
   * Makes the run visible, all of it at once. When this resolves, the run outlives a power cut: the caller removes the
   * journal next, and the store has the only copy. If the run is there already, because two processes recovered the
   * same journal, the first copy stays, and this resolves all the same.
   * @throws StoreError; then nothing of the run is visible
   */
  commit(entry: RunEntry): Promise<void>
  /** Leaves no trace of the run. Never throws: what cannot be removed now is removed later (see `Store.begin`). */
  abandon(): Promise<void>
}

/**
 * A place that keeps runs. Everything outside src/store knows stores by this interface only. To add one: put a
 * class that keeps these rules into a folder of its own beside src/store/directory, and let `openStore` choose it.
 * test/store/store-rules.test.ts checks these rules for every adapter that it lists.
 *
 * - **What it keeps** of a run: two texts and an entry, as they were given. An adapter need not understand them, and
 *   never changes them: a graph that somebody has asked for may be read later. Notes are added beside them.
 * - **Names of runs**: every `run` below is an IRI `urn:uuid:…` or the UUID alone, in small or capital letters. All
 *   else is a UsageError. UUIDs are of version 7, so their order is the order in which the runs began.
 * - **Errors**: StoreError, with the place and what to do, for whatever a disk, a driver or a server refuses. Errors of
 *   other libraries are its `cause`. An adapter throws nothing else.
 * - **Several processes** read and write at once, without a lock: a reader sees a run whole or not at all.
 * - **After a crash** a committed run is there and whole. Of a run that was not committed nothing is visible; what is
 *   left of it on the disk is the adapter's to remove.
 */
export interface Store {
  /** What people call it: a path or a URL. For messages: nobody builds other names from it. */
  readonly location: string
  /** Runs that the latest `runs()` could not list because they are damaged: each with its place and what to do. */
  readonly problems: readonly StoreError[]
  /**
   * All runs that can be listed, oldest first. Asked by every command, so it loads no graph: a thousand runs take
   * milliseconds. @throws StoreError when none can be listed; a damaged run alone is left out, and is in `problems`
   */
  runs(): Promise<RunEntry[]>
  /** Whether a run was committed; also true where it has been damaged since. @throws StoreError */
  has(run: string): Promise<boolean>
  /** @throws StoreError when the run is not there, or a part of it is missing */
  graph(run: string, part: Part): Promise<StoredGraph>
  /** What was added to a run later, each a graph of its own, in the order in which they came. @throws like `graph` */
  notes(run: string): Promise<StoredGraph[]>
  /**
   * Adds a graph to a run that is there, after all others that were added. When this resolves, it outlives a power cut.
   * @param write makes the text, TriG, for the graph of this name
   * @returns the IRI of the graph
   * @throws StoreError when the run is not there, or it cannot be written
   */
  annotate(run: string, write: (graph: string) => string): Promise<string>
  /**
   * Begins to write a run. This is also the moment to remove what writers that died have left. A writer on another
   * host may be alive though it cannot be seen from here: what it wrote stays for a week.
   * @throws StoreError when it cannot be written; the program to record is then not started
   */
  begin(run: string): Promise<RunWriter>
}

/** Runs of a server or an RDF file, whose graphs come by SPARQL. */
export interface AskedRecords {
  /** Oldest first, with the number of triples of each record if the source says so. */
  runs(): Promise<ListedRun[]>
  /** Triples of a run's record. @throws EndpointError */
  quads(run: string): Promise<readonly Quad[]>
  close(): Promise<void>
}
