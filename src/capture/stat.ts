import type { BigIntStats } from 'node:fs'
import type { Stat } from '../journal/line.ts'

export function statOf(stats: BigIntStats): Stat {
  return { size: Number(stats.size), modified: String(stats.mtimeNs), inode: Number(stats.ino) }
}

/** Whether a file still is what the event saw: same size, time of change and, where known, inode. */
export function isSame(seen: Stat, now: Stat): boolean {
  return (
    seen.size === now.size &&
    seen.modified === now.modified &&
    (seen.inode === undefined || now.inode === undefined || seen.inode === now.inode)
  )
}
