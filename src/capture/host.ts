import { existsSync, readFileSync } from 'node:fs'
import { cpus, loadavg, machine, platform, release, totalmem, type, userInfo } from 'node:os'

/** The machine: facts of the environment line (contract/journal.schema.json, environment). */
export interface HostFacts {
  os: string
  machine: string
  cpuModel?: string
  cpuCount: number
  /** Bytes. */
  memoryBytes: number
  container?: string
}

export function readHost(): HostFacts {
  const processors = cpus()
  const model = processors[0]?.model.trim()
  const container = detectContainer()
  return {
    os: `${type()} ${release()}`,
    machine: machine(),
    ...(model !== undefined && model !== '' && { cpuModel: model }),
    cpuCount: Math.max(1, processors.length),
    memoryBytes: totalmem(),
    ...(container !== undefined && { container }),
  }
}

/** The load average of the last minute (processes that ran or wanted to), in hundredths; undefined where there is none. */
export function readLoad(): number | undefined {
  return platform() === 'win32' ? undefined : Math.round((loadavg()[0] ?? 0) * 100)
}

/** Who started the run, as far as the system knows. */
export function readLogin(environment: NodeJS.ProcessEnv): string {
  try {
    return userInfo().username
  } catch {
    // A user id without an entry, as containers have them.
    return environment['USER'] ?? `uid-${process.getuid?.() ?? 'unknown'}`
  }
}

function detectContainer(): string | undefined {
  if (process.env['APPTAINER_CONTAINER'] ?? process.env['SINGULARITY_CONTAINER']) return 'apptainer'
  if (existsSync('/run/.containerenv')) return 'podman'
  if (existsSync('/.dockerenv')) return 'docker'
  if (process.env['KUBERNETES_SERVICE_HOST'] !== undefined) return 'kubernetes'
  try {
    const groups = readFileSync('/proc/1/cgroup', 'utf8')
    return /\b(docker|lxc|kubepods|containerd)\b/.exec(groups)?.[1]
  } catch {
    return undefined
  }
}
