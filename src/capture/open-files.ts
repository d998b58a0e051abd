import { readlinkSync } from 'node:fs'
import { list, readText } from './proc.ts'

/** O_WRONLY and O_RDWR. */
const writes = 0o3

/** Paths of the files that a process has open for writing, as Linux's /proc has them; none elsewhere. */
export function openForWriting(pid: number | 'self'): string[] {
  const paths: string[] = []
  for (const descriptor of list(`/proc/${pid}/fd`)) {
    try {
      const path = readlinkSync(`/proc/${pid}/fd/${descriptor}`)
      if (!path.startsWith('/') || path.startsWith('/dev/') || path.endsWith(' (deleted)')) continue
      const flags = /^flags:\s*([0-7]+)/m.exec(readText(`/proc/${pid}/fdinfo/${descriptor}`) ?? '')
      if ((Number.parseInt(flags?.[1] ?? '0', 8) & writes) !== 0) paths.push(path)
    } catch {
      // Closed since.
    }
  }
  return paths
}
