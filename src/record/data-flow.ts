import type { JournalValue } from '../journal/line.ts'
import { CallGroupTotals } from './call-group-totals.ts'
import { Frame } from './frame.ts'
import type { Caller, Link } from './frame.ts'
import { describeValue } from './literals.ts'
import type { ValueFacts } from './literals.ts'
import type { Objects } from './objects.ts'
import type { ActivityRef } from './run.ts'
import { returned } from './values.ts'
import type { Values } from './values.ts'

/**
 * Follows objects from the calls that returned or changed them to the calls that got them, by the ids that the
 * agent gave them. A value is emitted only if a kept call made or got it; what folded calls made belongs to their
 * group.
 */
export class DataFlow {
  readonly #values: Values
  readonly #groups: readonly CallGroupTotals[]

  constructor(values: Values, groups: readonly CallGroupTotals[]) {
    this.#values = values
    this.#groups = groups
  }

  /** Sees where each argument of a starting call came from: later it may have changed. */
  link(frame: Frame, objects: Objects<Frame>): void {
    frame.given?.forEach((value, position) => {
      const id = idOf(value)
      if (id === undefined) return
      const link = this.#find(objects, id)
      if (link === undefined) return
      ;(frame.links ??= [])[position] = link
      const maker = link instanceof Frame ? link.pair.n : objects.maker.get(id)
      if (maker > 0) frame.pair.informedBy.add(maker)
    })
  }

  /** Gives the arguments of a kept call their values. */
  bind(frame: Frame, objects: Objects<Frame>): void {
    const { given, links, defaults } = frame
    given?.forEach((value, position) => {
      const facts = describeValue(value, frame.home.language.typeNames)
      if (facts === undefined) {
        const name = frame.component.parameters[position]?.name ?? String(position)
        frame.gaps.push({ reason: `argument ${name} was not captured` })
        return
      }
      const n = this.#valueOf(facts, links?.[position], objects)
      frame.arguments.push({ position, value: n, isDefault: defaults?.includes(position) ?? false })
    })
    frame.given = undefined
    frame.links = undefined
  }

  /** Gives a call, whose fate is decided, an option of the command line. */
  bindOption(frame: Frame, position: number, value: JournalValue, isDefault: boolean): void {
    const facts = describeValue(value, frame.home.language.typeNames)
    if (facts === undefined) return
    frame.arguments.push({ position, value: this.#values.shared(facts), isDefault })
  }

  /** A value that a call gave its caller: returned, or yielded by a generator. */
  give(frame: Frame, facts: ValueFacts, objects: Objects<Frame>): void {
    const { id } = facts
    let revisionOf: number | undefined
    if (id !== undefined) {
      const known = this.#find(objects, id)
      if (known !== undefined || passesOn(frame, id)) {
        const before = objects.fingerprint.get(id)
        if (known === undefined || before === facts.fingerprint || before === 0 || facts.fingerprint === 0) {
          if (known !== undefined) this.#deliver(frame.caller, known)
          return
        }
        if (typeof known === 'number') revisionOf = known
      }
    }
    if (frame.isKept) this.#make(frame, facts, returned, objects, id, revisionOf)
    else if (frame.ref !== undefined) this.#makeInGroup(frame, facts, objects, id)
    else {
      frame.result = facts
      if (id !== undefined) {
        objects.undecided.set(id, frame)
        objects.fingerprint.set(id, facts.fingerprint)
      }
      this.#deliver(frame.caller, frame)
    }
  }

  /** Whether an object is followed, and neither came into the call nor was made by one before. */
  isNew(frame: Frame, { id }: ValueFacts, objects: Objects<Frame>): boolean {
    return id !== undefined && this.#find(objects, id) === undefined && !passesOn(frame, id)
  }

  /** Arguments that a call changed in place: new values, revisions of what they were. */
  change(frame: Frame, changed: readonly (readonly [number, JournalValue])[], objects: Objects<Frame>): void {
    for (const [position, value] of changed) {
      const facts = describeValue(value, frame.home.language.typeNames)
      if (facts === undefined) continue
      const given = frame.given?.[position]
      const id = facts.id ?? (given === undefined ? undefined : idOf(given))
      if (frame.isKept) {
        const before = frame.arguments.find((argument) => argument.position === position)?.value
        this.#make(frame, facts, position, objects, id, before)
      } else this.#makeInGroup(frame, facts, objects, id)
    }
  }

  /** A kept generator's values beyond the first few: one node stands for them. */
  giveMore(frame: Frame, facts: ValueFacts, objects: Objects<Frame>): void {
    if (frame.otherYields === undefined) {
      frame.otherYields = { n: this.#values.reserve(), types: new Set(), count: 0 }
      frame.outputs.push(frame.otherYields.n)
      this.#deliver(frame.caller, frame.otherYields.n)
    }
    const stand = frame.otherYields
    stand.types.add(facts.type)
    stand.count++
    if (facts.id !== undefined) objects.set(facts.id, stand.n, frame.pair.n, facts.fingerprint)
  }

  /** The result of a call that is now kept. */
  keepResult(frame: Frame, objects: Objects<Frame>): void {
    const facts = frame.result
    if (facts === undefined) return
    const n = (frame.resultNumber ??= this.#values.reserve())
    this.#values.emit(n, facts, { call: frame.n }, returned)
    frame.outputs.push(n)
    this.#settle(frame, facts, objects, n)
  }

  /** Values of a call that is now in a group: what it used and got counts as the group's, its result too. */
  fold(frame: Frame, group: CallGroupTotals, objects: Objects<Frame>): void {
    frame.given?.forEach((value, position) => {
      const link = frame.links?.[position]
      if (link === undefined) {
        if (isOpaque(value)) group.addInput(position, value, frame.home.language.typeNames)
      } else this.#whenNumbered(link, (n) => group.usedValues.add(n))
    })
    for (const n of frame.received) group.received.add(n)
    for (const from of frame.receivedFrom ?? []) this.#whenNumbered(from, (n) => group.received.add(n))
    const facts = frame.result
    if (facts === undefined) return
    group.addResult(facts.type)
    if (frame.resultNumber !== undefined) this.#values.emit(frame.resultNumber, facts, group.ref, returned)
    this.#settle(frame, facts, objects, frame.resultNumber ?? -group.n)
  }

  /** All values that callees returned into a call that is about to be emitted. */
  received(frame: Frame): number[] {
    for (const from of frame.receivedFrom ?? []) frame.received.push(this.#promise(from))
    return [...new Set(frame.received)]
  }

  #valueOf(facts: ValueFacts, link: Link, objects: Objects<Frame>): number {
    const { id } = facts
    if (id === undefined) return this.#values.shared(facts)
    if (typeof link === 'number') return this.#revise(link, id, facts, objects)
    if (link instanceof Frame && link.ref === undefined) return this.#promise(link)
    const now = objects.value.get(id)
    if (now > 0) return this.#revise(now, id, facts, objects)
    const maker = objects.maker.get(id)
    const group = link === undefined ? undefined : this.#groups[-now - 1]
    if (group === undefined && facts.literal !== undefined && facts.literal.type !== 'json') {
      return this.#values.shared(facts)
    }
    const n = this.#values.fresh(facts, group?.ref, group === undefined ? undefined : returned)
    objects.set(id, n, maker, facts.fingerprint)
    return n
  }

  /** The object may have been changed by code that is not recorded: then it is another value. */
  #revise(n: number, id: number, facts: ValueFacts, objects: Objects<Frame>): number {
    if (objects.value.get(id) !== n || facts.fingerprint === 0) return n
    const before = objects.fingerprint.get(id)
    if (before === facts.fingerprint) return n
    if (before === 0) {
      objects.fingerprint.set(id, facts.fingerprint)
      return n
    }
    const revised = this.#values.fresh(facts, undefined, undefined, n)
    objects.set(id, revised, objects.maker.get(id), facts.fingerprint)
    return revised
  }

  #make(
    frame: Frame,
    facts: ValueFacts,
    as: number,
    objects: Objects<Frame>,
    id: number | undefined,
    revisionOf: number | undefined,
  ): void {
    const n = this.#values.fresh(facts, { call: frame.n }, as, revisionOf)
    frame.outputs.push(n)
    if (as === returned) frame.resultNumber = n
    if (id !== undefined) objects.set(id, n, frame.pair.n, facts.fingerprint)
    this.#deliver(frame.caller, n)
  }

  #makeInGroup(frame: Frame, facts: ValueFacts, objects: Objects<Frame>, id: number | undefined): void {
    const group = this.#groupOf(frame.ref)
    if (group === undefined) return
    group.addResult(facts.type)
    if (id !== undefined) objects.set(id, -group.n, frame.pair.n, facts.fingerprint)
    this.#deliver(frame.caller, group)
  }

  #settle(frame: Frame, facts: ValueFacts, objects: Objects<Frame>, value: number): void {
    if (facts.id !== undefined && objects.undecided.get(facts.id) === frame) {
      objects.set(facts.id, value, frame.pair.n, facts.fingerprint)
    }
  }

  #find(objects: Objects<Frame>, id: number): Link {
    const undecided = objects.undecided.get(id)
    if (undecided !== undefined) return undecided
    const value = objects.value.get(id)
    if (value > 0) return value
    return value < 0 ? this.#groups[-value - 1] : undefined
  }

  /** The number that the result of an undecided call has, or will have if somebody asks. */
  #promise(frame: Frame): number {
    return (frame.resultNumber ??= this.#values.reserve())
  }

  #whenNumbered(link: number | Frame | CallGroupTotals, then: (n: number) => void): void {
    if (typeof link === 'number') then(link)
    else if (link instanceof CallGroupTotals) then(link.result)
    else {
      link.whenDecided((ref) => {
        const n = link.resultNumber ?? this.#groupOf(ref)?.result
        if (n !== undefined) then(n)
      })
    }
  }

  #deliver(to: Caller | undefined, what: number | Frame | CallGroupTotals): void {
    if (!(to instanceof Frame)) return
    const group = to.isKept ? undefined : this.#groupOf(to.ref)
    if (group !== undefined) this.#whenNumbered(what, (n) => group.received.add(n))
    else if (typeof what === 'number') to.received.push(what)
    else if (what instanceof CallGroupTotals) {
      const groups = (to.receivedGroups ??= new Set())
      if (!groups.has(what)) to.received.push(what.result)
      groups.add(what)
    } else if (what.ref !== undefined) {
      this.#whenNumbered(what, (n) => to.received.push(n))
    } else {
      ;(to.receivedFrom ??= new Set()).add(what)
      what.whenDecided((ref) => {
        if (to.receivedFrom?.delete(what) !== true) return
        const folded = what.resultNumber === undefined ? this.#groupOf(ref) : undefined
        this.#deliver(to, folded ?? what)
      })
    }
  }

  #groupOf(ref: ActivityRef | undefined): CallGroupTotals | undefined {
    return ref !== undefined && 'group' in ref ? this.#groups[ref.group - 1] : undefined
  }
}

function idOf(value: JournalValue): number | undefined {
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
}

/** An object whose content is not in the journal in full. */
function isOpaque(value: JournalValue): boolean {
  if (typeof value !== 'object' || value === null) return false
  return value.$ === 'object' || ((value.$ === 'text' || value.$ === 'bytes') && value.id !== undefined)
}

/** Whether a call gives back an object that it got, as it was. */
function passesOn(frame: Frame, id: number): boolean {
  return frame.given?.some((value) => idOf(value) === id) ?? false
}
