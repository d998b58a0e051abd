import type { NodeSink } from './node-sink.ts'
import type { Prefixes } from './prefixes.ts'
import type { Kind } from './vocabulary.ts'

const CHUNK = 64 * 1024

/** Writes one named graph as canonical N-Quads, a line a triple. */
export class NQuadsSink implements NodeSink {
  tripleCount = 0
  readonly #prefixes: Prefixes
  readonly #ending: string
  readonly #write: (text: string) => void
  #subject = ''
  #text = ''

  /** @param graph token of the graph's name */
  constructor(prefixes: Prefixes, graph: string, write: (text: string) => void) {
    this.#prefixes = prefixes
    this.#ending = ` ${prefixes.expand(graph)} .\n`
    this.#write = write
  }

  begin(subject: string, kind?: Kind): void {
    this.#subject = this.#prefixes.expand(subject)
    for (const each of kind?.classes ?? []) this.add('a', each)
  }

  add(predicate: string, object: string): void {
    this.#text += `${this.#subject} ${this.#prefixes.expand(predicate)} ${this.#prefixes.expand(object)}${this.#ending}`
    this.tripleCount++
  }

  end(): void {
    if (this.#text.length > CHUNK) this.finish()
  }

  finish(): void {
    this.#write(this.#text)
    this.#text = ''
  }
}
