import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { JournalError } from '../errors.ts'
import type { AgentLine, ProcessLine } from './line.ts'
import { readSpool } from './read-spool.ts'
import { isAgentSpool } from './spool-names.ts'

/** One process's lines: who wrote them, and where its clock begins. */
export interface Spool {
  /** Order of first line in the run, from 0. */
  index: number
  name: string
  process: ProcessLine
  /** Nanoseconds from the origin to its line 1. */
  zero: number
}

/** A line with its moment in the run. */
export interface JournalEvent {
  spool: Spool
  line: AgentLine
  /** Nanoseconds since the origin. */
  at: number
}

export interface MergedJournal {
  spools: readonly Spool[]
  /** Spools that were cut before their first line was whole. */
  unreadable: readonly string[]
  events(): Generator<JournalEvent, void, void>
}

interface Head extends JournalEvent {
  file: string
  /** Absent before its second line is asked for: of thousands of processes only those alive are open files. */
  rest: Iterator<AgentLine, void, void> | undefined
}

/**
 * All agents' spools of a journal as one sequence in the order of time: the wall clock of line 1 plus `at`.
 * Within a spool its own order holds; a child's lines come after its parent's spawn (or forking call), whatever
 * the clocks say.
 * @param origin nanoseconds since 1970 from which events count.
 */
export function mergeSpools(folder: string, origin: bigint): MergedJournal {
  const heads: Head[] = []
  const unreadable: string[] = []
  for (const file of readdirSync(folder).filter(isAgentSpool).sort()) {
    const head = readHead(join(folder, file), origin)
    if (head === undefined) unreadable.push(file)
    else heads.push(head)
  }
  heads.sort((a, b) => a.at - b.at || (a.spool.name < b.spool.name ? -1 : 1))
  heads.forEach((head, index) => (head.spool.index = index))
  return { spools: heads.map((head) => head.spool), unreadable, events: () => merge(heads) }
}

function readHead(file: string, origin: bigint): Head | undefined {
  const lines = readSpool(file)
  const first = lines.next()
  lines.return()
  if (first.done === true) return undefined
  const line = first.value
  if (line.kind !== 'process') {
    throw new JournalError(`Cannot read journal ${file}: line 1 is a ${line.kind}, not a process`, {
      place: { file, line: 1 },
      advice: 'Leave only spools in the journal folder.',
    })
  }
  const zero = Number(BigInt(line.wall) - origin)
  return {
    file,
    spool: { index: 0, name: line.spool, process: line, zero },
    line,
    at: zero,
    rest: undefined,
  }
}

function* merge(heads: readonly Head[]): Generator<JournalEvent, void, void> {
  const births = new Births(heads)
  // Earliest last.
  const upcoming = heads.filter((head) => !births.isWaiting(head)).reverse()
  const running: Head[] = []
  for (;;) {
    let next = earliest(running)
    for (let head = upcoming.at(-1); head !== undefined; head = upcoming.at(-1)) {
      if (next !== undefined && head.at > next.at) break
      running.push(head)
      upcoming.pop()
      next = earliest(running)
    }
    if (next === undefined) {
      running.push(...births.rest())
      if (running.length === 0) return
      continue
    }
    yield { spool: next.spool, line: next.line, at: next.at }
    running.push(...births.bornBy(next))
    if (!advance(next)) {
      running.splice(running.indexOf(next), 1)
      running.push(...births.orphanedBy(next))
    }
  }
}

// Few processes are alive at a time, so a scan beats a heap.
function earliest(heads: readonly Head[]): Head | undefined {
  let [best] = heads
  for (const head of heads) {
    if (best === undefined || head.at < best.at) best = head
    else if (head.at === best.at && head.spool.index < best.spool.index) best = head
  }
  return best
}

function advance(head: Head): boolean {
  if (head.rest === undefined) {
    head.rest = readSpool(head.file) as Iterator<AgentLine, void, void>
    head.rest.next()
  }
  const next = head.rest.next()
  if (next.done === true) return false
  head.line = next.value
  if ('at' in next.value) head.at = head.spool.zero + next.value.at
  return true
}

/** Children that wait for the line of their parent that made them. */
class Births {
  readonly #waiting = new Map<string, Head[]>()
  readonly #unborn = new Set<Head>()

  constructor(heads: readonly Head[]) {
    const names = new Set(heads.map((head) => head.spool.name))
    for (const head of heads) {
      const parent = head.spool.process.parent
      if (parent === undefined || parent.spool === head.spool.name || !names.has(parent.spool)) continue
      const key = `${parent.spool} ${causeOf(parent)}`
      this.#unborn.add(head)
      const siblings = this.#waiting.get(key)
      if (siblings === undefined) this.#waiting.set(key, [head])
      else siblings.push(head)
    }
  }

  isWaiting(head: Head): boolean {
    return this.#unborn.has(head)
  }

  bornBy(event: JournalEvent): Head[] {
    if (this.#waiting.size === 0) return []
    const { kind } = event.line
    if (kind === 'process') return this.#take(`${event.spool.name} process`)
    if (kind !== 'spawn' && kind !== 'start') return []
    return this.#take(`${event.spool.name} ${kind} ${event.line.id}`)
  }

  /** The parent has ended, and its journal does not say how it made them. */
  orphanedBy(event: JournalEvent): Head[] {
    const prefix = `${event.spool.name} `
    return [...this.#waiting.keys()].filter((key) => key.startsWith(prefix)).flatMap((key) => this.#take(key))
  }

  /** Those left when nobody runs: parents of one another, which only a damaged journal says. */
  rest(): Head[] {
    return [...this.#waiting.keys()].flatMap((key) => this.#take(key))
  }

  #take(key: string): Head[] {
    const children = this.#waiting.get(key) ?? []
    this.#waiting.delete(key)
    return children
  }
}

function causeOf(parent: NonNullable<ProcessLine['parent']>): string {
  if (parent.spawn !== undefined) return `spawn ${parent.spawn}`
  if (parent.call !== undefined) return `start ${parent.call}`
  return 'process'
}
