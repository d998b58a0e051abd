/** In which half of a pair's eight bytes the predicate is, so that a pair read as one number sorts by it first. */
const PREDICATE = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0
const OTHER = 1 - PREDICATE

/** Gives each triple as three numbers: of the key, of the predicate, of what stands at the other end. */
type Visit = (visit: (key: number, predicate: number, other: number) => void) => void

/**
 * Triples by the term at one end: under the number of each the pairs of predicate and other end, sorted, in one long
 * array. To be read as
 *
 *     for (let at = index.first(key, predicate), end = index.end(key, at, predicate); at < end; at++) index.other(at)
 */
export class PairIndex {
  readonly #starts: Uint32Array
  readonly #pairs: Uint32Array<ArrayBuffer>

  /**
   * @param keys how many keys there may be
   * @param count how many triples come
   * @param visit called twice
   */
  constructor(keys: number, count: number, visit: Visit) {
    const starts = new Uint32Array(keys + 1)
    visit((key) => void starts[key + 1]!++)
    for (let key = 0; key < keys; key++) starts[key + 1]! += starts[key]!
    const pairs = new Uint32Array(2 * count)
    // Each key's first place moves on until it is that of the next key.
    visit((key, predicate, other) => {
      const at = 2 * starts[key]!++
      pairs[at + PREDICATE] = predicate
      pairs[at + OTHER] = other
    })
    starts.copyWithin(1, 0, keys)
    starts[0] = 0
    const whole = new BigUint64Array(pairs.buffer)
    for (let key = 0; key < keys; key++) sort(pairs, whole, starts[key]!, starts[key + 1]!)
    this.#starts = starts
    this.#pairs = pairs
  }

  /** Pairs, of all keys. */
  get size(): number {
    return this.#pairs.length / 2
  }

  get keys(): number {
    return this.#starts.length - 1
  }

  /** The place of a key's first pair with this predicate, or where it would be; without one, of its first pair. */
  first(key: number, predicate = 0): number {
    let low = this.#starts[key] ?? this.size
    let high = this.#starts[key + 1] ?? this.size
    while (high - low > 16) {
      const middle = (low + high) >>> 1
      if (this.predicate(middle) < predicate) low = middle + 1
      else high = middle
    }
    while (low < high && this.predicate(low) < predicate) low++
    return low
  }

  /** The place after a key's last pair with this predicate; without one, after its last pair. */
  end(key: number, first: number, predicate?: number): number {
    const last = this.#starts[key + 1] ?? this.size
    if (predicate === undefined) return last
    let end = first
    while (end < last && this.predicate(end) === predicate) {
      if (end - first === 16) return this.first(key, predicate + 1)
      end++
    }
    return end
  }

  /** How many pairs a key has with this predicate; without one, at all. */
  count(key: number, predicate?: number): number {
    const first = this.first(key, predicate)
    return this.end(key, first, predicate) - first
  }

  predicate(at: number): number {
    return this.#pairs[2 * at + PREDICATE]!
  }

  other(at: number): number {
    return this.#pairs[2 * at + OTHER]!
  }

  /** The same with each triple once. */
  distinct(): PairIndex {
    let count = 0
    this.#visitDistinct(() => void count++)
    return count === this.size ? this : new PairIndex(this.keys, count, (visit) => this.#visitDistinct(visit))
  }

  #visitDistinct(visit: (key: number, predicate: number, other: number) => void): void {
    for (let key = 0; key < this.keys; key++) {
      const first = this.first(key)
      const end = this.end(key, first)
      for (let at = first; at < end; at++) {
        const [predicate, other] = [this.predicate(at), this.other(at)]
        if (at === first || predicate !== this.predicate(at - 1) || other !== this.other(at - 1))
          visit(key, predicate, other)
      }
    }
  }

  /** The place of the pair, or -1. */
  find(key: number, predicate: number, other: number): number {
    let low = this.first(key, predicate)
    const end = this.end(key, low, predicate)
    let high = end
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.other(middle) < other) low = middle + 1
      else high = middle
    }
    return low < end && this.other(low) === other ? low : -1
  }
}

function sort(pairs: Uint32Array, whole: BigUint64Array, start: number, end: number): void {
  if (end - start > 24) {
    whole.subarray(start, end).sort()
    return
  }
  for (let next = start + 1; next < end; next++) {
    const predicate = pairs[2 * next + PREDICATE]!
    const other = pairs[2 * next + OTHER]!
    let at = next
    for (; at > start; at--) {
      const before = pairs[2 * at - 2 + PREDICATE]!
      if (before < predicate || (before === predicate && pairs[2 * at - 2 + OTHER]! <= other)) break
      pairs[2 * at + PREDICATE] = before
      pairs[2 * at + OTHER] = pairs[2 * at - 2 + OTHER]!
    }
    pairs[2 * at + PREDICATE] = predicate
    pairs[2 * at + OTHER] = other
  }
}
