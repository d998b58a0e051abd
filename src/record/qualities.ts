import type { RunLine } from '../journal/line.ts'
import type { Frame } from './frame.ts'
import type { ValueFacts } from './literals.ts'
import { numberOf } from './literals.ts'
import type { Quality } from './run.ts'

/** Measurements that a run lists. */
const listed = 10_000

/** Quality metrics: those the program notes, and returns of components that were declared to measure. */
export class Qualities {
  readonly all: Quality[] = []
  readonly #declared: NonNullable<RunLine['quality']>

  constructor(declared: RunLine['quality']) {
    this.#declared = declared ?? []
  }

  /** Whether what a call returned is a measurement that is still listed. */
  measures(frame: Frame, result: ValueFacts): boolean {
    if (this.#declared.length === 0 || this.all.length >= listed) return false
    if (result.literal === undefined || numberOf(result.literal) === undefined) return false
    return this.#declared.some((quality) => quality.component === frame.component.name)
  }

  addResult(frame: Frame, result: ValueFacts): void {
    if (result.literal === undefined || !frame.isKept || !this.measures(frame, result)) return
    for (const { metric, component, unit } of this.#declared) {
      if (component !== frame.component.name) continue
      const call = { call: frame.n }
      this.add({ metric, value: result.literal, unit, on: call, by: call })
    }
  }

  add(quality: Quality): void {
    if (this.all.length < listed) this.all.push(quality)
  }
}
