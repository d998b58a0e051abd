import type { NumberFacts } from './describer.ts'

/** Numbers that quantiles are taken of. */
const kept = 4096
/** At 0.05, 0.25, 0.5, 0.75 and 0.95. */
const points = [0.05, 0.25, 0.5, 0.75, 0.95]

/**
 * Counts, extremes, mean and quantiles of numbers that come one by one. The mean is exact but for rounding. Quantiles
 * are those of every second, fourth, eighth … number once there are very many, so that the same numbers in the same
 * order give the same figures.
 */
export class NumberTally {
  count = 0
  #missing = 0
  #zeros = 0
  #minimum = Infinity
  #maximum = -Infinity
  #mean = 0
  #kept: number[] = []
  #every = 1
  #until = 1

  /** @param value NaN: there is a place for a number, and none in it */
  add(value: number): void {
    this.count++
    if (Number.isNaN(value)) {
      this.#missing++
      return
    }
    if (value === 0) this.#zeros++
    if (value < this.#minimum) this.#minimum = value
    if (value > this.#maximum) this.#maximum = value
    this.#mean += (value - this.#mean) / (this.count - this.#missing)
    if (--this.#until === 0) this.#keep(value)
  }

  /** Undefined where there was no number. */
  read(): NumberFacts | undefined {
    const numbers = this.count - this.#missing
    if (this.count === 0) return undefined
    const shares = { zeroShare: this.#zeros / this.count, missingShare: this.#missing / this.count }
    if (numbers === 0) return shares
    const sorted = this.#kept.sort((a, b) => a - b)
    const facts = { minimum: this.#minimum, maximum: this.#maximum, mean: this.#mean }
    const isFinite = Object.values(facts).every(Number.isFinite)
    return {
      ...shares,
      ...(isFinite && {
        ...facts,
        quantiles: points.map((point) => sorted[Math.round(point * (sorted.length - 1))] as number),
      }),
    }
  }

  #keep(value: number): void {
    this.#kept.push(value)
    this.#until = this.#every
    if (this.#kept.length < kept) return
    this.#kept = this.#kept.filter((_, index) => index % 2 === 0)
    this.#every *= 2
    this.#until = this.#every
  }
}
