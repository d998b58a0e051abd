import { describeValue } from './literals.ts'
import type { ValueFacts } from './literals.ts'
import type { ActivityRef, RunListener } from './run.ts'

/** Numbers and tells the values of a run. Nothing is linked by equality, but scalars that no call returned. */
export class Values {
  redacted = 0
  #last = 0
  readonly #listener: RunListener
  readonly #scalars = new Map<string, number>()

  constructor(listener: RunListener) {
    this.#listener = listener
  }

  /** A number for a value that is told later, or never. */
  reserve(): number {
    return ++this.#last
  }

  /** The one node of a scalar in this run. */
  shared(facts: ValueFacts): number {
    const { literal } = facts
    if (literal === undefined || facts.redacted) return this.fresh(facts)
    const key = `${facts.type} ${literal.lexical}`
    let n = this.#scalars.get(key)
    if (n === undefined) this.#scalars.set(key, (n = this.fresh(facts)))
    return n
  }

  /** A node of its own. */
  fresh(facts: ValueFacts, by?: ActivityRef, as?: number, revisionOf?: number): number {
    const n = this.reserve()
    this.tell(n, facts, by, as, revisionOf)
    return n
  }

  tell(n: number, facts: ValueFacts, by?: ActivityRef, as?: number, revisionOf?: number): void {
    if (facts.redacted) this.redacted++
    this.#listener.value({
      n,
      type: facts.type,
      literal: facts.literal,
      length: facts.length,
      bytes: facts.bytes,
      shape: facts.shape,
      elementType: facts.elementType,
      columns: facts.columns,
      redacted: facts.redacted,
      generatedBy: by,
      generatedAs: as,
      revisionOf,
    })
  }

  /**
   * A node that stands for `count` values of these types, returned by `by` or from outside recorded code: as a
   * collection it is as long as they are many.
   */
  tellStand(n: number, types: ReadonlySet<string>, count: number, by: ActivityRef | undefined): void {
    this.#listener.value({
      ...nothing,
      n,
      type: [...types].sort().join(' | ') || 'object',
      generatedBy: by,
      length: count,
      generatedAs: by === undefined ? undefined : returned,
      represents: count,
    })
  }
}

/** Role of a returned value. */
export const returned = -1

const nothing = {
  literal: undefined,
  length: undefined,
  bytes: undefined,
  shape: undefined,
  elementType: undefined,
  columns: undefined,
  redacted: false,
  revisionOf: undefined,
}

/** Facts of a value, or undefined for None and what was not captured: a call that gave nothing. */
export function describeResult(
  value: Parameters<typeof describeValue>[0] | undefined,
): ValueFacts | undefined {
  return value === undefined || value === null ? undefined : describeValue(value)
}
