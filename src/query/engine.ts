import type { Answer } from '../sparql/answer.ts'

/**
 * Which graphs a question reads: every run's summary (the default), the full records of these runs, or both.
 * A remote endpoint holds everything and ignores it, which is why shipped queries name their graphs.
 */
export interface Scope {
  /** Every run's, or those of these runs (IRIs). */
  summaries?: boolean | readonly string[]
  /** IRIs of runs, or all of them. */
  records?: readonly string[] | 'all'
}

/** Something that answers SPARQL 1.1 over the graphs of runs: a local store, an endpoint, or several federated. */
export interface QueryEngine {
  /** What people call its sources. */
  readonly sources: readonly string[]
  /**
   * @throws QueryError with line and column for a malformed query; EndpointError when a remote source is dead, slow,
   * refuses, or breaks off in the middle of an answer.
   */
  query(sparql: string, scope?: Scope, signal?: AbortSignal): Promise<Answer>
  close(): Promise<void>
}
