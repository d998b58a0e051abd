import { basename, extname, resolve } from 'node:path'
import { agents } from './agents.ts'
import type { Agent } from './agents/agent.ts'
import type { Interpreter } from './interpreter.ts'

/** What a command line runs: an interpreter's script or module, or a program. */
export interface Entry {
  /** The agent that sees into it; absent where there is none for its language, and for a program. */
  agent?: Agent
  /** Absolute path of the script. */
  script?: string
  /** What to call the pipeline where nobody gave it a name. */
  name: string
}

const withoutAgent: readonly Interpreter[] = [
  {
    executable: /^(node|nodejs)$/,
    valued: ['-r', '--require', '--import', '--loader', '-C'],
    inline: /^(-e|--eval|-p|--print)$/,
  },
  { executable: /^(ba|da|z|k)?sh$/, valued: ['-o', '-O', '--rcfile', '--init-file'], inline: /^-[cs]$/ },
  { executable: /^(Rscript|perl|ruby|julia)$/, valued: [], inline: /^-[eE]$/ },
]

/** Finds the script in a command line, without running anything. */
export function findScript(command: readonly string[], directory: string): Entry {
  const [program = '', ...args] = command
  const base = basename(program)
  const agent = agents.find(({ interpreter }) => interpreter.executable.test(base))
  const interpreter = agent?.interpreter ?? withoutAgent.find(({ executable }) => executable.test(base))
  if (interpreter === undefined) return { name: stem(base) }
  const seen = agent === undefined ? {} : { agent }
  const { valued, inline, moduleOption } = interpreter
  for (let at = 0; at < args.length; at++) {
    const argument = args[at] ?? ''
    if (argument === '-' || inline.test(argument)) break
    if (moduleOption !== undefined && argument.startsWith(moduleOption)) {
      const module = argument.slice(moduleOption.length) || args[at + 1]
      return { ...seen, name: module?.replace(/\.__main__$/, '') ?? base }
    }
    if (valued.includes(argument)) at++
    else if (!argument.startsWith('-')) {
      return { ...seen, script: resolve(directory, argument), name: stem(basename(argument)) }
    }
  }
  return { ...seen, name: base }
}

function stem(name: string): string {
  const short = basename(name, extname(name))
  return short === '' ? name : short
}
