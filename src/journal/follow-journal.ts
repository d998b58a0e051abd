import { open, readdir } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { JournalLine } from './line.ts'
import { parseLine } from './parse-line.ts'
import { SpoolText } from './spool-text.ts'
import { isAgentSpool, spoolName } from './spool-names.ts'

const blockBytes = 256 << 10

/** A line as it was read from a spool that may still be growing. */
export interface FollowedLine {
  /** Name of the spool, without .jsonl. */
  spool: string
  line: JournalLine
}

export interface FollowOptions {
  /** Aborting ends the iteration, after one last look at everything that has been written until then. */
  signal: AbortSignal
  /** Pause between looks when nothing was new, in milliseconds. */
  pause?: number
}

/**
 * The lines of all agents' spools in a folder as they are appended, new spools included; lines of one spool
 * come in order, spools in turn. A torn tail is waited for, never told.
 * @throws JournalError at a whole line that breaks the contract.
 */
export async function* followJournal(
  folder: string,
  options: FollowOptions,
): AsyncGenerator<FollowedLine, void, void> {
  const { signal, pause = 20 } = options
  const tails = new Map<string, SpoolTail>()
  try {
    for (;;) {
      const last = signal.aborted
      let quiet = true
      for (const name of (await readdir(folder)).filter(isAgentSpool).sort()) {
        if (!tails.has(name)) tails.set(name, await SpoolTail.open(join(folder, name)))
      }
      for (const [name, tail] of tails) {
        const spool = spoolName(name)
        for await (const line of tail.read()) {
          quiet = false
          yield { spool, line }
        }
      }
      if (last) return
      if (quiet) await sleep(pause, undefined, { signal }).catch(() => undefined)
    }
  } finally {
    for (const tail of tails.values()) await tail.close()
  }
}

class SpoolTail {
  readonly #file: string
  readonly #handle: FileHandle
  readonly #text = new SpoolText()
  #line = 0

  private constructor(file: string, handle: FileHandle) {
    this.#file = file
    this.#handle = handle
  }

  static async open(file: string): Promise<SpoolTail> {
    return new SpoolTail(file, await open(file, 'r'))
  }

  /** What was appended since the last look. */
  async *read(): AsyncGenerator<JournalLine, void, void> {
    // One block a look at least; a preallocated spool shows its growth only in its bytes.
    const block = Buffer.allocUnsafe(blockBytes)
    this.#text.dropRest()
    let position = this.#text.consumed
    for (;;) {
      const { bytesRead } = await this.#handle.read(block, 0, blockBytes, position)
      if (bytesRead === 0) return
      position += bytesRead
      for (const text of this.#text.take(block.subarray(0, bytesRead))) {
        yield parseLine(text, this.#file, ++this.#line)
      }
      if (this.#text.reachedPadding) return
    }
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}
