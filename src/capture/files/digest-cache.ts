import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { BigIntStats } from 'node:fs'
import { dirname } from 'node:path'

/** What is known of a file's bytes: never more than what reading it again would give. */
export interface KnownContent {
  sha256: string
  format?: string
  describer?: string
  facts?: Record<string, unknown>
}

/** Smaller files are quicker to read again than to remember. */
const worthRemembering = 1n << 20n
/** A file changed again within the clock's tick keeps its time of change: only settled files are remembered. */
const settled = 2_000_000_000n
const keep = 20_000

/**
 * Digests of big files from earlier runs, so that an unchanged input is not read again. A file is known by device,
 * inode, size, time of change and time of status change; any write to it changes one of them.
 */
export class DigestCache {
  readonly #path: string
  #known: Map<string, KnownContent> | undefined

  constructor(path: string) {
    this.#path = path
  }

  find(stats: BigIntStats): KnownContent | undefined {
    return stats.size < worthRemembering ? undefined : this.#load().get(key(stats))
  }

  /** @param began wall-clock nanoseconds before the file was read */
  remember(stats: BigIntStats, began: bigint, content: KnownContent): void {
    if (stats.size < worthRemembering) return
    if (stats.mtimeNs > began - settled || stats.ctimeNs > began - settled) return
    this.#load().set(key(stats), content)
    try {
      mkdirSync(dirname(this.#path), { recursive: true })
      appendFileSync(this.#path, `${JSON.stringify([key(stats), content])}\n`)
    } catch {
      // Only a memory aid: without it the next run reads the file again.
    }
  }

  #load(): Map<string, KnownContent> {
    if (this.#known !== undefined) return this.#known
    this.#known = new Map()
    let lines: string[]
    try {
      lines = readFileSync(this.#path, 'utf8').split('\n')
    } catch {
      return this.#known
    }
    for (const line of lines) {
      try {
        const [name, content] = JSON.parse(line) as [string, KnownContent]
        this.#known.set(name, content)
      } catch {
        // A line torn by a crash, or the empty one at the end.
      }
    }
    if (lines.length > 2 * keep) this.#shrink()
    return this.#known
  }

  #shrink(): void {
    const last = [...(this.#known ?? [])].slice(-keep)
    this.#known = new Map(last)
    try {
      const next = `${this.#path}.${process.pid}`
      writeFileSync(next, last.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
      renameSync(next, this.#path)
    } catch {
      // As above.
    }
  }
}

function key(stats: BigIntStats): string {
  return [stats.dev, stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join(' ')
}
