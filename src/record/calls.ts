import type {
  CountLine,
  JournalValue,
  RaiseLine,
  ReturnLine,
  StartLine,
  ResumeLine,
  SuspendLine,
} from '../journal/line.ts'
import type { Bounds } from './bounds.ts'
import type { Components } from './components.ts'
import type { DataFlow } from './data-flow.ts'
import type { Fates } from './fates.ts'
import { EndedCall, Frame } from './frame.ts'
import type { Caller } from './frame.ts'
import type { JournaledProcess } from './journaled-process.ts'
import { Pairs } from './pairs.ts'
import type { Language } from './languages/language.ts'
import type { Qualities } from './qualities.ts'
import type { ComponentVersion } from './run.ts'
import { Steps } from './steps.ts'
import { describeResult } from './values.ts'

/** Reads the lines about calls. Calls are numbered as they start. */
export class Calls {
  readonly pairs = new Pairs()
  #last = 0
  readonly #components: Components
  readonly #flow: DataFlow
  readonly #fates: Fates
  readonly #bounds: Bounds
  readonly #qualities: Qualities

  constructor(components: Components, flow: DataFlow, fates: Fates, bounds: Bounds, qualities: Qualities) {
    this.#components = components
    this.#flow = flow
    this.#fates = fates
    this.#bounds = bounds
    this.#qualities = qualities
  }

  start(home: JournaledProcess, line: StartLine, at: number): void {
    const component = this.#components.use(home, line.component)
    const frame = this.open(home, line.id, component, this.callerOf(home, line.caller), at)
    frame.calledFrom = this.#components.placeOf(home, line.from)
    frame.thread = line.thread
    frame.given = home.fields.completeAll(line.arguments)
    if (isConstructor(component, home.language)) frame.made = frame.given?.[0]
    frame.defaults = line.defaults
    frame.pair.settings.add(frame.given, line.defaults)
    frame.pair.last = frame
    home.frames.set(line.id, frame)
    home.root ??= frame
    this.#flow.link(frame, home.objects)
    if (frame === home.root || this.#bounds.keepsFromStart(frame.pair)) this.#fates.keep(frame)
  }

  /**
   * A call of which nothing is known yet but that it began.
   * @param library module of a library that started it, a program
   */
  open(
    home: JournaledProcess,
    id: number,
    component: ComponentVersion,
    caller: Caller | undefined,
    at: number,
    library?: string,
  ): Frame {
    const n = ++this.#last
    const pair = this.pairs.of(component, caller?.component, home.process, n)
    pair.recorded++
    pair.callCount++
    const frame = new Frame(n, home, id, pair, caller, at)
    frame.library = library
    if (library !== undefined) pair.startedByLibraries++
    if (caller instanceof Frame) (caller.steps ??= new Steps()).add(frame)
    return frame
  }

  end(home: JournaledProcess, line: ReturnLine | RaiseLine, at: number): void {
    const frame = openFrame(home, line.call)
    if (frame === undefined) return
    endSuspension(frame, at)
    frame.endedAt = at
    frame.cpu = line.cpu
    frame.peak = line.peak
    frame.level = line.level
    if (line.kind === 'raise') this.#fail(frame, line)
    const changed = line.changed ?? (line.kind === 'return' ? madeBy(frame) : [])
    if (changed.length > 0) this.#change(home, frame, changed)
    if (line.kind === 'return') this.#succeed(home, frame, line)
    if (frame === home.root) this.#giveOptions(home, frame)
    this.#fates.conclude(frame)
  }

  suspend(home: JournaledProcess, line: SuspendLine | ResumeLine, at: number): void {
    const frame = openFrame(home, line.call)
    if (frame === undefined) return
    endSuspension(frame, at)
    if (line.kind === 'resume') return
    frame.suspendedAt = at
    const value = line.value && home.fields.complete(line.value)
    const facts = describeResult(value, home.language.typeNames)
    if (facts === undefined) return
    this.#fates.decideEarly(frame)
    frame.yields++
    const isMore = frame.isKept && frame.yields > Math.max(1, this.#bounds.first)
    if (isMore) this.#flow.giveMore(frame, facts, home.objects)
    else this.#flow.give(frame, facts, home.objects)
  }

  /** Calls that the agent counted. */
  count(home: JournaledProcess, line: CountLine, at: number): void {
    const component = this.#components.use(home, line.component)
    const caller = this.callerOf(home, line.caller)
    const pair =
      this.pairs.find(component, caller?.component) ??
      this.pairs.of(component, caller?.component, home.process, ++this.#last)
    const group = this.#fates.groupOf(pair, home.process)
    caller?.whenDecided((ref) => group.addCaller(ref))
    const since = home.spool.zero + (line.since ?? line.at)
    pair.order.knownUntil = Math.min(pair.order.knownUntil, since)
    pair.addCounted(line)
    group.addCounted(line, since, at)
  }

  /**
   * The open call that an event with a trace of its own belongs to. It is kept from now on; where it is in a group
   * already, the nearest kept call around it stands in.
   */
  involve(home: JournaledProcess, call: number | undefined): Frame | undefined {
    const named = call === undefined ? undefined : home.frames.get(call)
    let caller: Caller | undefined = named ?? home.root ?? home.startedBy
    while (caller instanceof Frame && caller.ref !== undefined && !caller.isKept) caller = caller.caller
    if (!(caller instanceof Frame) || caller.isEmitted) return undefined
    this.#fates.keep(caller)
    return caller
  }

  /** Calls of a process that never ended, and those of which it was still open whether they are kept. */
  finish(home: JournaledProcess): void {
    for (const frame of [...home.frames.values()].reverse()) {
      this.#fates.keep(frame)
      if (frame === home.root && frame.endedAt === undefined) this.#giveOptions(home, frame)
      if (frame.endedAt === undefined) this.#fates.conclude(frame)
      else this.#fates.emit(frame)
    }
  }

  #change(home: JournaledProcess, frame: Frame, changed: readonly [number, JournalValue][]): void {
    this.#fates.decideEarly(frame)
    const values = changed.map(([position, value]) => [position, home.fields.complete(value)] as const)
    this.#flow.change(frame, values, home.objects)
  }

  /** The entry of a process gets what its command line says as parameters: they are known when it ends. */
  #giveOptions(home: JournaledProcess, frame: Frame): void {
    const values: JournalValue[] = []
    const defaults: number[] = []
    for (const option of home.options.read()) {
      const position = this.#components.optionOf(frame.component, option.name)
      const value = home.fields.complete(option.value)
      values[position] = value
      if (option.isDefault) defaults.push(position)
      this.#flow.bindOption(frame, position, value, option.isDefault)
    }
    if (values.length === 0) return
    frame.pair.settings.add(values, defaults)
    // What the run began with holds for all that was measured in it.
    if (home.startedBy === undefined) this.#qualities.addSettings(frame.pair.settings.current())
  }

  #fail(frame: Frame, line: RaiseLine): void {
    frame.status = 'Failed'
    frame.exception = {
      type: line.type,
      message: line.message,
      raisedAt: this.#components.placeOf(frame.home, line.raisedAt),
    }
    this.#fates.keep(frame)
  }

  #succeed(home: JournaledProcess, frame: Frame, line: ReturnLine): void {
    frame.status = 'Completed'
    const value = line.value && home.fields.complete(line.value)
    const result = describeResult(value, home.language.typeNames)
    if (result === undefined || value === undefined) return
    this.#giveElements(home, frame, line)
    if (this.#qualities.measures(frame, value)) this.#fates.keep(frame)
    this.#flow.give(frame, result, frame.home.objects)
    this.#qualities.addResult(frame, value)
  }

  /** The objects in what a call returned are its outputs too, where nobody made them before. */
  #giveElements(home: JournaledProcess, frame: Frame, { elements = [] }: ReturnLine): void {
    const facts = elements.flatMap(
      (element) => describeResult(home.fields.complete(element), home.language.typeNames) ?? [],
    )
    const fresh = facts.filter((each) => this.#flow.isNew(frame, each, home.objects))
    if (fresh.length > 0) this.#fates.decideEarly(frame)
    for (const each of fresh) this.#flow.give(frame, each, home.objects)
  }

  callerOf(home: JournaledProcess, id: number | undefined): Caller | undefined {
    if (id === undefined) return home.startedBy
    const open = home.frames.get(id)
    if (open !== undefined) return open
    const left = home.left.get(id)
    if (left === 0) return home.startedBy
    const component = this.#components.versions[home.leftComponents.get(id) - 1]
    return new EndedCall(left > 0 ? { call: left } : { group: -left }, component)
  }
}

/** A constructor makes the object that it gets: without this, objects of the user's would come from nowhere. */
function madeBy({ made }: Frame): readonly [number, JournalValue][] {
  return made === undefined ? [] : [[0, made]]
}

function isConstructor({ kind, code }: ComponentVersion, language: Language): boolean {
  return kind === 'Method' && code !== undefined && language.isConstructor(code.qualname)
}

function openFrame(home: JournaledProcess, call: number): Frame | undefined {
  const frame = home.frames.get(call)
  return frame?.endedAt === undefined ? frame : undefined
}

function endSuspension(frame: Frame, at: number): void {
  if (frame.suspendedAt === undefined) return
  frame.elsewhere += Math.max(0, at - frame.suspendedAt)
  frame.suspendedAt = undefined
}
