import type { JournalValue } from '../journal/line.ts'
import type { CallCost } from './call-cost.ts'
import type { CallGroupTotals } from './call-group-totals.ts'
import type { Language } from './languages/language.ts'
import type { ValueFacts } from './literals.ts'
import type { ComponentPair } from './component-pair.ts'
import type { Objects } from './objects.ts'
import type { ActivityRef, Argument, ComponentVersion, Gap, Metadata, Process, Status } from './run.ts'
import type { Steps } from './steps.ts'
import type { UserModule } from './user-module.ts'

/** What made a call: an open call, or one that has ended and of which only the name is left. */
export type Caller = Frame | EndedCall

export class EndedCall {
  readonly ref: ActivityRef
  readonly component: ComponentVersion | undefined

  constructor(ref: ActivityRef, component: ComponentVersion | undefined) {
    this.ref = ref
    this.component = component
  }

  whenDecided(then: (ref: ActivityRef) => void): void {
    then(this.ref)
  }
}

/**
 * Where an argument came from, as far as its object is followed: a value that was emitted, a call whose fate is
 * still open, a group, or unknown.
 */
export type Link = number | Frame | CallGroupTotals | undefined

/** The process whose journal describes a call, as far as the call's fate needs it. */
export interface FrameHome {
  readonly process: Process
  readonly modules: ReadonlyMap<number, UserModule>
  readonly language: Language
  readonly objects: Objects<Frame>
  /** The call is emitted or folded: only its number is remembered. */
  leave(frame: Frame): void
}

/**
 * A call from its start until it is emitted or folded into a group. Which of the two is its *fate*; what refers to
 * the call waits for it.
 */
export class Frame implements CallCost {
  readonly n: number
  /** The process whose journal describes it, and its id there; the execution of a program has no id. */
  readonly home: FrameHome
  readonly id: number
  readonly pair: ComponentPair
  readonly caller: Caller | undefined
  readonly startedAt: number
  process: Process
  calledFrom: string | undefined
  thread: number | undefined

  /** Of a program: the module of a library that started it. */
  library: string | undefined
  /** The order of what it started. */
  steps: Steps | undefined

  endedAt: number | undefined
  status: Status = 'Interrupted'
  cpu: number | undefined
  peak: number | undefined
  /** Resident bytes when it began. */
  level: number | undefined
  exitCode: number | undefined
  commandLine: readonly string[] | undefined
  exception: { type: string; message: string | undefined; raisedAt: string | undefined } | undefined

  /** As they came, until the fate is decided. */
  given: readonly JournalValue[] | undefined
  /** The object that a constructor makes, its first argument. */
  made: JournalValue | undefined
  defaults: readonly number[] | undefined
  links: Link[] | undefined
  arguments: Argument[] = []
  outputs: number[] = []
  received: number[] = []
  usedFiles: Set<number> | undefined
  metadata: Metadata[] = []
  gaps: Gap[] = []

  /** Wall nanoseconds of the recorded calls it waited for, and of its own suspensions. */
  elsewhere = 0
  suspendedAt: number | undefined
  /** Values a generator has yielded, and the one that stands for those beyond the first few. */
  yields = 0
  otherYields: { n: number; types: Set<string>; count: number } | undefined

  /** How many of its component's lists of the slowest and largest it is on. */
  claims = 0
  /** Undecided calls whose value it got. */
  receivedFrom: Set<Frame> | undefined
  /** Groups it called, and those it got values from. */
  calledGroups: Set<CallGroupTotals> | undefined
  receivedGroups: Set<CallGroupTotals> | undefined

  /** What it returned, while its fate is open, and the number of that value once it has one. */
  result: ValueFacts | undefined
  resultNumber: number | undefined

  /** It has ended, and was emitted or folded. */
  isEmitted = false
  ref: ActivityRef | undefined
  #waiting: ((ref: ActivityRef) => void)[] = []

  constructor(
    n: number,
    home: FrameHome,
    id: number,
    pair: ComponentPair,
    caller: Caller | undefined,
    startedAt: number,
  ) {
    this.n = n
    this.home = home
    this.id = id
    this.pair = pair
    this.process = home.process
    this.caller = caller
    this.startedAt = startedAt
  }

  get component(): ComponentVersion {
    return this.pair.component
  }

  get isKept(): boolean {
    return this.ref !== undefined && 'call' in this.ref
  }

  get wall(): number | undefined {
    return this.endedAt === undefined ? undefined : Math.max(0, this.endedAt - this.startedAt)
  }

  /** Bytes that it added to what the process held before. */
  get added(): number | undefined {
    const { peak, level } = this
    return peak === undefined || level === undefined ? undefined : Math.max(0, peak - level)
  }

  /** How much waits for the fate. */
  get waiting(): number {
    return this.#waiting.length
  }

  whenDecided(then: (ref: ActivityRef) => void): void {
    if (this.ref === undefined) this.#waiting.push(then)
    else then(this.ref)
  }

  decide(ref: ActivityRef): void {
    this.ref = ref
    const waiting = this.#waiting
    this.#waiting = []
    for (const then of waiting) then(ref)
  }

  /** Whether it ran inside another call, however deep. */
  isInside(other: Frame): boolean {
    let caller: Caller | undefined = this
    while (caller instanceof Frame) {
      if (caller === other) return true
      caller = caller.caller
    }
    return false
  }

  /** Drops what was emitted. Other calls may still refer to this one: it must not keep much memory alive. */
  forget(): void {
    this.given = undefined
    this.made = undefined
    this.links = undefined
    this.arguments = []
    this.outputs = []
    this.received = []
    this.receivedFrom = undefined
    this.result = undefined
    this.receivedGroups = undefined
    this.calledGroups = undefined
    this.metadata = []
    this.gaps = []
  }
}
