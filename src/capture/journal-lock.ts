import { readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { readText, statFields } from './proc.ts'
import { listProcesses } from './process-tree.ts'

const name = 'recorder.lock'

interface Lock {
  host: string
  boot: string
  pid: number
  /** Start of that process in clock ticks since boot: process ids come again, this does not. */
  start: string
}

/** Says in a journal who is recording it. */
export function lockJournal(journal: string): void {
  const lock: Lock = { host: hostname(), boot: bootId(), pid: process.pid, start: startOf(process.pid) ?? '' }
  writeFileSync(join(journal, name), JSON.stringify(lock))
}

/**
 * Who still writes a journal: its recorder, or a program that outlived it.
 * @param options.otherHosts whether a recorder on another host is taken to have ended
 * @returns a phrase for people; undefined when nobody does any more
 */
export function findJournalWriter(
  journal: string,
  options: { otherHosts?: boolean | undefined } = {},
): string | undefined {
  const lock = readLock(journal)
  if (lock !== undefined && lock.host !== hostname()) {
    // Of a process elsewhere nothing can be seen, so somebody has to say that it is gone.
    return options.otherHosts === true ? undefined : `a recorder on ${lock.host}`
  }
  if (lock !== undefined && isAlive(lock)) return `its recorder (process ${lock.pid})`
  const program = processesOf(journal)[0]
  return program === undefined ? undefined : `the recorded program (process ${program})`
}

/** Processes that were started with this journal in their environment; of other users they cannot be seen. */
export function processesOf(journal: string): number[] {
  const wanted = `VAMPIRA_JOURNAL=${journal}`
  return listProcesses()
    .filter((pid) => pid !== process.pid)
    .filter((pid) => readText(`/proc/${pid}/environ`)?.split('\0').includes(wanted) === true)
}

function isAlive({ pid, boot, start }: Lock): boolean {
  if (boot !== bootId()) return false
  if (start !== '') return startOf(pid) === start
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function readLock(journal: string): Lock | undefined {
  try {
    return JSON.parse(readFileSync(join(journal, name), 'utf8')) as Lock
  } catch {
    return undefined
  }
}

function bootId(): string {
  return readText('/proc/sys/kernel/random/boot_id')?.trim() ?? ''
}

function startOf(pid: number): string | undefined {
  const fields = statFields(pid)
  // A zombie has ended, whatever its parent makes of it.
  return fields?.[0] === 'Z' ? undefined : fields?.[19]
}
