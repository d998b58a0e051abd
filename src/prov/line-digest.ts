import { createHash, type Hash } from 'node:crypto'

/** SHA-256 of lines. */
export class LineDigest {
  readonly #hash: Hash = createHash('sha256')
  #pieces: string[] = []

  /** Adds a line in pieces. They are joined by thousands: joined one by one, they leave much garbage. */
  add(first: string, second: string, third: string, fourth: string): void {
    this.#pieces.push(first, second, third, fourth)
    if (this.#pieces.length > 4096) this.#flush()
  }

  result(): string {
    this.#flush()
    return `sha-256:${this.#hash.digest('hex')}`
  }

  #flush(): void {
    this.#hash.update(this.#pieces.join(''))
    this.#pieces = []
  }
}
