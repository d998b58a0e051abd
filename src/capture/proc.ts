import { readFileSync, readdirSync } from 'node:fs'

/** A text in Linux's /proc; undefined elsewhere, and of a process that is gone or not ours to see. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** Names in a folder of /proc; none where there is no such folder. */
export function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Fields of /proc/pid/stat (proc_pid_stat(5)) that come after the program's name: the first is the state. */
export function statFields(pid: number | 'self'): readonly string[] | undefined {
  const stat = readText(`/proc/${pid}/stat`)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
}
