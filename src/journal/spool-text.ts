const newline = 10
const padding = 0

/**
 * Cuts the bytes of a growing spool into whole lines and keeps what is not whole yet. A zero byte, which JSON
 * never holds, is where a preallocated spool has not been written.
 */
export class SpoolText {
  reachedPadding = false
  #rest: Buffer[] = []
  #restBytes = 0

  #join(block: Buffer, from: number, to: number): string {
    if (this.#restBytes === 0) return block.toString('utf8', from, to)
    const whole = Buffer.concat([...this.#rest, block.subarray(from, to)])
    this.#rest = []
    this.#restBytes = 0
    return whole.toString('utf8')
  }

  /** Whole lines, without their newlines. The block may be reused afterwards. */
  *take(block: Buffer): Generator<string, void, void> {
    const end = block.indexOf(padding)
    if (end >= 0) this.reachedPadding = true
    const written = end < 0 ? block : block.subarray(0, end)
    let from = 0
    for (;;) {
      const to = written.indexOf(newline, from)
      if (to < 0) break
      yield this.#join(written, from, to)
      from = to + 1
    }
    if (from < written.length) {
      const rest = Buffer.from(written.subarray(from))
      this.#rest.push(rest)
      this.#restBytes += rest.length
    }
  }
}
