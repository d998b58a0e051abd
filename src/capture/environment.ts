import type { EnvironmentLine } from '../journal/line.ts'
import type { HashOptions } from './hash-file.ts'
import { hashHost, readHost } from './host.ts'
import type { Redactor } from './redact.ts'
import type { ToldProcesses } from './told-processes.ts'
import { chooseVariables } from './variables.ts'

/** The environment before the program has loaded anything: the machine and the chosen variables. */
export function readEnvironment(variables: NodeJS.ProcessEnv, redactor: Redactor): EnvironmentLine {
  const chosen = Object.entries(chooseVariables(variables))
  return {
    kind: 'environment',
    facts: readHost(),
    packages: [],
    variables: Object.fromEntries(chosen.map(([name, value]) => [name, redactor.named(name, value)])),
    hostHash: hashHost(),
  }
}

/** The same, with the interpreter and packages that the processes turned out to use. */
export async function completeEnvironment(
  environment: EnvironmentLine,
  processes: ToldProcesses,
  hashing: HashOptions,
): Promise<EnvironmentLine> {
  const interpreters = [...processes.interpreters.values()]
  const [first] = interpreters
  // Not needed before the program has started.
  const { findPackages, packageUrl } = await import('./packages.ts')
  const { packages, programs } = await findPackages(
    { libraries: [...processes.libraries.values()], programs: [...processes.programs], interpreters },
    hashing,
  )
  const interpreter = first && packageUrl('generic', undefined, first.name, first.version)
  return {
    ...environment,
    facts: { ...environment.facts, ...(interpreter !== undefined && { interpreter }) },
    packages,
    ...(programs.length > 0 && { programs }),
  }
}
