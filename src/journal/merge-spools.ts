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
  rest: Iterator<AgentLine, void, void>
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
    const head = openSpool(join(folder, file), origin)
    if (head === undefined) unreadable.push(file)
    else heads.push(head)
  }
  heads.sort((a, b) => a.at - b.at || (a.spool.name < b.spool.name ? -1 : 1))
  heads.forEach((head, index) => (head.spool.index = index))
  return { spools: heads.map((head) => head.spool), unreadable, events: () => merge(heads) }
}

function openSpool(file: string, origin: bigint): Head | undefined {
  const rest = readSpool(file) as Iterator<AgentLine, void, void>
  const first = rest.next()
  if (first.done === true) return undefined
  const line = first.value
  if (line.kind !== 'process') {
    throw new JournalError(`Cannot read journal ${file}: line 1 is a ${line.kind}, not a process`, {
      place: { file, line: 1 },
      advice: 'Leave only spools in the journal folder.',
    })
  }
  const zero = Number(BigInt(line.wall) - origin)
  return { spool: { index: 0, name: line.spool, process: line, zero }, line, at: zero, rest }
}

function* merge(heads: readonly Head[]): Generator<JournalEvent, void, void> {
  const births = new Births(heads)
  const running = heads.filter((head) => !births.isWaiting(head))
  while (running.length > 0) {
    const next = earliest(running)
    yield { spool: next.spool, line: next.line, at: next.at }
    for (const child of births.bornBy(next)) running.push(child)
    if (!advance(next)) {
      running.splice(running.indexOf(next), 1)
      for (const child of births.orphanedBy(next)) running.push(child)
    }
    if (running.length === 0) running.push(...births.rest())
  }
}

// A run has few processes at a time, so a scan beats a heap.
function earliest(heads: readonly Head[]): Head {
  let best = heads[0] as Head
  for (let i = 1; i < heads.length; i++) {
    const head = heads[i] as Head
    if (head.at < best.at || (head.at === best.at && head.spool.index < best.spool.index)) best = head
  }
  return best
}

function advance(head: Head): boolean {
  const next = head.rest.next()
  if (next.done === true) return false
  head.line = next.value
  if ('at' in next.value) head.at = head.spool.zero + next.value.at
  return true
}

/** Children that wait for the line of their parent that made them. */
class Births {
  readonly #waiting = new Map<string, Head[]>()

  constructor(heads: readonly Head[]) {
    const names = new Set(heads.map((head) => head.spool.name))
    for (const head of heads) {
      const parent = head.spool.process.parent
      if (parent === undefined || parent.spool === head.spool.name || !names.has(parent.spool)) continue
      const cause = causeOf(parent)
      const key = `${parent.spool} ${cause}`
      const siblings = this.#waiting.get(key)
      if (siblings === undefined) this.#waiting.set(key, [head])
      else siblings.push(head)
    }
  }

  isWaiting(head: Head): boolean {
    for (const children of this.#waiting.values()) if (children.includes(head)) return true
    return false
  }

  bornBy(event: JournalEvent): Head[] {
    if (this.#waiting.size === 0) return []
    const { kind } = event.line
    if (kind === 'process') return this.#take(`${event.spool.name} process`)
    if (kind !== 'spawn' && kind !== 'start') return []
    return this.#take(`${event.spool.name} ${kind} ${event.line.id}`)
  }

  /** The parent ended without ever telling how it made them. */
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
