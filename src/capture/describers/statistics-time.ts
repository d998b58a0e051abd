import type { Bytes } from './describer.ts'

/** Thrown by a read of a file whose statistics have taken their time: what was read until then is what is told. */
export class OutOfTime extends Error {}

/** Milliseconds for one file, and for all of a run: their hashes are waited for, but not their statistics. */
const ofFile = 2_000
const ofRun = 30_000

/** Bounds the time that is spent on looking into files. */
export class StatisticsTime {
  readonly #now: () => number
  readonly #ofFile: number
  #left: number

  constructor(now = () => performance.now(), { file = ofFile, run = ofRun } = {}) {
    this.#now = now
    this.#ofFile = file
    this.#left = run
  }

  /** Runs something that reads a file, whose reads throw once its time is over. */
  async spend<T>(file: Bytes, read: (file: Bytes) => Promise<T>): Promise<T> {
    const begun = this.#now()
    const until = begun + Math.min(this.#ofFile, this.#left)
    try {
      return await read({
        read: async (...where) => {
          if (this.#now() > until) throw new OutOfTime()
          return file.read(...where)
        },
      })
    } finally {
      this.#left = Math.max(0, this.#left - (this.#now() - begun))
    }
  }
}
