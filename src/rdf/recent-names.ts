/** A power of two. */
const places = 1 << 12

/** Bytes of the longest local part that is kept. */
const longest = 48

/**
 * Numbers of the terms that names stood for lately, by their bytes. A text names most things several times within a few
 * lines, and properties and classes all the time: to find them here takes less than to look up the whole IRI.
 */
export class RecentNames {
  /** Each kept one's number and 1, its namespace, and how long its local part is; by place. */
  readonly #numbers = new Uint32Array(places)
  readonly #namespaces = new Uint32Array(places)
  readonly #lengths = new Uint8Array(places)
  readonly #bytes = new Uint8Array(places * longest)

  /** @returns the number, or -1 where it is not kept */
  find(hash: number, namespace: number, bytes: Uint8Array, start: number, end: number): number {
    const place = hash & (places - 1)
    const length = end - start
    if (this.#namespaces[place] !== namespace || this.#lengths[place] !== length) return -1
    const kept = this.#bytes
    const from = place * longest
    for (let n = 0; n < length; n++) if (kept[from + n] !== bytes[start + n]) return -1
    return this.#numbers[place]! - 1
  }

  /** Keeps one in the place of another. */
  keep(hash: number, namespace: number, bytes: Uint8Array, start: number, end: number, number: number): void {
    const length = end - start
    if (length > longest) return
    const place = hash & (places - 1)
    this.#numbers[place] = number + 1
    this.#namespaces[place] = namespace
    this.#lengths[place] = length
    const from = place * longest
    for (let n = 0; n < length; n++) this.#bytes[from + n] = bytes[start + n]!
  }
}
