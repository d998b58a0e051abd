import { relativeDifference, withinTolerance } from './number-tolerance.ts'
import type { Part, Value } from './parts.ts'
import type { Passing, PassingText } from './passing-text.ts'

/** Where two files hold something else. */
export interface Place {
  where: string
  values: readonly [string, string]
}

/** Two numbers that differ most, as part of the larger one. */
export interface LargestDifference extends Place {
  relative: number
  absolute: number
}

/** How what two files mean compares. */
export interface PartsComparison {
  same: boolean
  /** The first place that differs beyond the tolerance. */
  first?: Place
  /** Of numbers that differ at all. */
  largest?: LargestDifference
  /** Values that differ at all, and those that were compared. */
  differing: number
  compared: number
  /** What differs and was left out. */
  leftOut: readonly Passing[]
}

/** Sets the parts of two files side by side. */
export function compareParts(
  [one, other]: readonly [readonly Part[], readonly Part[]],
  tolerance: number,
  passing: PassingText,
): PartsComparison {
  const tally = new Tally(tolerance, passing)
  const others = new Map(other.map((part) => [part.name, part]))
  for (const part of one) {
    const there = others.get(part.name)
    others.delete(part.name)
    if (there === undefined) tally.miss(part.name, ['there', 'missing'])
    else tally.compare(part, there)
  }
  for (const name of others.keys()) tally.miss(name, ['missing', 'there'])
  return tally.read()
}

class Tally {
  readonly #tolerance: number
  readonly #passing: PassingText
  readonly #leftOut = new Set<Passing>()
  #first: Place | undefined
  #largest: LargestDifference | undefined
  #differing = 0
  #compared = 0

  constructor(tolerance: number, passing: PassingText) {
    this.#tolerance = tolerance
    this.#passing = passing
  }

  miss(where: string, values: readonly [string, string]): void {
    this.#differing++
    this.#compared++
    this.#first ??= { where, values }
  }

  compare(one: Part, other: Part): void {
    if (one.values.length !== other.values.length)
      this.miss(`length of ${one.name}`, [String(one.values.length), String(other.values.length)])
    const length = Math.min(one.values.length, other.values.length)
    const scale = Math.max(one.scale ?? 0, other.scale ?? 0)
    for (let at = 0; at < length; at++) {
      const [a, b] = [one.values[at], other.values[at]]
      this.#compared++
      if (a !== b && !Object.is(a, b)) this.#differ(one, at, a, b, scale)
    }
  }

  #differ(part: Part, at: number, a: Value, b: Value, scale: number): void {
    const place = () => ({ where: part.place(at), values: [shown(a), shown(b)] as const })
    if (typeof a === 'number' && typeof b === 'number') {
      this.#differing++
      this.#measure(place, a, b, scale)
      const isCount = part.counts && Number.isInteger(a) && Number.isInteger(b)
      if (isCount || !withinTolerance(a, b, this.#tolerance, scale)) this.#first ??= place()
      return
    }
    const explained =
      typeof a === 'string' && typeof b === 'string' ? this.#passing.explains(a, b) : undefined
    if (explained !== undefined) {
      for (const each of explained) this.#leftOut.add(each)
      return
    }
    this.#differing++
    if (typeof a !== 'string' || typeof b !== 'string' || !this.#sameButForNumbers(a, b, place))
      this.#first ??= place()
  }

  /** `loss=0.12345678901` beside `loss=0.12345678902`: texts around numbers that are the same within the tolerance. */
  #sameButForNumbers(a: string, b: string, place: () => Place): boolean {
    const [one, other] = [splitNumbers(this.#passing.without(a)), splitNumbers(this.#passing.without(b))]
    if (one.length !== other.length) return false
    let same = true
    for (const [at, text] of one.entries()) {
      const there = other[at]!
      if (text === there) continue
      // Every second piece is a number.
      if (at % 2 === 0) return false
      this.#measure(place, Number(text), Number(there), 0)
      const isCount = /^[-+]?\d+$/.test(text) && /^[-+]?\d+$/.test(there)
      if (isCount || !withinTolerance(Number(text), Number(there), this.#tolerance)) same = false
    }
    return same
  }

  #measure(place: () => Place, a: number, b: number, scale: number): void {
    const relative = relativeDifference(a, b, scale)
    if (!Number.isFinite(relative) || relative <= (this.#largest?.relative ?? 0)) return
    this.#largest = { ...place(), relative, absolute: Math.abs(a - b) }
  }

  read(): PartsComparison {
    return {
      same: this.#first === undefined,
      ...(this.#first !== undefined && { first: this.#first }),
      ...(this.#largest !== undefined && { largest: this.#largest }),
      differing: this.#differing,
      compared: this.#compared,
      leftOut: [...this.#leftOut].toSorted(),
    }
  }
}

function splitNumbers(text: string): string[] {
  return text.split(/((?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.]))/)
}

function shown(value: Value): string {
  const text = String(value ?? 'nothing')
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
