/** The text of a term that is looked for or added, as bytes of UTF-8 in a place that is used again and again. */
export class SoughtText {
  bytes = Buffer.allocUnsafeSlow(1 << 12)
  length = 0
  /** The same bytes in words of four. */
  #words = new Uint32Array(this.bytes.buffer)

  /** @returns a hash of it and of the seed */
  write(text: string, seed: number): number {
    this.#makeRoom(text.length * 3)
    this.length = this.bytes.write(text)
    return this.#hash(seed)
  }

  /** Like `write`, for the bytes of its beginning and those of its rest, from `start` to `end`. */
  writeBytes(beginning: Uint8Array, rest: Uint8Array, start: number, end: number, seed: number): number {
    const from = beginning.length
    const length = from + end - start
    this.#makeRoom(length)
    const { bytes } = this
    for (let n = 0; n < from; n++) bytes[n] = beginning[n]!
    for (let n = from, at = start; at < end; n++, at++) bytes[n] = rest[at]!
    this.length = length
    return this.#hash(seed)
  }

  #makeRoom(length: number): void {
    if (length + 4 <= this.bytes.length) return
    this.bytes = Buffer.allocUnsafeSlow(Math.ceil((length + 4) / 1024) * 1024)
    this.#words = new Uint32Array(this.bytes.buffer)
  }

  /** FNV-1a over words of four bytes, stirred, since slots are chosen by the lowest bits. */
  #hash(seed: number): number {
    const { bytes, length } = this
    for (let n = length; n < length + 4; n++) bytes[n] = 0
    const words = this.#words
    const count = (length + 3) >>> 2
    let hash = 0x811c9dc5 ^ seed
    for (let n = 0; n < count; n++) {
      hash = Math.imul(hash ^ words[n]!, 0x01000193)
      hash ^= hash >>> 15
    }
    hash = Math.imul(hash, 0x2c1b3c6d)
    return (hash ^ (hash >>> 13)) >>> 0
  }
}
