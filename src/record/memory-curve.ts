const mostPoints = 200

/** Resident memory over the run: seconds since its start and MiB, thinned so that peaks stay. */
export class MemoryCurve {
  #points: [number, number][] = []
  /** Samples that one point stands for. */
  #step = 1
  #pending = 0

  /** @param bytes of all processes together. */
  add(nanoseconds: number, bytes: number): void {
    const last = this.#points.at(-1)
    if (last !== undefined && this.#pending < this.#step) {
      if (bytes > last[1]) last[1] = bytes
      this.#pending++
      return
    }
    this.#points.push([nanoseconds, bytes])
    this.#pending = 1
    if (this.#points.length > mostPoints) this.#thin()
  }

  read(): [number, number][] {
    return this.#points.map(([at, bytes]) => [round(at / 1e9, 1e3), round(bytes / 2 ** 20, 10)])
  }

  #thin(): void {
    const thinned: [number, number][] = []
    for (const [i, [at, bytes]] of this.#points.entries()) {
      if (i % 2 === 0) thinned.push([at, Math.max(bytes, this.#points[i + 1]?.[1] ?? 0)])
    }
    this.#points = thinned
    this.#step *= 2
  }
}

function round(value: number, to: number): number {
  return Math.round(value * to) / to
}
