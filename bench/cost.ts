import { spawnSync } from 'node:child_process'

/** Seconds of a process and of all children that were waited for. */
export interface Cost {
  wall: number
  cpu: number
}

/** @throws Error if it does not end with 0 */
export function costOf(command: readonly string[], directory: string, environment = process.env): Cost {
  // The shell counts the children that were waited for too.
  const { stderr } = run(
    ['bash', '-c', 'TIMEFORMAT="%R %U %S"; time "$@"', 'bash', ...command],
    directory,
    environment,
  )
  const [wall = NaN, user = NaN, system = NaN] = (stderr.trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number)
  return { wall, cpu: user + system }
}

/** @throws Error if it does not end with 0 */
export function run(
  command: readonly string[],
  directory: string,
  environment = process.env,
): { stdout: string; stderr: string } {
  const [program = '', ...rest] = command
  const ended = spawnSync(program, rest, {
    cwd: directory,
    env: environment,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (ended.status !== 0) throw new Error(`${command.join(' ')} ended with ${ended.status}: ${ended.stderr}`)
  return ended
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN
}
