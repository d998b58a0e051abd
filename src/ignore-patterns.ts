import { posix } from 'node:path'
import { UsageError } from './errors.ts'

/**
 * One regular expression, in the syntax that JavaScript and Python share, that fits the absolute paths of files to be
 * ignored; undefined for no patterns. A pattern that names a folder stands for all in it. One without a slash is a name
 * that may be anywhere; others are relative to the directory, or absolute.
 * @param directory absolute path of the working directory
 * @throws UsageError for a pattern that is empty or is none
 */
export async function compileIgnorePatterns(
  patterns: readonly string[],
  directory: string,
): Promise<string | undefined> {
  if (patterns.length === 0) return undefined
  const { default: picomatch } = await import('picomatch')
  const options = { dot: true, strictBrackets: true, nonegate: true }
  const sources = patterns.map((pattern) => {
    const glob = globOf(pattern, directory)
    try {
      return [glob, `${glob}/**`].map((each) => picomatch.makeRe(each, options).source).join('|')
    } catch (error) {
      // Its message goes on with what to do.
      const [reason = ''] = (error as Error).message.split(' - ')
      throw notOne(pattern, reason.replace(/^M/, 'm'))
    }
  })
  return sources.join('|')
}

function globOf(pattern: string, directory: string): string {
  const glob = pattern.replace(/\/+$/, '')
  if (pattern.trim() === '') throw notOne(pattern, 'it is empty, and would ignore nothing')
  if (glob === '') throw notOne(pattern, 'it would ignore all files')
  if (/^!(?!\()/.test(glob)) throw notOne(pattern, 'exceptions with ! are not supported')
  if (glob.includes('\0')) throw notOne(pattern, 'no path has a null character')
  if (glob.startsWith('~/')) return posix.join(literal(process.env['HOME'] ?? '~'), glob.slice(2))
  if (glob.startsWith('/')) return posix.normalize(glob)
  return glob.includes('/') ? posix.join(literal(directory), glob) : `/**/${glob}`
}

/** A path in which no character means something in patterns. */
function literal(path: string): string {
  return path.replace(/[\\*?[\](){}!+@|^$,]/g, '\\$&')
}

function notOne(pattern: string, reason: string): UsageError {
  return new UsageError(`${JSON.stringify(pattern)} is no pattern of files to ignore: ${reason}`, {
    advice: 'Write a name, as *.log or cache, or a path, as results/**/*.tmp',
  })
}
