import { compareTimes } from '../../compare-times.ts'

/** Something that happened in a call's body, and when. */
export interface BodyEvent {
  /** Where the walk goes on from here. */
  to: string
  /** The call that started then; it has no part in what it itself made. */
  call: string
  start: string
}

/**
 * What of callers' bodies a walk has reached. A body is a line in time: back in time everything before some moment,
 * onward everything after one. So each event is let through once, however many calls of the body are reached.
 */
export class Bodies {
  readonly #backwards: boolean
  readonly #bodies = new Map<string, { moment: string | undefined; calls: Set<string> }>()
  readonly #events = new Map<string, BodyEvent[]>()
  readonly #changed = new Set<string>()

  constructor(backwards: boolean) {
    this.#backwards = backwards
  }

  /**
   * The walk is in this body at that moment, by this call; without one, at its end (or its beginning).
   *
   * @returns whether that is further than it was
   */
  enter(body: string, by?: { start: string; call: string }): boolean {
    const known = this.#bodies.get(body)
    if (known !== undefined && known.moment === undefined) return false
    const order = by === undefined || known?.moment === undefined ? 1 : this.#order(by.start, known.moment)
    if (order < 0) return false
    const calls = order === 0 ? (known?.calls ?? new Set<string>()) : new Set<string>()
    if (by !== undefined) calls.add(by.call)
    this.#bodies.set(body, { moment: by?.start, calls })
    this.#changed.add(body)
    return order > 0
  }

  /** Bodies that were entered further since the last time, and of those the ones whose events are not known yet. */
  takeChanged(): { changed: readonly string[]; unknown: readonly string[] } {
    const changed = [...this.#changed]
    this.#changed.clear()
    const unknown = changed.filter((body) => !this.#events.has(body))
    for (const body of unknown) this.#events.set(body, [])
    return { changed, unknown }
  }

  /** An event of a body that `takeChanged` gave as unknown. */
  add(body: string, event: BodyEvent): void {
    this.#events.get(body)?.push(event)
  }

  /** The events that are now within reach, each only once. */
  release(body: string): BodyEvent[] {
    const entered = this.#bodies.get(body)
    if (entered === undefined) return []
    const released: BodyEvent[] = []
    const kept = (this.#events.get(body) ?? []).filter((event) => {
      const reached = this.#reaches(entered, event)
      if (reached) released.push(event)
      return !reached
    })
    this.#events.set(body, kept)
    return released
  }

  #reaches(
    { moment, calls }: { moment: string | undefined; calls: ReadonlySet<string> },
    event: BodyEvent,
  ): boolean {
    if (moment === undefined) return true
    const order = this.#order(moment, event.start)
    return order > 0 || (order === 0 && !(calls.size === 1 && calls.has(event.call)))
  }

  /** Above 0 where the first is further on in the direction of entering. */
  #order(one: string, other: string): number {
    return this.#backwards ? compareTimes(one, other) : compareTimes(other, one)
  }
}
