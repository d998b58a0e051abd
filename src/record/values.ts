import type { JournalValue } from '../journal/line.ts'
import type { TypeNames } from './languages/language.ts'
import { describeValue, onlyType } from './literals.ts'
import type { ValueFacts } from './literals.ts'
import type { ActivityRef, RunListener } from './run.ts'

/**
 * Gives each value its number and emits it. Equal values stay separate nodes, except scalars that no call returned.
 */
export class Values {
  redacted = 0
  #last = 0
  readonly #listener: RunListener
  readonly #scalars = new Map<string, number>()

  constructor(listener: RunListener) {
    this.#listener = listener
  }

  /** A number for a value that is emitted later, or never. */
  reserve(): number {
    return ++this.#last
  }

  /** The one node of a scalar in this run. */
  shared(facts: ValueFacts): number {
    const { literal } = facts
    const content = literal?.lexical ?? (facts.length === undefined ? facts.fields : undefined)
    if (content === undefined || facts.redacted) return this.fresh(facts)
    const key = `${facts.type} ${content}`
    let n = this.#scalars.get(key)
    if (n === undefined) this.#scalars.set(key, (n = this.fresh(facts)))
    return n
  }

  /** A node of its own. */
  fresh(facts: ValueFacts, by?: ActivityRef, as?: number, revisionOf?: number): number {
    const n = this.reserve()
    this.emit(n, facts, by, as, revisionOf)
    return n
  }

  emit(n: number, facts: ValueFacts, by?: ActivityRef, as?: number, revisionOf?: number): void {
    if (facts.redacted) this.redacted++
    this.#listener.value({
      n,
      type: facts.type,
      literal: facts.literal,
      fields: facts.fields,
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
  emitStand(n: number, types: ReadonlySet<string>, count: number, by: ActivityRef | undefined): void {
    this.#listener.value({
      ...onlyType,
      revisionOf: undefined,
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

/** Facts of a value, or undefined for null and what was not captured: a call that gave nothing. */
export function describeResult(value: JournalValue | undefined, names: TypeNames): ValueFacts | undefined {
  return value === undefined || value === null ? undefined : describeValue(value, names)
}
