import type { CountLine, JournalValue } from '../journal/line.ts'
import type { CallCost } from './call-cost.ts'
import type { TypeNames } from './languages/language.ts'
import { describeValue } from './literals.ts'
import type { ComponentPair } from './component-pair.ts'
import { Quantiles } from './quantiles.ts'
import type { ActivityRef, CallGroup, Process } from './run.ts'
import { SettingTotals } from './setting-totals.ts'
import type { Values } from './values.ts'

/** Callers of one group that are named. */
const namedCallers = 1000

/** A node that stands for many values of a group's calls. */
interface Stand {
  n: number
  types: Set<string>
  count: number
}

/** Calls of one component from one caller component in one process that are not kept one by one, added up. */
export class CallGroupTotals {
  readonly n: number
  readonly pair: ComponentPair
  readonly process: Process
  readonly ref: ActivityRef
  readonly received = new Set<number>()
  readonly usedValues = new Set<number>()
  #callers = new Map<string, ActivityRef>()
  #startedAt = Infinity
  #endedAt = -Infinity
  #callCount = 0
  #failureCount = 0
  #wall = 0
  #counted = 0
  readonly #quantiles = new Quantiles()
  readonly #settings = new SettingTotals()
  readonly #values: Values
  readonly #results = { types: new Set<string>(), count: 0 }
  #result: number | undefined
  /** By position: objects from outside recorded code that its calls got. */
  readonly #inputs = new Map<number, Stand>()

  constructor(n: number, pair: ComponentPair, process: Process, values: Values) {
    this.n = n
    this.pair = pair
    this.process = process
    this.ref = { group: n }
    this.#values = values
  }

  /** The value that stands for all that its calls returned. */
  get result(): number {
    return (this.#result ??= this.#values.reserve())
  }

  addCaller(ref: ActivityRef): void {
    const key = 'call' in ref ? `call ${ref.call}` : `group ${ref.group}`
    if (this.#callers.size < namedCallers) this.#callers.set(key, ref)
  }

  /** A recorded call that ended. */
  add(call: CallCost): void {
    const end = call.endedAt ?? call.startedAt
    this.#callCount++
    if (call.status === 'Failed') this.#failureCount++
    this.#cover(call.startedAt, end)
    this.#settings.add(call.given, call.defaults)
    const { wall } = call
    if (wall === undefined) return
    this.#wall += wall
    this.#quantiles.add(wall / 1e9)
  }

  /** Calls that the agent counted. */
  addCounted(line: CountLine, from: number, to: number): void {
    this.#callCount += line.calls
    this.#counted += line.calls
    this.#failureCount += line.failures ?? 0
    this.#cover(from, to)
    for (const sample of line.samples ?? []) {
      this.#quantiles.add(sample.nanoseconds / 1e9)
      this.#settings.add(sample.arguments)
    }
  }

  addResult(type: string): void {
    this.#results.types.add(type)
    this.#results.count++
  }

  addInput(position: number, given: JournalValue, names: TypeNames): void {
    const facts = describeValue(given, names)
    if (facts === undefined) return
    let stand = this.#inputs.get(position)
    if (stand === undefined) {
      stand = { n: this.#values.reserve(), types: new Set(), count: 0 }
      this.#inputs.set(position, stand)
      this.usedValues.add(stand.n)
    }
    stand.types.add(facts.type)
    stand.count++
  }

  /** Emits the values that stand for many. @returns the group */
  read(timeOf: (at: number) => bigint): CallGroup {
    if (this.#result !== undefined) {
      this.#values.emitStand(this.#result, this.#results.types, this.#results.count, this.ref)
    }
    for (const stand of this.#inputs.values()) {
      this.#values.emitStand(stand.n, stand.types, stand.count, undefined)
    }
    const [caller, ...others] = this.#callers.values()
    const estimate = this.#counted === 0 ? 0 : this.pair.estimate(this.#counted)
    return {
      n: this.n,
      component: this.pair.component,
      process: this.process,
      caller,
      ...(others.length > 0 ? { otherCallers: others } : {}),
      startedAt: timeOf(Number.isFinite(this.#startedAt) ? this.#startedAt : 0),
      endedAt: Number.isFinite(this.#endedAt) ? timeOf(this.#endedAt) : undefined,
      callCount: this.#callCount,
      totalCallCount: this.pair.callCount,
      failureCount: this.#failureCount,
      wall: estimate === undefined ? undefined : BigInt(Math.round(this.#wall + estimate)),
      wallQuantiles: this.#quantiles.read(),
      settings: this.#settings.read(),
      received: [...this.received],
      usedValues: [...this.usedValues],
    }
  }

  #cover(from: number, to: number): void {
    this.#startedAt = Math.min(this.#startedAt, from)
    this.#endedAt = Math.max(this.#endedAt, to)
  }
}
