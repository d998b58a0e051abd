import { lstatSync, readdirSync, readlinkSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Stat, Touched } from '../../journal/line.ts'
import { isSame, statOf } from '../stat.ts'
import { shellCommand, shellFiles } from './shell-files.ts'

const manyEntries = 1000

interface Named {
  /** What was there before. */
  old: Stat | undefined
  seen: 'argument' | 'redirection'
  /** Standard output or error leads there: unchanged, it was neither read nor written. */
  isOutput: boolean
}

/**
 * The files of a command that no agent sees into: those that its arguments name and those in its working directory,
 * as they were before it ran. `compare` then finds what it read, wrote and removed, as far as that can be seen from
 * outside.
 */
export class CommandFiles {
  readonly #directory: string
  readonly #isIgnored: (path: string) => boolean
  /** By absolute path. */
  readonly #named = new Map<string, Named>()
  readonly #beside: ReadonlyMap<string, Stat> | undefined

  constructor(
    command: readonly string[],
    directory: string,
    isIgnored: (path: string) => boolean = () => false,
    streams: readonly (string | undefined)[] = [],
  ) {
    this.#directory = directory
    this.#isIgnored = isIgnored
    const inShell = shellCommand(command)
    for (const { name, op } of inShell === undefined ? [] : shellFiles(inShell)) {
      this.#name(name, op === 'unknown' ? 'argument' : 'redirection')
    }
    for (const argument of command.slice(inShell === undefined ? 1 : 3)) {
      // --output=file, if=file, -ofile is anybody's guess.
      for (const name of new Set([argument, argument.slice(argument.indexOf('=') + 1)])) {
        this.#name(name, 'argument')
      }
    }
    const [input, ...outputs] = streams
    if (input !== undefined) this.#name(input, 'redirection')
    for (const path of outputs) if (path !== undefined) this.#name(path, 'redirection', true)
    this.#beside = listFiles(directory)
  }

  #name(name: string, seen: Named['seen'], isOutput = false): void {
    if (name === '' || name.startsWith('-') || name.length > 4096 || name.includes('\0')) return
    const path = resolve(this.#directory, name)
    if (!this.#isIgnored(path)) this.#named.set(path, { old: statFile(path), seen, isOutput })
  }

  /**
   * What changed since; files that an argument names and that are unchanged were read.
   * @param wrote paths that the command was seen to have open for writing
   */
  compare(wrote?: ReadonlySet<string>): Touched[] {
    const touched: Touched[] = []
    for (const [path, { old, seen, isOutput }] of this.#named) {
      const stat = statFile(path)
      const change = changeOf(path, old, stat)
      if (change !== undefined) touched.push({ ...change, seen })
      else if (stat !== undefined && !isOutput) touched.push({ path, op: 'read', stat, seen })
    }
    const now = this.#beside === undefined ? undefined : listFiles(this.#directory)
    for (const path of new Set([...(this.#beside?.keys() ?? []), ...(now?.keys() ?? [])])) {
      if (now === undefined || this.#named.has(path) || this.#isIgnored(path)) continue
      const change = changeOf(path, this.#beside?.get(path), now.get(path))
      if (change !== undefined)
        touched.push({ ...change, seen: wrote?.has(path) === true ? 'open' : 'change' })
    }
    return touched
  }
}

/** The file that one of our standard streams, which the program inherits, was redirected from or to. */
export function redirectedFile(descriptor: 0 | 1 | 2): string | undefined {
  try {
    const path = readlinkSync(`/proc/self/fd/${descriptor}`)
    return path.startsWith('/') && statSync(path).isFile() ? path : undefined
  } catch {
    return undefined
  }
}

export function statFile(path: string): Stat | undefined {
  try {
    const stats = statSync(path, { bigint: true })
    return stats.isFile() ? statOf(stats) : undefined
  } catch {
    return undefined
  }
}

function changeOf(path: string, old: Stat | undefined, stat: Stat | undefined): Touched | undefined {
  if (stat === undefined) return old === undefined ? undefined : { path, op: 'remove', old }
  if (old === undefined) return { path, op: 'write', stat }
  return isSame(old, stat) ? undefined : { path, op: 'write', stat, old }
}

/** @returns undefined for a folder too full to look through. */
function listFiles(directory: string): ReadonlyMap<string, Stat> | undefined {
  const files = new Map<string, Stat>()
  try {
    const names = readdirSync(directory)
    if (names.length > manyEntries) return undefined
    for (const name of names) {
      const path = join(directory, name)
      const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false })
      if (stats?.isFile() === true) files.set(path, statOf(stats))
    }
  } catch {
    // A directory that cannot be read, or is gone: nothing is known of it.
  }
  return files
}
