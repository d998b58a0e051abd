import { closeSync, openSync, readSync, watch, writeFileSync } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import { join } from 'node:path'
import { ProcessTreeWatch } from './process-tree.ts'
import type { RecorderSpool } from './recorder-spool.ts'

/** Agents append a line to this file of the journal for each program they start: spool, spawn, process id. */
const startedPrograms = 'programs'

interface Watched {
  spool: string
  spawn: number
  watch: ProcessTreeWatch
}

/**
 * Watches the memory of the programs that recorded programs start. What the kernel tells their parent (ru_maxrss) is at
 * least the parent's own memory, so it must be looked at while they live, and soon: inotify tells of each start.
 */
export class ProgramWatches {
  readonly #path: string
  readonly #spool: RecorderSpool
  readonly #running = new Set<Watched>()
  #offset = 0
  #notices: FSWatcher | undefined

  constructor(journal: string, spool: RecorderSpool) {
    this.#path = join(journal, startedPrograms)
    this.#spool = spool
    try {
      writeFileSync(this.#path, '')
      this.#notices = watch(this.#path, { persistent: false }, () => this.#take())
      this.#notices.on('error', () => this.#notices?.close())
    } catch {
      // No inotify watch is left, or the disk is full: the programs have no peak.
    }
  }

  /** The run is over: writes down what was seen of programs that are still there. */
  stop(): void {
    this.#notices?.close()
    for (const watched of this.#running) this.#end(watched)
  }

  #take(): void {
    for (let lines = this.#readNew(); lines.length > 0; lines = this.#readNew()) {
      for (const line of lines) this.#begin(line)
    }
  }

  #begin(line: string): void {
    const [spool = '', spawn, pid] = line.split(' ')
    const watched: Watched = {
      spool,
      spawn: Number(spawn),
      watch: new ProcessTreeWatch(Number(pid), () => this.#end(watched)),
    }
    this.#running.add(watched)
  }

  #readNew(): string[] {
    let descriptor: number | undefined
    try {
      descriptor = openSync(this.#path, 'r')
      const buffer = Buffer.alloc(64 << 10)
      const length = readSync(descriptor, buffer, 0, buffer.length, this.#offset)
      const end = buffer.subarray(0, length).lastIndexOf('\n') + 1
      this.#offset += end
      return buffer.toString('latin1', 0, end).split('\n').filter(Boolean)
    } catch {
      return []
    } finally {
      if (descriptor !== undefined) closeSync(descriptor)
    }
  }

  #end(watched: Watched): void {
    const { spool, spawn } = watched
    if (!this.#running.delete(watched)) return
    const { peak, lookedAt, wrote } = watched.watch.stop()
    if (peak === undefined || lookedAt === undefined) return
    const ago = Math.round((performance.now() - lookedAt) * 1e6)
    const at = Math.max(0, this.#spool.at() - ago)
    const sighted = { kind: 'peak', at, spool, spawn, peak } as const
    this.#spool.append(wrote === undefined ? sighted : { ...sighted, wrote: [...wrote] })
  }
}
