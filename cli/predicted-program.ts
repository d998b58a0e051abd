import { readFileSync, statSync } from 'node:fs'
import { readPythonCalls, UsageError } from '../src/index.ts'
import type { PythonCalls, Wanted } from '../src/index.ts'

/** What a script calls, or what a list of components with commas is; undefined for neither. */
export async function callsOf(word: string): Promise<PythonCalls | undefined> {
  if (word.endsWith('.py')) {
    if (statSync(word, { throwIfNoEntry: false })?.isFile() !== true) {
      throw new UsageError(`Cannot read ${word}: there is no such file`, {
        advice: 'Name a script, or a pipeline without .py.',
      })
    }
    return readPythonCalls(word, readFileSync(word, 'utf8'))
  }
  const names = word.split(',').filter((name) => name !== '')
  if (names.length < 2) return undefined
  return {
    modules: [...new Set(names.map((name) => name.replace(/\..*/, '')))],
    calls: names.map((name, at) => ({
      name,
      line: 1,
      isLocal: false,
      isReference: false,
      isRepeated: true,
      takes: at === 0 ? [] : [at - 1],
      within: undefined,
    })),
  }
}

/** Files by their size, and settings. `--input k=v` is a setting too, where there is no such file. */
export function wantedBy(settings: readonly string[], files: readonly string[] = []): Wanted {
  const given: Record<string, string> = {}
  let bytes = 0
  let count = 0
  for (const word of settings) {
    if (!word.includes('=')) {
      throw new UsageError(`${word} is no setting`, {
        advice: 'Write a setting as name=value, and a file with --input.',
      })
    }
    setting(given, word)
  }
  for (const file of files) {
    const found = statSync(file, { throwIfNoEntry: false })
    if (found === undefined && file.includes('=')) setting(given, file)
    else if (found === undefined || !found.isFile()) {
      throw new UsageError(`Cannot read the size of ${file}: there is no such file`, {
        advice: 'Name a file that the pipeline will read, or a setting as name=value.',
      })
    } else {
      bytes += found.size
      count++
    }
  }
  return { settings: given, ...(count > 0 && { inputs: { files: count, bytes } }) }
}

function setting(given: Record<string, string>, word: string): void {
  const at = word.indexOf('=')
  given[word.slice(0, at)] = word.slice(at + 1)
}
