const exactUpTo = 64
const growth = Math.log(1.02)

/** At 0.05, 0.25, 0.5, 0.75 and 0.95. */
const points = [0.05, 0.25, 0.5, 0.75, 0.95]

/**
 * Quantiles of a stream of positive numbers: exact for a few, within 1 % for many, in memory that grows with
 * their logarithm only (DDSketch: Masson, Rim & Lee, VLDB 2019). The order of the numbers does not matter.
 */
export class Quantiles {
  count = 0
  #exact: number[] | undefined = []
  readonly #buckets = new Map<number, number>()

  add(value: number, times = 1): void {
    this.count += times
    if (this.#exact !== undefined && times === 1 && this.#exact.length < exactUpTo) {
      this.#exact.push(value)
      return
    }
    if (this.#exact !== undefined) {
      for (const earlier of this.#exact) this.#fill(earlier, 1)
      this.#exact = undefined
    }
    this.#fill(value, times)
  }

  /** Undefined when nothing was added. */
  read(): number[] | undefined {
    if (this.count === 0) return undefined
    if (this.#exact !== undefined) {
      const sorted = this.#exact.sort((a, b) => a - b)
      return points.map((point) => interpolate(sorted, point))
    }
    const buckets = [...this.#buckets].sort((a, b) => a[0] - b[0])
    return points.map((point) => {
      let below = 0
      const rank = point * (this.count - 1)
      for (const [index, times] of buckets) {
        below += times
        if (below > rank) return valueOf(index)
      }
      return valueOf(buckets.at(-1)?.[0] ?? 0)
    })
  }

  #fill(value: number, times: number): void {
    const index = value > 0 ? Math.ceil(Math.log(value) / growth) : -Infinity
    this.#buckets.set(index, (this.#buckets.get(index) ?? 0) + times)
  }
}

/** The value with the least relative error to both edges of its bucket. */
function valueOf(index: number): number {
  if (index === -Infinity) return 0
  return (2 * Math.exp(growth * index)) / (1 + Math.exp(growth))
}

function interpolate(sorted: readonly number[], point: number): number {
  const rank = point * (sorted.length - 1)
  const low = sorted[Math.floor(rank)] ?? 0
  const high = sorted[Math.ceil(rank)] ?? low
  return low + (high - low) * (rank - Math.floor(rank))
}
