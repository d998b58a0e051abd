import { basename, extname, resolve } from 'node:path'

/** What a command line runs: an interpreter's script or module, or a program. */
export interface Entry {
  /** python, node, bash …; absent for a program. */
  interpreter?: string
  /** Absolute path of the script. */
  script?: string
  /** Python's `-m` module. */
  module?: string
  /** What to call the pipeline, unless told otherwise. */
  name: string
}

const interpreters: readonly (readonly [
  pattern: RegExp,
  name: string,
  /** Options that take their value from the next argument. */
  valued: readonly string[],
  /** Options after which there is no script: code on the command line. */
  inline: readonly string[],
])[] = [
  [/^(python|pypy)[\d.]*$/, 'python', ['-W', '-X', '--check-hash-based-pycs'], ['-c']],
  [
    /^(node|nodejs)$/,
    'node',
    ['-r', '--require', '--import', '--loader', '-C'],
    ['-e', '--eval', '-p', '--print'],
  ],
  [/^(ba|da|z|k)?sh$/, 'sh', ['-o', '-O', '--rcfile', '--init-file'], ['-c', '-s']],
  [/^(Rscript|perl|ruby|julia)$/, 'script', [], ['-e', '-E']],
]

/** Finds the script in a command line, without running anything. */
export function findScript(command: readonly string[], directory: string): Entry {
  const [program = '', ...args] = command
  const base = basename(program)
  const known = interpreters.find(([pattern]) => pattern.test(base))
  if (known === undefined) return { name: stem(base) }
  const [, interpreter, valued, inline] = known
  for (let at = 0; at < args.length; at++) {
    const argument = args[at] ?? ''
    if (argument === '-' || inline.includes(argument)) break
    if (interpreter === 'python' && argument.startsWith('-m')) {
      const module = argument.length > 2 ? argument.slice(2) : args[at + 1]
      if (module === undefined) break
      return { interpreter, module, name: module.replace(/\.__main__$/, '') }
    }
    // Python's short options may stand together: -Bc is -B -c.
    if (interpreter === 'python' && /^-[a-zA-Z]+c$/.test(argument)) break
    if (valued.includes(argument)) at++
    else if (!argument.startsWith('-')) {
      return { interpreter, script: resolve(directory, argument), name: stem(basename(argument)) }
    }
  }
  return { interpreter, name: base }
}

function stem(name: string): string {
  const short = basename(name, extname(name))
  return short === '' ? name : short
}
