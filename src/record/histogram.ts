const maximumBins = 20

/**
 * A histogram of a stream of numbers whose range nobody knows beforehand: bins of a power of two, doubled
 * whenever there would be too many. What it says depends on the numbers, not on their order.
 */
export class Histogram {
  #width = 0
  #bins = new Map<number, number>()

  add(value: number, times: number): void {
    if (!Number.isFinite(value)) return
    if (this.#width === 0) this.#width = smallestWidth
    // Bins are counted in whole numbers, which doubles hold exactly only so far.
    while (Math.abs(value / this.#width) > 2 ** 50) this.#widen()
    this.#put(Math.floor(value / this.#width), times)
    while (this.#span() > maximumBins) this.#widen()
  }

  /** Lower edges and counts, in rising order, empty bins left out. */
  read(): [number, number][] {
    return [...this.#bins].sort((a, b) => a[0] - b[0]).map(([bin, count]) => [bin * this.#width, count])
  }

  #put(bin: number, times: number): void {
    this.#bins.set(bin, (this.#bins.get(bin) ?? 0) + times)
  }

  #span(): number {
    let low = Infinity
    let high = -Infinity
    for (const bin of this.#bins.keys()) {
      if (bin < low) low = bin
      if (bin > high) high = bin
    }
    return high - low + 1
  }

  #widen(): void {
    const narrow = this.#bins
    this.#bins = new Map()
    this.#width *= 2
    for (const [bin, count] of narrow) this.#put(Math.floor(bin / 2), count)
  }
}

const smallestWidth = 2 ** -20
