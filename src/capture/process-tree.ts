import { openForWriting } from './open-files.ts'
import { list, readText, statFields } from './proc.ts'

/** What the kernel counted for a program and what it started; absent where the system does not say. */
export interface Consumption {
  /** Bytes: the largest resident size that one process of the tree ever had. */
  peak?: number
  /** When the program itself was seen last, by performance.now. */
  lookedAt?: number
  /** Bytes asked for by read calls, and given to write calls: files, pipes and terminals alike. */
  readBytes?: number
  writtenBytes?: number
  /** Absolute paths that a process of the tree was seen to have open for writing, and its parent had not. */
  wrote?: ReadonlySet<string>
}

/** Milliseconds. */
const shortestPause = 1
const longestPause = 100
/** The next look is as much later as this part of the program's age. */
const partOfAge = 0.25
/** A look at very many processes takes long: it may take this part of the time between looks, of our own work. */
const share = 0.02
/** Set while a process is a copy of the one that forked it, whose memory it shows as its own (linux/sched.h). */
const forkedOnly = 0x40

/**
 * Watches a process and its descendants through /proc while they live. Peaks are the kernel's own (VmHWM), so only
 * what a process grew after the last look escapes: in the last fifth of its life, or the last tenth of a second. It
 * never looks at ru_maxrss, which begins with the memory of the process that started the program. Elsewhere than on
 * Linux it sees nothing.
 */
export class ProcessTreeWatch {
  readonly #root: number
  readonly #seen: Consumption = {}
  readonly #began = performance.now()
  readonly #onEnd: (() => void) | undefined
  readonly #inherited: ReadonlySet<string>
  readonly #wrote = new Set<string>()
  #timer: NodeJS.Timeout | undefined

  /** @param onEnd called once when the process is seen to have ended */
  constructor(root: number, onEnd?: () => void) {
    this.#root = root
    this.#onEnd = onEnd
    this.#inherited = new Set(openForWriting(parentOf(root) ?? 'self'))
    this.#look()
  }

  stop(): Consumption {
    clearTimeout(this.#timer)
    return this.#wrote.size === 0 ? this.#seen : { ...this.#seen, wrote: this.#wrote }
  }

  /** The same, but without a peak that was seen long before the end: the program may have grown since. */
  stopAtEnd(): Omit<Consumption, 'lookedAt'> {
    const { lookedAt = 0, ...seen } = this.stop()
    const { peak: _, ...rest } = seen
    return lookedAt < (this.#began + performance.now()) / 2 ? rest : seen
  }

  #look(): void {
    const begun = performance.now()
    const workBefore = process.cpuUsage()
    const state = stateOf(this.#root)
    if (state === 'ended' && this.#onEnd !== undefined) return queueMicrotask(this.#onEnd)
    this.#readCounters()
    if (state === 'running') this.#readProcesses(begun)
    const { user, system } = process.cpuUsage(workBefore)
    const age = performance.now() - this.#began
    const wait = Math.min(longestPause, Math.max(shortestPause, age * partOfAge))
    this.#timer = setTimeout(() => this.#look(), Math.max(wait, (user + system) / 1000 / share))
    this.#timer.unref()
  }

  #readProcesses(now: number): void {
    for (const pid of descendants(this.#root)) {
      for (const path of openForWriting(pid)) if (!this.#inherited.has(path)) this.#wrote.add(path)
      const peak = field(readText(`/proc/${pid}/status`), 'VmHWM')
      if (peak === undefined) continue
      this.#seen.peak = Math.max(this.#seen.peak ?? 0, peak * 1024)
      if (pid === this.#root) this.#seen.lookedAt = now
    }
  }

  /** The kernel adds the counters of a child that was waited for to its parent's. */
  #readCounters(): void {
    const io = readText(`/proc/${this.#root}/io`)
    const [read, written] = [field(io, 'rchar'), field(io, 'wchar')]
    if (read !== undefined) this.#seen.readBytes = read
    if (written !== undefined) this.#seen.writtenBytes = written
  }
}

function parentOf(pid: number): number | undefined {
  const parent = Number(statFields(pid)?.[1])
  return Number.isNaN(parent) ? undefined : parent
}

/** Whether a process runs a program, is still the copy of another that it was forked as, or has ended. */
function stateOf(pid: number): 'running' | 'forked' | 'ended' {
  const fields = statFields(pid)
  if (fields === undefined || fields[0] === 'Z' || fields[0] === 'X') return 'ended'
  return (Number(fields[6]) & forkedOnly) === 0 ? 'running' : 'forked'
}

/**
 * CPU nanoseconds of all children of this process that have ended, and of theirs that they waited for: counted by
 * the kernel in ticks of 10 ms. Undefined where it does not say.
 */
export function childCpu(): number | undefined {
  const fields = statFields('self')
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
  const byParent = new Map<number | undefined, number[]>()
  for (const pid of listProcesses()) {
    const parent = parentOf(pid)
    byParent.set(parent, [...(byParent.get(parent) ?? []), pid])
  }
  const found = [root]
  for (const pid of found) found.push(...(byParent.get(pid) ?? []))
  return found
}

function field(text: string | undefined, name: string): number | undefined {
  const value = new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(text ?? '')?.[1]
  return value === undefined ? undefined : Number(value)
}
