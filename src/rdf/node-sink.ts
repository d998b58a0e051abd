import type { Kind } from './vocabulary.ts'

/**
 * Receives a graph one node after the other, in Turtle tokens (see Prefixes). The same mapping writes text through one
 * sink and RDF/JS quads through another.
 */
export interface NodeSink {
  /** Begins what is said of a subject; without a kind, more is said of one whose kind was told. */
  begin(subject: string, kind?: Kind): void
  add(predicate: string, object: string): void
  end(): void
}
