import type { Kind } from './vocabulary.ts'

/**
 * Receives a graph one node after the other, in Turtle tokens (see Prefixes). So one mapping writes text through one sink
 * and RDF/JS quads through another.
 */
export interface NodeSink {
  /** Begins the statements about a subject; without a kind where that was given before, or is not known. */
  begin(subject: string, kind?: Kind): void
  add(predicate: string, object: string): void
  end(): void
}
