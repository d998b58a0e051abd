import { readFileSync, readdirSync, readlinkSync } from 'node:fs'

/** O_WRONLY and O_RDWR. */
const writes = 0o3

/** Paths of the files that a process has open for writing, as Linux's /proc has them; none elsewhere. */
export function openForWriting(pid: number | 'self'): string[] {
  const paths: string[] = []
  for (const descriptor of list(`/proc/${pid}/fd`)) {
    try {
      const path = readlinkSync(`/proc/${pid}/fd/${descriptor}`)
      if (!path.startsWith('/') || path.startsWith('/dev/') || path.endsWith(' (deleted)')) continue
      const flags = /^flags:\s*([0-7]+)/m.exec(readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, 'latin1'))
      if ((Number.parseInt(flags?.[1] ?? '0', 8) & writes) !== 0) paths.push(path)
    } catch {
      // Closed since.
    }
  }
  return paths
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
