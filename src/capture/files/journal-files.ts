import type { AgentLine, JournalText, Stat } from '../../journal/line.ts'
import { statFile } from './command-files.ts'
import type { FileHasher } from './file-hasher.ts'

/** Has the files in agents' lines hashed, in the states that the lines saw. */
export class JournalFiles {
  readonly #hasher: FileHasher
  /** Paths that were written, and whose state after that is in no line yet. */
  readonly #open = new Set<string>()
  readonly #read = new Set<string>()

  constructor(hasher: FileHasher) {
    this.#hasher = hasher
  }

  /** Whether a program was seen to read this file. */
  wasRead(path: JournalText): boolean {
    return this.#read.has(nameOf(path))
  }

  take(line: AgentLine): void {
    if (line.kind === 'wait') {
      for (const { path, op, stat } of line.files ?? []) {
        if (op === 'read') this.#read.add(nameOf(path))
        if (op !== 'remove') this.#saw(path, stat)
      }
      return
    }
    if (line.kind !== 'file') return
    const { op, path, to, stat } = line
    if (op === 'read') {
      this.#read.add(nameOf(path))
      this.#saw(path, stat)
    } else if (op === 'final') {
      this.#open.delete(nameOf(path))
      this.#saw(path, stat)
    } else if (op === 'write' || op === 'update') this.#open.add(nameOf(path))
    else {
      this.#open.delete(nameOf(path))
      if (op === 'rename' && to !== undefined) this.#open.add(nameOf(to))
    }
  }

  /** Hashes files whose writer was killed before it wrote down their last state. What is there now is that state. */
  close(): void {
    for (const path of this.#open) {
      const stat = statFile(path)
      if (stat !== undefined) this.#hasher.want(path, stat)
    }
    this.#open.clear()
  }

  #saw(path: JournalText, stat: Stat | undefined): void {
    if (stat !== undefined) this.#hasher.want(path, stat)
  }
}

/** A path that is not UTF-8 gets no second look: it is kept apart by a name that no file has. */
function nameOf(path: JournalText): string {
  return typeof path === 'string' ? path : `\0${path.v}`
}
