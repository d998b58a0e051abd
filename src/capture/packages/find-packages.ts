import { PackageURL } from 'packageurl-js'
import { DebianPackages } from './debian-packages.ts'
import { hashFile } from '../files/hash-file.ts'
import type { HashOptions } from '../files/hash-file.ts'
import { agents } from '../agents.ts'
import type { LibraryOwners, OwningPackage } from '../agents/agent.ts'

/** A package as the journal's environment line has it. */
export interface PackageFact {
  purl: string
  name: string
  version?: string
  modules?: string[]
  programs?: string[]
}

/** A library that a process loaded. */
export interface Library {
  name: string
  file?: string
}

/** What to find packages for. */
export interface Loaded {
  libraries: readonly Library[]
  /** Absolute paths of executables. */
  programs: readonly string[]
  /** Interpreters by the names that their agents give, in lower case. */
  interpreters: readonly { name: string; version: string }[]
}

/** Packages, and the programs that no package brought. */
export interface FoundPackages {
  /** Package URL of the first interpreter. */
  interpreter: string | undefined
  packages: PackageFact[]
  programs: { path: string; sha256: string }[]
}

/** Finds the packages that a run's modules and programs came from. */
export class PackageFinder {
  readonly #owners: readonly LibraryOwners[]
  readonly #debian = new DebianPackages()

  private constructor(owners: readonly LibraryOwners[]) {
    this.#owners = owners
  }

  static async load(): Promise<PackageFinder> {
    return new PackageFinder(await Promise.all(agents.map((agent) => agent.loadOwners())))
  }

  /** Looks programs up ahead of `find`. */
  prepare(programs: Iterable<string>): void {
    for (const program of programs) this.#debian.find(program)
  }

  /** Sorted by package URL, so that equal ones are equal. */
  async find(loaded: Loaded, options: HashOptions): Promise<FoundPackages> {
    const found = new Map<string, PackageFact>()
    const add = (purl: string, name: string, version: string): PackageFact => {
      const fact = found.get(purl) ?? { purl, name, version }
      found.set(purl, fact)
      return fact
    }
    for (const interpreter of loaded.interpreters)
      add(interpreterUrl(interpreter), interpreter.name, interpreter.version)
    for (const { name, file } of loaded.libraries) {
      const owner = file === undefined ? undefined : this.#ownerOf(name, file)
      if (owner === undefined) continue
      const purl = packageUrl(owner.type, undefined, owner.name, owner.version)
      const fact = add(purl, owner.name, owner.version)
      fact.modules = [...new Set([...(fact.modules ?? []), name])].toSorted()
    }
    const orphans: { path: string; sha256: string }[] = []
    for (const path of [...loaded.programs].toSorted()) {
      const owner = this.#debian.find(path)
      if (owner === undefined) {
        const { stat } = await hashFile(path, undefined, options)
        if (stat.sha256 !== undefined) orphans.push({ path, sha256: stat.sha256 })
        continue
      }
      const { vendor, name, version } = owner
      const fact = add(packageUrl('deb', vendor, name, version), name, version)
      fact.programs = [...(fact.programs ?? []), path]
    }
    const [first] = loaded.interpreters
    return {
      interpreter: first && interpreterUrl(first),
      packages: [...found.values()].toSorted((a, b) => (a.purl < b.purl ? -1 : 1)),
      programs: orphans,
    }
  }

  #ownerOf(library: string, file: string): OwningPackage | undefined {
    for (const owners of this.#owners) {
      const owner = owners.find(library, file)
      if (owner !== undefined) return owner
    }
    return undefined
  }
}

function interpreterUrl({ name, version }: { name: string; version: string }): string {
  return packageUrl('generic', undefined, name, version)
}

/** The package's URL, escaped by the rules of its type: https://github.com/package-url/purl-spec */
function packageUrl(type: string, namespace: string | undefined, name: string, version: string): string {
  return new PackageURL(type, namespace, name, version, undefined, undefined).toString()
}
