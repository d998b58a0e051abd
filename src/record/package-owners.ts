import type { EnvironmentLine, PackageLine } from '../journal/line.ts'
import type { Package } from './run.ts'

/** Which package a program or a module came from, as the recorder found out. */
export class PackageOwners {
  readonly all: Package[] = []
  readonly #byProgram = new Map<string, Package>()
  readonly #byModule = new Map<string, Package>()
  readonly #digests = new Map<string, string>()

  constructor(environment: EnvironmentLine | undefined) {
    for (const line of environment?.packages ?? []) this.#add(line)
    for (const { path, sha256 } of environment?.programs ?? []) this.#digests.set(path, sha256)
  }

  ofProgram(path: string): Package | undefined {
    return find(this.#byProgram, path)
  }

  digestOf(path: string): string | undefined {
    return find(this.#digests, path)
  }

  /** By the first part of a dotted name. */
  ofModule(name: string): Package | undefined {
    return this.#byModule.get(name.split('.')[0] ?? name)
  }

  /** A library that a process loaded; kept where no package the recorder found brought it and it has a version. */
  addLibrary(name: string, version: string | undefined): void {
    if (version === undefined || this.ofModule(name) !== undefined) return
    const purl = `pkg:generic/${encodeURIComponent(name)}@${encodeURIComponent(version)}`
    this.#add({ purl, name, version, modules: [name] })
  }

  #add(line: PackageLine): void {
    const found = { purl: line.purl, name: line.name, version: line.version }
    this.all.push(found)
    for (const module of line.modules ?? []) this.#byModule.set(module, found)
    for (const program of line.programs ?? []) this.#byProgram.set(program, found)
  }
}

/** /bin and /usr/bin are one folder on most systems, and programs are called by either name. */
function find<T>(map: ReadonlyMap<string, T>, path: string): T | undefined {
  const found = map.get(path)
  if (found !== undefined || map.size === 0) return found
  for (const alias of [path.replace(/^\/(s?bin)\//, '/usr/$1/'), path.replace(/^\/usr\/(s?bin)\//, '/$1/')]) {
    const aliased = map.get(alias)
    if (aliased !== undefined) return aliased
  }
  return undefined
}
