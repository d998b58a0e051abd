import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** The project that some code belongs to. */
export interface Project {
  name: string
  /** Absolute path of the folder that its files' paths are relative to. */
  root: string
}

/**
 * The project of a folder: the nearest pyproject.toml or package.json that has a name, at or above it but not above
 * its git repository; else the repository; else the folder itself.
 * @param repository root of the git repository the folder is in
 * @param origin URL of the repository's origin
 */
export async function findProject(folder: string, repository?: string, origin?: string): Promise<Project> {
  for (let at = folder; ; at = dirname(at)) {
    const name = await nameIn(at)
    // A bare package.json in a home folder says nothing about a script somewhere below it.
    if (name !== undefined && (repository !== undefined || at === folder || hasSources(at))) {
      return { name, root: at }
    }
    if (at === repository || at === dirname(at)) break
  }
  if (repository === undefined) return { name: nameOf(folder), root: folder }
  const named = origin === undefined ? undefined : /([^/:]+?)(\.git)?\/?$/.exec(origin)?.[1]
  return { name: named ?? nameOf(repository), root: repository }
}

/** The nearest folder at or above that is a git work tree's root, without asking git. */
export function findRepositoryRoot(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (statSync(join(at, '.git'), { throwIfNoEntry: false }) !== undefined) return at
    if (at === dirname(at)) return undefined
  }
}

async function nameIn(folder: string): Promise<string | undefined> {
  const toml = readText(join(folder, 'pyproject.toml'))
  const json = readText(join(folder, 'package.json'))
  try {
    if (toml !== undefined) {
      const { parse } = await import('smol-toml')
      const { project, tool } = parse(toml) as {
        project?: { name?: unknown }
        tool?: { poetry?: { name?: unknown } }
      }
      const name = project?.name ?? tool?.poetry?.name
      if (typeof name === 'string' && name !== '') return name
    }
    if (json !== undefined) {
      const { name } = JSON.parse(json) as { name?: unknown }
      if (typeof name === 'string' && name !== '') return name
    }
  } catch {
    // Not ours to judge: a project file that its own tools will refuse names nothing.
  }
  return undefined
}

function hasSources(folder: string): boolean {
  return ['pyproject.toml', 'setup.py', 'setup.cfg', 'src'].some(
    (name) => statSync(join(folder, name), { throwIfNoEntry: false }) !== undefined,
  )
}

function nameOf(folder: string): string {
  return basename(folder) || 'root'
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
