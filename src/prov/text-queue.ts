/** Where the texts of a run's two graphs go; a store's `RunWriter` is one. */
export interface GraphOutput {
  write(part: 'record' | 'summary', text: string): Promise<void>
}

/** Writes texts to an output one after the other. The caller does not wait for them. */
export class TextQueue {
  readonly #output: GraphOutput
  #written: Promise<void> = Promise.resolve()

  constructor(output: GraphOutput) {
    this.#output = output
  }

  add(part: 'record' | 'summary', text: string): void {
    if (text === '') return
    const write = this.#written.then(() => this.#output.write(part, text))
    // The next `drain` throws it; until then it must not count as unhandled.
    write.catch(() => {})
    this.#written = write
  }

  /** Resolves when all that was added is written. @throws what the output threw, after which nothing is written */
  drain(): Promise<void> {
    return this.#written
  }
}
