import type { CountLine } from '../journal/line.ts'
import type { CallCost } from './call-cost.ts'
import { Quantiles } from './quantiles.ts'
import type { ComponentSummary, ComponentVersion, FileVersion, Process } from './run.ts'
import { SettingTotals } from './setting-totals.ts'

/** Components that are listed as followers of one. */
const listedFollowers = 64

/** The order of the calls that one component made: from some moment on calls were only counted. */
export interface KnownOrder {
  knownUntil: number
}

/** A call that has begun, and what made it: another, or something of which no more is known. */
export interface BegunCall {
  readonly pair: ComponentPair
  readonly caller: BegunCall | object | undefined
}

/** A component version and the component that called it, over the whole run: the line of the summary. */
export class ComponentPair {
  readonly n: number
  readonly component: ComponentVersion
  readonly caller: ComponentVersion | undefined
  readonly firstStart: number
  readonly order: KnownOrder
  process: Process
  /** Calls that were recorded one by one, and all of them. */
  recorded = 0
  callCount = 0
  /** The last of them; undefined where calls were counted since. */
  last: BegunCall | undefined
  /** Of them, programs that libraries started. */
  startedByLibraries = 0
  /** Calls that were kept or folded before they ended. */
  decidedEarly = 0
  failureCount = 0
  wall = 0
  self = 0
  /** Of the measured calls only. */
  cpu: number | undefined
  peak: number | undefined
  added: number | undefined
  measured = 0
  readonly quantiles = new Quantiles()
  readonly settings = new SettingTotals()
  readonly used = new Map<number, { emitted: FileVersion | undefined }>()
  readonly generated = new Map<number, { emitted: FileVersion | undefined }>()
  readonly possiblyGenerated = new Map<number, { emitted: FileVersion | undefined }>()
  readonly informedBy = new Set<number>()

  /** What its callers started next, and when that was seen first. */
  readonly #followers = new Map<ComponentPair, number>()
  #timed = 0
  #counted = 0
  #sampled = 0
  #sampledWall = 0

  constructor(
    n: number,
    component: ComponentVersion,
    caller: ComponentVersion | undefined,
    process: Process,
    firstStart: number,
    order: KnownOrder,
  ) {
    this.n = n
    this.component = component
    this.caller = caller
    this.process = process
    this.firstStart = firstStart
    this.order = order
  }

  /** Adds what a recorded call cost. */
  add(call: CallCost): void {
    if (call.status === 'Failed') this.failureCount++
    if (call.cpu !== undefined) {
      this.cpu = (this.cpu ?? 0) + call.cpu
      this.measured++
    }
    if (call.peak !== undefined) this.peak = Math.max(this.peak ?? 0, call.peak)
    if (call.added !== undefined) this.added = Math.max(this.added ?? 0, call.added)
    const { wall } = call
    if (wall === undefined) return
    this.#timed++
    this.wall += wall
    this.self += Math.max(0, wall - call.elsewhere)
    this.quantiles.add(wall / 1e9)
  }

  /** The same caller started that one next. */
  addFollower(next: ComponentPair, at: number): void {
    if (!this.#followers.has(next) && this.#followers.size < listedFollowers) this.#followers.set(next, at)
  }

  /** Adds calls that the agent counted. */
  addCounted(line: CountLine): void {
    this.callCount += line.calls
    this.last = undefined
    this.failureCount += line.failures ?? 0
    this.#counted += line.calls
    for (const sample of line.samples ?? []) {
      this.#sampledWall += sample.nanoseconds
      this.#sampled++
      this.quantiles.add(sample.nanoseconds / 1e9)
      this.settings.add(sample.arguments)
    }
  }

  /**
   * Wall nanoseconds of so many calls that nobody timed, by the mean of those that were sampled among them, else of
   * those that were recorded. Undefined where no call was timed.
   */
  estimate(calls: number): number | undefined {
    if (this.#sampled > 0) return (calls * this.#sampledWall) / this.#sampled
    return this.#timed > 0 ? (calls * this.wall) / this.#timed : undefined
  }

  summarize(): ComponentSummary {
    const counted = this.estimate(this.#counted) ?? 0
    const used = emittedOf(this.used)
    const generated = emittedOf(this.generated)
    return {
      n: this.n,
      component: this.component,
      caller: this.caller,
      process: this.process,
      firstStart: this.firstStart,
      callCount: this.callCount,
      failureCount: this.failureCount,
      wall: BigInt(Math.round(this.wall + counted)),
      wallQuantiles: this.quantiles.read(),
      self: BigInt(Math.round(this.self + counted)),
      cpu: this.cpu === undefined ? undefined : BigInt(this.cpu),
      measuredCount: this.measured,
      peakMemory: this.peak,
      addedMemory: this.added,
      inputBytes: sizeOf(used),
      outputBytes: sizeOf(generated),
      settings: this.settings.read(),
      used: used.map((file) => ({ file })),
      generated: generated.map((file) => ({ file })),
      isStep: this.#isStep,
      followedBy: [...this.#followers].flatMap(([{ n }, at]) => (at > this.order.knownUntil ? [] : n)),
      ...(this.possiblyGenerated.size > 0 && {
        possiblyGenerated: emittedOf(this.possiblyGenerated).map((file) => ({ file })),
      }),
      informedBy: [...this.informedBy].filter((n) => n !== this.n).sort((a, b) => a - b),
    }
  }

  /** Not so for imports, and for programs that libraries started for themselves. */
  get #isStep(): boolean {
    if (this.component.kind === 'Module') return this.caller === undefined || this.caller.kind === 'Command'
    return this.startedByLibraries < this.callCount || this.used.size > 0 || this.generated.size > 0
  }
}

function emittedOf(versions: Map<number, { emitted: FileVersion | undefined }>): FileVersion[] {
  return [...versions.values()].flatMap((version) => version.emitted ?? [])
}

function sizeOf(files: readonly FileVersion[]): number {
  return files.reduce((sum, file) => sum + (file.size ?? 0), 0)
}
