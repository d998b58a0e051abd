import { createHash, type Hash } from 'node:crypto'

/** Characters that are hashed at once. */
const enough = 1 << 16

/** SHA-256 of lines. */
export class LineDigest {
  readonly #hash: Hash = createHash('sha256')
  #text = ''

  /** Adds a line in pieces. */
  add(first: string, second: string, third: string, fourth: string): void {
    // V8 copies the pieces once, when the text is hashed: half the time of joining a list of them.
    this.#text += first + second + third + fourth
    if (this.#text.length > enough) this.#flush()
  }

  result(): string {
    this.#flush()
    return `sha-256:${this.#hash.digest('hex')}`
  }

  #flush(): void {
    this.#hash.update(this.#text)
    this.#text = ''
  }
}
