import { setImmediate } from 'node:timers/promises'
import { hashFile } from './hash-file.ts'
import type { HashOptions, Hashed } from './hash-file.ts'
import type { JournalText, Stat } from '../../journal/line.ts'

/** Two at a time: one reads the disk while the other computes. */
const atOnce = 2
/** Files between which signals, timers and progress get their turn. */
const inARow = 16

interface Wanted {
  path: JournalText
  seen: Stat | undefined
}

/** Hashes files one after the other while the program runs, each state of a path once. */
export class FileHasher {
  /** Bytes read so far, and files still to be read. */
  readonly done = { bytes: 0, files: 0 }
  readonly #options: HashOptions
  readonly #emit: (path: JournalText, hashed: Hashed) => void
  readonly #asked = new Set<string>()
  readonly #queue: Wanted[] = []
  #working = 0
  #idle: (() => void)[] = []

  constructor(options: HashOptions, emit: (path: JournalText, hashed: Hashed) => void) {
    this.#options = { ...options, progress: (bytes) => (this.done.bytes += bytes) }
    this.#emit = emit
  }

  get waiting(): number {
    return this.#queue.length + this.#working
  }

  /** @param seen the state to hash; absent: whatever is there. */
  want(path: JournalText, seen: Stat | undefined): void {
    if (this.#asked.has(nameOf(path, seen))) return
    this.skip(path, seen)
    this.#queue.push({ path, seen })
    if (this.#working < atOnce) void this.#work()
  }

  /** What is known already. */
  skip(path: JournalText, seen: Stat | undefined): void {
    this.#asked.add(nameOf(path, seen))
  }

  /** Resolves when all that was wanted has been hashed and emitted. */
  async drain(): Promise<void> {
    if (this.waiting > 0) await new Promise<void>((resolve) => this.#idle.push(resolve))
  }

  async #work(): Promise<void> {
    this.#working++
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      const hashed = await hashFile(next.path, next.seen, this.#options)
      if (++this.done.files % inARow === 0) await setImmediate()
      // The agent has read it itself before it was changed.
      if (hashed.because === undefined || next.seen?.sha256 === undefined) this.#emit(next.path, hashed)
    }
    this.#working--
    if (this.#working > 0) return
    for (const resolve of this.#idle.splice(0)) resolve()
  }
}

function nameOf(path: JournalText, seen: Stat | undefined): string {
  return JSON.stringify([path, seen?.size, seen?.modified])
}
