import { readdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { AgentLine } from '../journal/line.ts'
import { isAgentSpool, spoolName } from '../journal/spool-names.ts'

/** Small at first, since a spool may be allocated far ahead of its last line. */
const firstChunk = 16 << 10
const chunk = 256 << 10
const newline = 0x0a

interface Tail {
  file: FileHandle
  /** Bytes of whole lines taken so far. */
  offset: number
}

/**
 * Reads what agents append to the spools of a journal, while they do. Only lines of the kinds asked for are parsed:
 * of a million calls' lines the recorder needs the few about files.
 */
export class SpoolFollower {
  readonly #journal: string
  readonly #pattern: RegExp
  readonly #kinds: ReadonlySet<string>
  readonly #emit: (line: AgentLine, spool: string) => void
  readonly #tails = new Map<string, Tail>()
  /** One for all: ten new ones a second would make the engine look for garbage when the program ends. */
  #buffer = Buffer.allocUnsafeSlow(firstChunk)

  constructor(journal: string, kinds: readonly string[], emit: (line: AgentLine, spool: string) => void) {
    this.#journal = journal
    this.#kinds = new Set(kinds)
    // Inside a JSON string the quotes would be escaped, so a match is a key. The parsed line shows whose.
    this.#pattern = new RegExp(`"kind": ?"(?:${kinds.join('|')})"`, 'g')
    this.#emit = emit
  }

  /**
   * Emits every whole line that was appended since the last time.
   * @returns whether there were any, of whatever kind
   */
  async poll(): Promise<boolean> {
    let hasGrown = false
    for (const name of readdirSync(this.#journal)) {
      if (!isAgentSpool(name)) continue
      let tail = this.#tails.get(name)
      if (tail === undefined) {
        tail = { file: await open(join(this.#journal, name)), offset: 0 }
        this.#tails.set(name, tail)
      }
      const { offset } = tail
      await this.#take(tail, spoolName(name))
      hasGrown ||= tail.offset > offset
    }
    return hasGrown
  }

  async close(): Promise<void> {
    for (const { file } of this.#tails.values()) await file.close()
    this.#tails.clear()
  }

  async #take(tail: Tail, spool: string): Promise<void> {
    const { size } = await tail.file.stat()
    let length = Math.min(firstChunk, size - tail.offset)
    while (length > 0) {
      if (this.#buffer.length < length) this.#buffer = Buffer.allocUnsafeSlow(length)
      const { bytesRead } = await tail.file.read(this.#buffer, 0, length, tail.offset)
      const bytes = this.#buffer.subarray(0, bytesRead)
      // A spool may be allocated ahead of what is written: zeros follow its last line.
      const zero = bytes.indexOf(0)
      const end = bytes.lastIndexOf(newline, zero === -1 ? undefined : zero)
      if (end === -1) {
        // One line longer than the chunk (a module's source, say), nothing whole yet, or cut off since we looked at its size.
        if (zero !== -1 || bytesRead < length || tail.offset + bytesRead >= size) return
        length = Math.min(length * 2, size - tail.offset)
        continue
      }
      this.#scan(bytes.subarray(0, end + 1), spool)
      tail.offset += end + 1
      if (zero !== -1) return
      length = Math.min(chunk, size - tail.offset)
    }
  }

  #scan(bytes: Buffer, spool: string): void {
    const text = bytes.toString('latin1')
    this.#pattern.lastIndex = 0
    for (let match = this.#pattern.exec(text); match !== null; match = this.#pattern.exec(text)) {
      const begin = text.lastIndexOf('\n', match.index) + 1
      const end = text.indexOf('\n', match.index)
      this.#pattern.lastIndex = end
      const line = parse(bytes.toString('utf8', begin, end))
      if (line !== undefined && this.#kinds.has(line.kind)) this.#emit(line, spool)
    }
  }
}

/** A line that is not JSON is left to the reader of the journal, who says so with its place. */
function parse(text: string): AgentLine | undefined {
  try {
    return JSON.parse(text) as AgentLine
  } catch {
    return undefined
  }
}
