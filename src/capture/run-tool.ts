import { execFile } from 'node:child_process'
import { childCpu } from './process-tree.ts'

const largest = 64 << 20

/** CPU nanoseconds of our children as last seen, and how much of them our own tools took. */
let seen = childCpu() ?? 0
let spent = 0

/**
 * Standard output of a program of ours, such as git, that answers without asking anyone anything.
 * @returns undefined when it is not there, fails, or says more than `limit` bytes
 */
export function runTool(
  program: string,
  args: readonly string[],
  directory: string,
  limit = largest,
): Promise<string | undefined> {
  const env = { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' }
  return new Promise((resolve) => {
    const child = execFile(program, args, { cwd: directory, maxBuffer: limit, env }, (error, stdout) => {
      resolve(error === null ? stdout : undefined)
    })
    child.once('exit', () => {
      const now = childCpu() ?? 0
      spent += now - seen
      seen = now
    })
  })
}

/** CPU nanoseconds of children that have ended and were no tools: call it when one has, before anything else does. */
export function foreignCpu(): number | undefined {
  const now = childCpu()
  return now === undefined ? undefined : now - spent
}
