import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { basename } from 'node:path'
import { readHost } from '../capture/host.ts'
import { chooseVariables } from '../capture/variables.ts'
import type { RerunNeeds } from '../analyse/rerun/needs.ts'
import type { Surroundings } from '../analyse/rerun/surrounding-differences.ts'

const run = promisify(execFile)

/** Says which Python this is and what is installed for it. */
const pythonScript = `import json, platform, sys
try:
    from importlib import metadata
except ImportError:
    metadata = None
names = json.loads(sys.argv[1])
found = {}
for name in names:
    try:
        found[name] = metadata.version(name)
    except Exception:
        pass
print(json.dumps({"name": platform.python_implementation().lower(), "version": platform.python_version(), "packages": found}))
`

/**
 * What is here of what a run had: the machine, the packages that it loaded, the variables that change what programs
 * compute.
 * @param variables the environment that the program would get
 */
export async function readSurroundings(
  needs: RerunNeeds,
  variables: NodeJS.ProcessEnv,
  directory: string,
): Promise<Surroundings> {
  const of = (type: string) => needs.packages.filter(({ url }) => url.startsWith(`pkg:${type}/`))
  const [python, debian] = await Promise.all([
    of('pypi').length > 0 || of('generic').some(({ name }) => name.endsWith('python'))
      ? readPython(
          needs.command,
          of('pypi').map(({ name }) => name),
          variables,
          directory,
        )
      : undefined,
    readDebian(of('deb').map(({ name }) => name)),
  ])
  const versions = new Map<string, string>()
  for (const { url, name } of of('pypi')) {
    const version = python?.packages[name]
    if (version !== undefined) versions.set(url, version)
  }
  for (const { url, name } of of('deb')) {
    const version = debian.get(name)
    if (version !== undefined) versions.set(url, version)
  }
  for (const { url, name } of of('generic')) if (name === python?.name) versions.set(url, python.version)
  const host = readHost()
  return {
    versions,
    looked: new Set(['pypi', 'deb', 'generic']),
    machine: {
      operatingSystem: host.os,
      machine: host.machine,
      cpuModel: host.cpuModel,
      cpuCount: String(host.cpuCount),
      memoryBytes: String(host.memoryBytes),
      container: host.container,
    },
    variables: chooseVariables(variables),
  }
}

interface Python {
  name: string
  version: string
  packages: Readonly<Record<string, string>>
}

/** By the interpreter that the command names, else by the one that the path has. */
async function readPython(
  command: readonly string[],
  names: readonly string[],
  variables: NodeJS.ProcessEnv,
  directory: string,
): Promise<Python | undefined> {
  const named = /^(python|pypy)[\d.]*$/.test(basename(command[0] ?? '')) ? command[0]! : 'python3'
  try {
    const { stdout } = await run(named, ['-c', pythonScript, JSON.stringify(names)], {
      cwd: directory,
      env: variables,
    })
    return JSON.parse(stdout) as Python
  } catch {
    return undefined
  }
}

async function readDebian(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (names.length === 0) return new Map()
  // It fails where one is not installed, and has said of the others all the same.
  const { stdout } = await run('dpkg-query', ['-W', '-f', '${Package} ${Version}\n', ...names]).catch(
    (error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }),
  )
  return new Map(
    stdout.split('\n').flatMap((line) => {
      const [name, version] = line.split(' ')
      return name === undefined || version === undefined ? [] : [[name, version] as const]
    }),
  )
}
