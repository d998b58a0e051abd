import { spawnSync } from 'node:child_process'

/** What a process and all children that were waited for took. */
export interface Cost {
  /** Seconds. */
  wall: number
  /** Seconds. */
  cpu: number
  /** Most that one of these processes held at once. */
  megabytes: number
}

/** Node.js knows nothing of its children. What Python's own start took, or a version manager's, does not count. */
const meter = `import resource, subprocess, sys, time
def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
before = cpu()
begun = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
wall = time.perf_counter() - begun
print(wall, cpu() - before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)`

/** @throws Error if it does not end as is fine */
export function costOf(
  command: readonly string[],
  directory: string,
  environment = process.env,
  fine: readonly number[] = [0],
): Cost {
  // Isolated from what the environment gives to the Python that is measured.
  const { stdout } = run(['python3', '-I', '-c', meter, ...command], directory, environment, fine)
  const [wall = NaN, cpu = NaN, kibibytes = NaN] = stdout.split(' ').map(Number)
  return { wall, cpu, megabytes: kibibytes / 1024 }
}

/** What a program of Node.js takes; findings (exit code 1) are an answer, too. */
export function nodeCost(directory: string, ...args: readonly string[]): Cost {
  return costOf([process.execPath, ...args], directory, process.env, [0, 1])
}

/** @throws Error if it does not end as is fine */
export function run(
  command: readonly string[],
  directory: string,
  environment = process.env,
  fine: readonly number[] = [0],
): { stdout: string; stderr: string } {
  const [program = '', ...rest] = command
  const ended = spawnSync(program, rest, {
    cwd: directory,
    env: environment,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (!fine.includes(ended.status ?? -1))
    throw new Error(`${command.join(' ')} ended with ${ended.status}: ${ended.stderr}`)
  return ended
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN
}

/** The cost of the middle round, by wall or processor time. */
export function medianCost(costs: readonly Cost[], by: 'wall' | 'cpu'): Cost {
  return costs.toSorted((a, b) => a[by] - b[by])[costs.length >> 1]!
}

/** A line of a table: seconds, peak memory, and the ratio to a peer, where there is one. */
export function costLine(name: string, cost: Cost, peer: Cost | undefined, by: 'wall' | 'cpu'): string {
  const ratio = peer === undefined ? '' : `  ×${(cost[by] / peer[by]).toFixed(2)}`
  return `${name.padEnd(20)} ${showCost(cost, by)}${ratio}`
}

export function showCost(cost: Cost, by: 'wall' | 'cpu'): string {
  return `${cost[by].toFixed(2).padStart(7)} s ${cost.megabytes.toFixed(0).padStart(6)} MB`
}
