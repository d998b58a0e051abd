import { createHash } from 'node:crypto'
import { basename, dirname, isAbsolute, relative, sep } from 'node:path'
import { textOf } from '../journal/journal-text.ts'
import type { ModuleLine, RepositoryLine } from '../journal/line.ts'
import type { Keeping, SourceFile } from './run.ts'

/** A file of the user's code, and the project it belongs to. */
export interface UserModule {
  name: string
  /** Absolute. */
  path: string
  project: string
  /** Whether the file lies in a project that the recorder knows. */
  isInProject: boolean
  file: SourceFile
  text: string
}

export function readModule(
  line: ModuleLine,
  repositories: readonly RepositoryLine[],
  directory: string,
  kept: ReadonlyMap<string, Keeping>,
): UserModule {
  const path = textOf(line.file)
  const bytes =
    typeof line.source === 'string' ? Buffer.from(line.source) : Buffer.from(line.source.v, 'base64')
  const text = typeof line.source === 'string' ? line.source : bytes.toString('latin1')
  const home = projectOf(path, repositories)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return {
    name: line.name,
    path,
    project: home?.project ?? (basename(dirname(path)) || 'root'),
    isInProject: home !== undefined,
    file: {
      path: home?.path ?? pathWithin(directory, path) ?? path,
      sha256,
      size: bytes.length,
      kept: kept.get(sha256),
    },
    text,
  }
}

function projectOf(path: string, repositories: readonly RepositoryLine[]) {
  let best: { project: string; path: string } | undefined
  for (const { project, root } of repositories) {
    const within = pathWithin(textOf(root), path)
    if (within !== undefined && (best === undefined || within.length < best.path.length)) {
      best = { project, path: within }
    }
  }
  return best
}

/** A path relative to a folder, with slashes; undefined where it is not inside. */
export function pathWithin(folder: string, path: string): string | undefined {
  const within = relative(folder, path)
  if (within === '' || within === '..' || within.startsWith(`..${sep}`) || isAbsolute(within))
    return undefined
  return sep === '/' ? within : within.split(sep).join('/')
}
