import { readFileSync, realpathSync } from 'node:fs'
import { runTool } from './run-tool.ts'

/** An installed Debian package. */
export interface DebianPackage {
  name: string
  version: string
  /** debian, ubuntu …: the ID of /etc/os-release. */
  vendor: string
}

/** The installed packages that own some programs, by the programs' absolute paths. Empty on other systems. */
export async function findDebianPackages(
  programs: readonly string[],
): Promise<ReadonlyMap<string, DebianPackage>> {
  const found = new Map<string, DebianPackage>()
  if (programs.length === 0) return found
  const candidates = new Map(programs.flatMap((program) => spellings(program).map((path) => [path, program])))
  // dpkg-query fails when any of the paths is unknown, though it has answered for the others: one shell-free call each.
  const owners = new Map<string, string>()
  await Promise.all(
    [...candidates].map(async ([path, program]) => {
      const answer = await runTool('dpkg-query', ['--search', path], '/')
      const owner = /^([^\s:,]+)(:[^\s,]+)?(, [^:]+)?: /m.exec(answer ?? '')?.[1]
      if (owner !== undefined && owner !== 'diversion') owners.set(program, owner)
    }),
  )
  const vendor = /^ID="?([^"\n]+)/m.exec(readText('/etc/os-release') ?? '')?.[1] ?? 'debian'
  await Promise.all(
    [...owners].map(async ([program, name]) => {
      const version = await runTool('dpkg-query', ['--show', '--showformat=${Version}\n', name], '/')
      const first = version?.split('\n')[0]
      if (first !== undefined && first !== '') found.set(program, { name, version: first, vendor })
    }),
  )
  return found
}

/** A program's path and where it leads to, with and without the /usr that a merged system adds to both. */
function spellings(program: string): string[] {
  const paths = [program]
  try {
    paths.push(realpathSync(program))
  } catch {
    // Gone since it ran.
  }
  return [...new Set(paths.flatMap((path) => [path, path.replace(/^\/usr\/(bin|sbin|lib)\//, '/$1/')]))]
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
