import { readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { statOf } from '../stat.ts'
import type { LockFile } from '../../journal/line.ts'

const names =
  /^(requirements[\w.-]*\.txt|poetry\.lock|uv\.lock|pdm\.lock|pylock[\w.-]*\.toml|Pipfile\.lock|(conda-)?environment\.ya?ml|conda-lock\.yml|pixi\.lock|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lock|renv\.lock|Manifest\.toml|Cargo\.lock|go\.sum)$/

/** Larger ones are not read. */
const largest = 16 << 20

/**
 * The files that say with which packages at which versions some code is to run: those in its folder and above it, up to the root of its project. Of several with one name
 * the nearest counts.
 * @param home folder of the code
 * @param root folder at or above it
 */
export function findLockFiles(home: string, root: string): LockFile[] {
  const found = new Map<string, LockFile>()
  for (let folder = home; ; folder = dirname(folder)) {
    for (const name of listFolder(folder)) {
      if (!names.test(name) || found.has(name)) continue
      const path = join(folder, name)
      const stats = statSync(path, { bigint: true, throwIfNoEntry: false })
      if (stats?.isFile() === true && stats.size <= largest) found.set(name, { path, stat: statOf(stats) })
    }
    if (folder === root || folder === dirname(folder)) break
  }
  return [...found.values()]
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted()
  } catch {
    return []
  }
}
