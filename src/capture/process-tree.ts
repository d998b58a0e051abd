import { readFileSync, readdirSync } from 'node:fs'

/** What the kernel counted for a program and what it started; absent where the system does not say. */
export interface Consumption {
  /** Bytes: the largest resident size that one process of the tree ever had. */
  peak?: number
  /** Bytes asked for by read calls, and given to write calls: files, pipes and terminals alike. */
  readBytes?: number
  writtenBytes?: number
}

const firstPause = 10
const longestPause = 1000
/** From then on descendants are looked for too. */
const matured = 250

/**
 * Watches a process and its descendants through /proc while they live. Peaks are the kernel's own (VmHWM), so only
 * what a process grew after the last look, and processes shorter than a pause, escape. Elsewhere than on Linux it
 * sees nothing.
 */
export class ProcessTreeWatch {
  readonly #root: number
  readonly #seen: Consumption = {}
  #pause = firstPause
  #timer: NodeJS.Timeout | undefined

  constructor(root: number) {
    this.#root = root
    this.#look()
  }

  stop(): Consumption {
    clearTimeout(this.#timer)
    return this.#seen
  }

  #look(): void {
    this.#readCounters()
    const pids = this.#pause < matured ? [this.#root] : descendants(this.#root)
    for (const pid of pids) {
      const peak = field(readText(`/proc/${pid}/status`), 'VmHWM')
      if (peak !== undefined) this.#seen.peak = Math.max(this.#seen.peak ?? 0, peak * 1024)
    }
    this.#timer = setTimeout(() => this.#look(), this.#pause)
    this.#timer.unref()
    this.#pause = Math.min(longestPause, this.#pause * 1.5)
  }

  /** The kernel adds the counters of a child that was waited for to its parent's. */
  #readCounters(): void {
    const io = readText(`/proc/${this.#root}/io`)
    const [read, written] = [field(io, 'rchar'), field(io, 'wchar')]
    if (read !== undefined) this.#seen.readBytes = read
    if (written !== undefined) this.#seen.writtenBytes = written
  }
}

/**
 * CPU nanoseconds of all children of this process that have ended, and of theirs that they waited for: counted by
 * the kernel in ticks of 10 ms. Undefined where it does not say.
 */
export function childCpu(): number | undefined {
  const stat = readText('/proc/self/stat')
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = Number(fields?.[13]) + Number(fields?.[14])
  return Number.isNaN(ticks) ? undefined : ticks * 10_000_000
}

/** Process ids; none where there is no /proc. */
export function listProcesses(): number[] {
  return list('/proc')
    .map(Number)
    .filter((pid) => !Number.isNaN(pid))
}

function descendants(root: number): number[] {
  const found = [root]
  for (const pid of found) {
    const children = childrenOf(pid)
    if (children === undefined) return searchDescendants(root)
    found.push(...children)
  }
  return found
}

/** As each thread's list has it; undefined where the kernel keeps none (CONFIG_PROC_CHILDREN). */
function childrenOf(pid: number): number[] | undefined {
  const children: number[] = []
  for (const thread of list(`/proc/${pid}/task`)) {
    const text = readText(`/proc/${pid}/task/${thread}/children`)
    // A thread that has ended since is no sign of such a kernel.
    if (text === undefined && !hasChildrenLists()) return undefined
    children.push(...(text ?? '').split(' ').filter(Boolean).map(Number))
  }
  return children
}

function hasChildrenLists(): boolean {
  return readText(`/proc/self/task/${process.pid}/children`) !== undefined
}

/** By every process's parent: all of /proc is read. */
function searchDescendants(root: number): number[] {
  const childrenOf = new Map<number, number[]>()
  for (const pid of listProcesses()) {
    const stat = readText(`/proc/${pid}/stat`)
    const parent = Number(stat?.slice(stat.lastIndexOf(')') + 4).split(' ')[0])
    childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), pid])
  }
  const found = [root]
  for (const pid of found) found.push(...(childrenOf.get(pid) ?? []))
  return found
}

function field(text: string | undefined, name: string): number | undefined {
  const value = new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(text ?? '')?.[1]
  return value === undefined ? undefined : Number(value)
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
