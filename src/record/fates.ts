import type { Bounds } from './bounds.ts'
import { CallGroupTotals } from './call-group-totals.ts'
import type { DataFlow } from './data-flow.ts'
import { Frame } from './frame.ts'
import type { ComponentPair } from './component-pair.ts'
import type { Call, Process, RunListener } from './run.ts'
import type { Values } from './values.ts'

/** How many things may wait for a call's fate. When there are more, the call is kept. */
const mostWaiting = 1000

/** Decides for each call whether it is kept or joins a group, and emits the calls that are kept. */
export class Fates {
  readonly groups: CallGroupTotals[]
  readonly #listener: RunListener
  readonly #values: Values
  readonly #flow: DataFlow
  readonly #bounds: Bounds
  readonly #timeOf: (at: number) => bigint
  /** By the pair, and the number of the process that they ran in. */
  readonly #groupsOf = new Map<ComponentPair, Map<number, CallGroupTotals>>()

  constructor(details: {
    listener: RunListener
    values: Values
    flow: DataFlow
    groups: CallGroupTotals[]
    bounds: Bounds
    timeOf: (at: number) => bigint
  }) {
    this.#listener = details.listener
    this.#values = details.values
    this.#flow = details.flow
    this.groups = details.groups
    this.#bounds = details.bounds
    this.#timeOf = details.timeOf
  }

  keep(frame: Frame): void {
    if (frame.ref !== undefined) return
    this.#flow.bind(frame, frame.home.objects)
    this.#flow.keepResult(frame, frame.home.objects)
    frame.decide({ call: frame.n })
  }

  /** For a call that made more than a result before it ended: the first few such of a pair are kept. */
  decideEarly(frame: Frame): void {
    if (frame.ref !== undefined) return
    if (frame.pair.decidedEarly++ < this.#bounds.first) this.keep(frame)
    else this.#fold(frame)
  }

  /** A call has ended and everything about it is known. */
  conclude(frame: Frame): void {
    frame.steps?.settle()
    frame.pair.add(frame)
    const { caller } = frame
    if (caller instanceof Frame && caller.thread === frame.thread) caller.elsewhere += frame.wall ?? 0
    for (const evicted of this.#bounds.rank(frame)) this.#foldEnded(evicted)
    if (frame.isKept) this.emit(frame)
    else if (frame.ref !== undefined || frame.claims === 0) this.#foldEnded(frame)
  }

  /** Emits a kept call, as soon as it is known what called it. */
  emit(frame: Frame): void {
    const stand = frame.otherYields
    if (stand !== undefined) this.#values.emitStand(stand.n, stand.types, stand.count, { call: frame.n })
    const call = this.#read(frame)
    frame.home.leave(frame)
    const { caller } = frame
    if (caller === undefined) {
      this.#listener.call(call)
      return
    }
    caller.whenDecided((ref) => this.#listener.call({ ...call, caller: ref }))
    if (caller instanceof Frame && caller.waiting > mostWaiting) this.#keepNow(caller)
  }

  groupOf(pair: ComponentPair, process: Process): CallGroupTotals {
    let groups = this.#groupsOf.get(pair)
    if (groups === undefined) this.#groupsOf.set(pair, (groups = new Map()))
    let group = groups.get(process.n)
    if (group === undefined) {
      group = new CallGroupTotals(this.groups.length + 1, pair, process, this.#values)
      this.groups.push(group)
      groups.set(process.n, group)
    }
    return group
  }

  #keepNow(frame: Frame): void {
    this.keep(frame)
    if (frame.endedAt !== undefined) this.emit(frame)
  }

  #foldEnded(frame: Frame): void {
    this.#fold(frame)
    this.groupOf(frame.pair, frame.process).add(frame)
    frame.home.leave(frame)
  }

  #fold(frame: Frame): void {
    if (frame.ref !== undefined) return
    const group = this.groupOf(frame.pair, frame.process)
    this.#flow.fold(frame, group, frame.home.objects)
    frame.decide(group.ref)
    const { caller } = frame
    if (!(caller instanceof Frame)) {
      caller?.whenDecided((ref) => group.addCaller(ref))
      return
    }
    const called = (caller.calledGroups ??= new Set())
    if (called.has(group)) return
    called.add(group)
    caller.whenDecided((ref) => group.addCaller(ref))
  }

  #read(frame: Frame): Call {
    const { wall } = frame
    return {
      n: frame.n,
      component: frame.component,
      process: frame.process,
      caller: undefined,
      calledFrom: frame.calledFrom,
      startedAt: this.#timeOf(frame.startedAt),
      endedAt: frame.endedAt === undefined ? undefined : this.#timeOf(frame.endedAt),
      status: frame.status,
      wall: wall === undefined ? undefined : BigInt(wall),
      cpu: frame.cpu === undefined ? undefined : BigInt(frame.cpu),
      peakMemory: frame.peak,
      addedMemory: frame.added,
      exitCode: frame.exitCode,
      commandLine: frame.commandLine,
      exception: frame.exception,
      arguments: frame.arguments,
      outputs: frame.outputs,
      received: this.#flow.received(frame),
      usedFiles: frame.usedFiles === undefined ? [] : [...frame.usedFiles],
      metadata: frame.metadata,
      gaps: frame.gaps,
    }
  }
}
