import { PackageURL } from 'packageurl-js'
import { DebianPackages } from './debian-packages.ts'
import { hashFile } from '../files/hash-file.ts'
import type { HashOptions } from '../files/hash-file.ts'
import { PythonDistributions, normaliseName } from './python-distributions.ts'

/** A package as the journal's environment line has it. */
export interface PackageFact {
  purl: string
  name: string
  version?: string
  modules?: string[]
  programs?: string[]
}

/** A top-level module that a process loaded, as its agent told. */
export interface Library {
  name: string
  file?: string
  version?: string
}

/** What to find packages for. */
export interface Loaded {
  libraries: readonly Library[]
  /** Absolute paths of executables. */
  programs: readonly string[]
  /** Name and version of interpreters: cpython 3.11.7. */
  interpreters: readonly { name: string; version: string }[]
}

/** Packages, and the programs that no package brought. */
export interface Packages {
  packages: PackageFact[]
  programs: { path: string; sha256: string }[]
}

/** Finds the packages that a run's modules and programs came from. */
export class PackageFinder {
  readonly #distributions = new PythonDistributions()
  readonly #debian = new DebianPackages()

  /** Looks programs up ahead of `find`. */
  prepare(programs: Iterable<string>): void {
    for (const program of programs) this.#debian.find(program)
  }

  /** Sorted by package URL, so that equal ones are equal. */
  async find(loaded: Loaded, options: HashOptions): Promise<Packages> {
    const found = new Map<string, PackageFact>()
    const add = (purl: string, name: string, version: string): PackageFact => {
      const fact = found.get(purl) ?? { purl, name, version }
      found.set(purl, fact)
      return fact
    }
    for (const { name, version } of loaded.interpreters)
      add(packageUrl('generic', undefined, name, version), name, version)
    for (const { name, file } of loaded.libraries) {
      const distribution = file === undefined ? undefined : this.#distributions.find(name, file)
      if (distribution === undefined) continue
      const normal = normaliseName(distribution.name)
      const purl = packageUrl('pypi', undefined, normal, distribution.version)
      const fact = add(purl, normal, distribution.version)
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
    return {
      packages: [...found.values()].toSorted((a, b) => (a.purl < b.purl ? -1 : 1)),
      programs: orphans,
    }
  }
}

/** The package's URL, escaped by the rules of its type: https://github.com/package-url/purl-spec */
export function packageUrl(
  type: string,
  namespace: string | undefined,
  name: string,
  version: string,
): string {
  return new PackageURL(type, namespace, name, version, undefined, undefined).toString()
}
