import { readFileSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { LibraryOwners, OwningPackage } from './agent.ts'

interface Installed {
  folder: string
  /** Normalised name that the folder's own name gives. */
  normal: string
  isDist: boolean
}

/** Names as PyPI compares them: https://packaging.python.org/en/latest/specifications/name-normalization/ */
function normaliseName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase()
}

/** Finds which installed distribution a top-level module came from, by what installers write beside it. */
export class PythonDistributions implements LibraryOwners {
  /** Site folder → what is installed in it. */
  readonly #sites = new Map<string, Installed[]>()
  /** Site folder → top-level module → where its metadata are. */
  readonly #owners = new Map<string, Map<string, string>>()

  /**
   * @param module name of the top-level module or package
   * @param file its file: …/numpy/__init__.py or …/six.py
   */
  find(module: string, file: string): OwningPackage | undefined {
    const name = basename(file)
    const parent = dirname(file)
    const site = name.startsWith('__init__.') || basename(parent) === module ? dirname(parent) : parent
    const installed = this.#installed(site)
    if (installed.length === 0) return undefined
    const namesake = installed.find(({ normal }) => normal === normaliseName(module))
    const folder = namesake?.folder ?? this.#owner(site, module)
    return folder === undefined ? undefined : readMetadata(folder)
  }

  #installed(site: string): Installed[] {
    let installed = this.#sites.get(site)
    if (installed !== undefined) return installed
    let names: string[] = []
    try {
      names = readdirSync(site)
    } catch {
      // A zip file, or a folder that is gone: nothing is known to be installed there.
    }
    installed = names
      .filter((name) => /\.(dist|egg)-info$/.test(name))
      .map((name) => ({
        folder: join(site, name),
        normal: normaliseName(name.replace(/\.(dist|egg)-info$/, '').split('-')[0] ?? ''),
        isDist: name.endsWith('.dist-info'),
      }))
    this.#sites.set(site, installed)
    return installed
  }

  #owner(site: string, module: string): string | undefined {
    let owners = this.#owners.get(site)
    if (owners === undefined) {
      owners = new Map()
      for (const installed of this.#installed(site)) {
        for (const top of topLevel(installed)) if (!owners.has(top)) owners.set(top, installed.folder)
      }
      this.#owners.set(site, owners)
    }
    return owners.get(module)
  }
}

/** Top-level modules of a distribution, from top_level.txt or else the list of its files. */
function topLevel({ folder, isDist }: Installed): string[] {
  const listed = readText(join(folder, 'top_level.txt'))
  if (listed !== undefined) return listed.split(/\s+/).filter((name) => name !== '')
  const record = (isDist ? readText(join(folder, 'RECORD')) : undefined) ?? ''
  // Thousands of lines about a few folders, one folder's after another's: each is looked at once.
  const tops = new Set<string>()
  let folderBefore = ','
  for (let start = 0; start < record.length; start = lineEnd(record, start) + 1) {
    if (record.startsWith(folderBefore, start)) continue
    const [path = ''] = record.slice(start, lineEnd(record, start)).split(',', 1)
    const slash = path.indexOf('/')
    const first = slash === -1 ? path : path.slice(0, slash)
    tops.add(first.replace(/\.(py|pyc|so|pyd)$/, '').split('.')[0] ?? '')
    if (slash !== -1) folderBefore = `${first}/`
  }
  return [...tops]
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start)
  return end === -1 ? text.length : end
}

function readMetadata(folder: string): OwningPackage | undefined {
  const isFile = statSync(folder, { throwIfNoEntry: false })?.isFile() === true
  const text = isFile
    ? readText(folder)
    : (readText(join(folder, 'METADATA')) ?? readText(join(folder, 'PKG-INFO')))
  const name = /^Name:\s*(\S+)/m.exec(text ?? '')?.[1]
  const version = /^Version:\s*(\S+)/m.exec(text ?? '')?.[1]
  return name === undefined || version === undefined
    ? undefined
    : { type: 'pypi', name: normaliseName(name), version }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
