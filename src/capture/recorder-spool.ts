import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { RecorderLine } from '../journal/line.ts'
import { recorderSpool } from '../journal/spool-names.ts'
import type { Clock } from './clock.ts'

/**
 * The recorder's own spool. Every line goes to the kernel before `append` returns, so what was appended survives the
 * recorder's death. A line that cannot be written never stops the recorded program: `failure` keeps the first reason.
 */
export class RecorderSpool {
  readonly path: string
  failure: unknown
  readonly #descriptor: number
  readonly #clock: Clock
  #zero: bigint

  constructor(journal: string, clock: Clock) {
    this.path = join(journal, recorderSpool)
    this.#clock = clock
    this.#zero = clock.monotonic()
    this.#descriptor = openSync(this.path, 'a')
  }

  /** Makes now the zero of every `at` after it. @returns now, on the monotonic clock. */
  begin(): bigint {
    this.#zero = this.#clock.monotonic()
    return this.#zero
  }

  /** Nanoseconds since `begin`. */
  at(): number {
    return Number(this.#clock.monotonic() - this.#zero)
  }

  append(line: RecorderLine): void {
    if (this.failure !== undefined) return
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`)
    try {
      let written = 0
      while (written < bytes.length) written += writeSync(this.#descriptor, bytes, written)
    } catch (error) {
      this.failure = error
    }
  }

  close(): void {
    try {
      fsyncSync(this.#descriptor)
    } catch (error) {
      this.failure ??= error
    }
    closeSync(this.#descriptor)
  }
}
