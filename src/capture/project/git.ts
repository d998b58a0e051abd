import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { findRepositoryRoot } from './project.ts'
import { runTool } from '../run-tool.ts'

/** State of a git work tree. */
export interface GitState {
  /** Absolute path of the work tree. */
  root: string
  /** Without user and password. */
  origin?: string
  /** Full hash; absent in a repository without a commit. */
  commit?: string
  dirty: boolean
  /** The uncommitted changes to tracked files, up to 1 MiB. */
  diff?: string
}

const largestDiff = 1 << 20
const largestSource = 2 << 20
const manySources = 5000
const filesAtATime = 32

/** Files that a pipeline's version is made of. */
const sourceExtensions = new Set(
  '.py .pyx .pxd .ipynb .js .mjs .cjs .ts .mts .cts .tsx .jsx .r .R .jl .sh .bash .zsh .pl .rb .c .h .cc .cpp .hpp .cu .f .f90 .f95 .go .rs .java .scala .kt .m .sql .nf .smk .cwl .wdl .toml .cfg .ini'.split(
    ' ',
  ),
)
const sourceNames = new Set(['Makefile', 'Snakefile', 'Dockerfile', 'requirements.txt'])

/** @returns undefined outside of a work tree, without git, or where git refuses to look. */
export async function readGit(folder: string): Promise<GitState | undefined> {
  // Found without git: most folders are in no repository, and starting a program to hear so takes longer than looking.
  const root = findRepositoryRoot(folder)
  if (root === undefined) return undefined
  const [origin, status] = await Promise.all([
    git(root, 'config', '--get', 'remote.origin.url'),
    git(root, 'status', '--porcelain=v2', '--branch', '--untracked-files=no'),
  ])
  if (status === undefined) return undefined
  const url = origin?.trim()
  const commit = /^# branch\.oid ([0-9a-f]+)$/m.exec(status)?.[1]
  const dirty = /^[^#\n]/m.test(status)
  const diff =
    dirty && commit !== undefined
      ? await runTool('git', ['diff', '--no-color', '--no-ext-diff', 'HEAD'], root, largestDiff)
      : undefined
  return {
    root,
    ...(url !== undefined && url !== '' && { origin: withoutCredentials(url) }),
    ...(commit !== undefined && { commit }),
    dirty,
    ...(diff !== undefined && diff !== '' && { diff }),
  }
}

/** SHA-256 of every source file below `folder` that git tracks, by path relative to it. */
export async function hashTracked(folder: string): Promise<Record<string, string>> {
  const listed = await git(folder, 'ls-files', '-z', '--', '.')
  const paths = (listed ?? '')
    .split('\0')
    .filter(
      (path) =>
        path !== '' && (sourceExtensions.has(extname(path)) || sourceNames.has(path.split('/').at(-1) ?? '')),
    )
  const digests: Record<string, string> = {}
  for (const [at, path] of paths.slice(0, manySources).toSorted().entries()) {
    const digest = hashSource(join(folder, path))
    if (digest !== undefined) digests[relative(folder, join(folder, path))] = digest
    // Read at once, since waiting for each costs more than reading it; but signals must get their turn.
    if (at % filesAtATime === filesAtATime - 1) await breathe()
  }
  return digests
}

/** A URL as people may show it: no user, no password, no token in the query. */
export function withoutCredentials(url: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(url)) return url
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1').replace(/\?.*$/, '')
}

function git(folder: string, ...args: string[]): Promise<string | undefined> {
  return runTool('git', args, folder)
}

function hashSource(path: string): string | undefined {
  try {
    const stats = statSync(path)
    if (!stats.isFile() || stats.size > largestSource) return undefined
    return createHash('sha256').update(readFileSync(path)).digest('hex')
  } catch {
    // Tracked, but removed from the work tree, or a link that leads nowhere.
    return undefined
  }
}
