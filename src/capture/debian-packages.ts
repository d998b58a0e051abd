import { readFileSync, readdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'

/** An installed Debian package. */
export interface DebianPackage {
  name: string
  version: string
  /** debian, ubuntu …: the ID of /etc/os-release. */
  vendor: string
}

const database = '/var/lib/dpkg'

/**
 * The installed packages that own some programs, by the programs' absolute paths; empty on other systems. Reads dpkg's
 * own lists, as dpkg-query does, in a tenth of its time.
 */
export function findDebianPackages(programs: readonly string[]): ReadonlyMap<string, DebianPackage> {
  const found = new Map<string, DebianPackage>()
  const status = programs.length === 0 ? undefined : readText(join(database, 'status'))
  if (status === undefined) return found
  const owners = findOwners(programs)
  const vendor = /^ID="?([^"\n]+)/m.exec(readText('/etc/os-release') ?? '')?.[1] ?? 'debian'
  for (const [program, name] of owners) {
    const version = versionOf(name, status)
    if (version !== undefined) found.set(program, { name, version, vendor })
  }
  return found
}

function findOwners(programs: readonly string[]): ReadonlyMap<string, string> {
  const owners = new Map<string, string>()
  const waiting = programs.map((program) => ({
    program,
    lines: spellings(program).map((path) => `\n${path}\n`),
  }))
  for (const list of readdirSync(join(database, 'info'))) {
    if (!list.endsWith('.list')) continue
    const paths = readText(join(database, 'info', list)) ?? ''
    for (const { program, lines } of waiting) {
      if (owners.has(program) || !lines.some((line) => paths.includes(line))) continue
      owners.set(program, list.slice(0, -'.list'.length).replace(/:.*$/, ''))
    }
    if (owners.size === programs.length) break
  }
  return owners
}

function versionOf(name: string, status: string): string | undefined {
  const start = `\n${status}`.indexOf(`\nPackage: ${name}\n`)
  if (start === -1) return undefined
  const end = status.indexOf('\n\n', start)
  return /^Version: (.+)$/m.exec(status.slice(start, end === -1 ? undefined : end))?.[1]
}

/** A program's path and where it leads to, with and without the /usr that a merged system adds to both. */
function spellings(program: string): string[] {
  const paths = [program]
  try {
    paths.push(realpathSync(program))
  } catch {
    // Gone since it ran.
  }
  const other = (path: string) =>
    path.startsWith('/usr/')
      ? path.replace(/^\/usr(\/(s?bin|lib)\/)/, '$1')
      : path.replace(/^\/(s?bin|lib)\//, '/usr/$1/')
  return [...new Set(paths.flatMap((path) => [path, other(path)]))]
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
