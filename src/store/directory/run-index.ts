import { open, readFile } from 'node:fs/promises'
import type { RunEntry } from '../store.ts'
import { replaceFile } from '../durable.ts'
import { hasCode, storeError } from '../store-error.ts'

/**
 * `runs.jsonl`: a line a run, so that listing a thousand of them opens one file. It is a cache of the folders beside
 * it: a line that is torn, wrong or missing is made again from the run's summary. There is no lock. When two processes
 * append at once, both lines get in (one write each, O_APPEND). A line that is lost because another process rewrites
 * the file at that moment is made again by the next reader, who finds a folder without a line.
 */
export class RunIndex {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  /** The entries by run id, and whether there were lines that are no entries. */
  async read(): Promise<{ entries: Map<string, RunEntry>; damaged: boolean }> {
    const entries = new Map<string, RunEntry>()
    let damaged = false
    for (const line of (await this.#text()).split('\n')) {
      if (line === '') continue
      const entry = parseEntry(line)
      if (entry === undefined) damaged = true
      else entries.set(entry.id, entry)
    }
    return { entries, damaged }
  }

  async append(entries: readonly RunEntry[]): Promise<void> {
    const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
    const handle = await open(this.#file, 'a+')
    try {
      // After a torn line ours must not become its continuation.
      const torn = await endsWithoutNewline(handle)
      await handle.write(torn ? `\n${lines}` : lines)
      await handle.sync()
    } finally {
      await handle.close()
    }
  }

  async rewrite(entries: Iterable<RunEntry>): Promise<void> {
    await replaceFile(this.#file, [...entries].map((entry) => `${JSON.stringify(entry)}\n`).join(''))
  }

  async #text(): Promise<string> {
    try {
      return await readFile(this.#file, 'utf8')
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return ''
      throw storeError('read the index of runs', this.#file, error)
    }
  }
}

async function endsWithoutNewline(handle: Awaited<ReturnType<typeof open>>): Promise<boolean> {
  const { size } = await handle.stat()
  if (size === 0) return false
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1)
  return buffer[0] !== 10
}

function parseEntry(line: string): RunEntry | undefined {
  try {
    const entry: unknown = JSON.parse(line)
    return isEntry(entry) ? entry : undefined
  } catch {
    return undefined
  }
}

/** Looks at what a reader cannot do without; the rest was written with it. */
function isEntry(value: unknown): value is RunEntry {
  if (typeof value !== 'object' || value === null) return false
  const entry: Partial<RunEntry> = value
  return (
    typeof entry.id === 'string' &&
    typeof entry.name === 'string' &&
    typeof entry.startedAt === 'string' &&
    typeof entry.status === 'string' &&
    Array.isArray(entry.commandLine)
  )
}
