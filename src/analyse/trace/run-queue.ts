import { compareTimes } from '../../compare-times.ts'
import type { Direction, Strength, TraceEdge } from './trace.ts'

/** A way into the record of a run: to one of its nodes, or to those of its files that hold a content. */
export interface Entry {
  /** What led here, outside of the run; absent where the walk begins. */
  from?: string
  to: { node: string } | { content: string; files: 'made' | 'read' | 'all'; url: string | undefined }
  relation: TraceEdge['relation']
  strength: Strength
  /** Hops from the start to what is entered. */
  depth: number
}

/**
 * Runs whose records are still to be opened, and the ways into each. Back in time the latest comes first, onward the
 * earliest: so nearly every run is opened once, when all ways into it are known.
 */
export class RunQueue {
  readonly #direction: Direction
  readonly #entries = new Map<string, Map<string, Entry>>()
  readonly #started = new Map<string, string>()
  readonly #waiting = new Set<string>()
  readonly #deadEnds = new Set<string>()

  constructor(direction: Direction) {
    this.#direction = direction
  }

  /** How many runs wait. */
  get size(): number {
    return this.#waiting.size
  }

  /** Remembers that a run need not be opened again for these, whatever leads to them. */
  close(run: string, ways: readonly Entry['to'][]): void {
    for (const way of ways) this.#deadEnds.add(JSON.stringify([run, way]))
  }

  /** @param started when the run did; empty where that is not known */
  add(run: string, started: string, entry: Entry): void {
    if (this.#deadEnds.has(JSON.stringify([run, entry.to]))) return
    const entries = this.#entries.get(run) ?? new Map<string, Entry>()
    this.#entries.set(run, entries)
    this.#started.set(run, started)
    const key = JSON.stringify([entry.from, entry.to])
    const known = entries.get(key)
    if (known !== undefined && !isBetter(entry, known)) return
    entries.set(key, entry)
    this.#waiting.add(run)
  }

  /** The next run with all ways into it, those that it was opened by before included. */
  take(): { run: string; entries: readonly Entry[] } | undefined {
    let next: string | undefined
    for (const run of this.#waiting) if (next === undefined || this.#isBefore(run, next)) next = run
    if (next === undefined) return undefined
    this.#waiting.delete(next)
    return { run: next, entries: [...this.#entries.get(next)!.values()] }
  }

  #isBefore(one: string, other: string): boolean {
    const order = compareTimes(this.#started.get(one)!, this.#started.get(other)!) || (one < other ? -1 : 1)
    return this.#direction === 'lineage' ? order > 0 : order < 0
  }
}

function isBetter(entry: Entry, known: Entry): boolean {
  if (entry.strength !== known.strength) return entry.strength === 'seen'
  return entry.depth < known.depth
}
