import { readFileSync, readdirSync, realpathSync } from 'node:fs'
import { basename, join } from 'node:path'

/** An installed Debian package. */
export interface DebianPackage {
  name: string
  version: string
  /** debian, ubuntu …: the ID of /etc/os-release. */
  vendor: string
}

/**
 * Finds the installed Debian package that owns a program; on other systems there is none. It reads dpkg's lists, as
 * dpkg-query does, but takes a tenth of its time. It looks for each program only once.
 */
export class DebianPackages {
  readonly #database: string
  readonly #release: string
  readonly #found = new Map<string, DebianPackage | undefined>()
  #lists: readonly string[] | undefined
  #status: Buffer | undefined
  #vendor: string | undefined

  /** @param root folder that the system's files are in */
  constructor(root = '/') {
    this.#database = join(root, 'var/lib/dpkg')
    this.#release = join(root, 'etc/os-release')
  }

  /** @param program absolute path */
  find(program: string): DebianPackage | undefined {
    if (!this.#found.has(program)) this.#found.set(program, this.#look(program))
    return this.#found.get(program)
  }

  #look(program: string): DebianPackage | undefined {
    const name = this.#ownerOf(program)
    if (name === undefined) return undefined
    const version = this.#versionOf(name)
    this.#vendor ??= /^ID="?([^"\n]+)/m.exec(read(this.#release)?.toString() ?? '')?.[1] ?? 'debian'
    return version === undefined ? undefined : { name, version, vendor: this.#vendor }
  }

  #ownerOf(program: string): string | undefined {
    this.#lists ??= listsOf(join(this.#database, 'info'))
    const paths = spellings(program)
    const lines = paths.map((path) => Buffer.from(`\n${path}\n`))
    const owns = (list: string) => {
      const bytes = read(join(this.#database, 'info', list))
      return bytes !== undefined && lines.some((line) => bytes.includes(line))
    }
    // Most programs are in a package of their name: one list is read instead of all.
    const names = new Set([...paths.map((path) => basename(path)), 'coreutils'])
    const likely = this.#lists.filter((list) => names.has(packageOf(list)))
    const list = likely.find(owns) ?? this.#lists.find((other) => !likely.includes(other) && owns(other))
    return list === undefined ? undefined : packageOf(list)
  }

  #versionOf(name: string): string | undefined {
    this.#status ??= read(join(this.#database, 'status'))
    const status = this.#status ?? Buffer.alloc(0)
    const line = `Package: ${name}\n`
    const start = status.indexOf(line) === 0 ? 0 : status.indexOf(`\n${line}`)
    if (start === -1) return undefined
    const end = status.indexOf('\n\n', start)
    return /^Version: (.+)$/m.exec(status.toString('utf8', start, end === -1 ? undefined : end))?.[1]
  }
}

function listsOf(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.list'))
  } catch {
    return []
  }
}

/** libc6:amd64.list → libc6 */
function packageOf(list: string): string {
  return list.slice(0, -'.list'.length).replace(/:.*$/, '')
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

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}
