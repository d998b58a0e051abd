import type { EnvironmentLine } from '../journal/line.ts'
import type { Recording } from './recording.ts'
import { hashHost } from '../host-hash.ts'
import { readHost } from './host.ts'
import type { Redactor } from './redact.ts'
import { chooseVariables } from './variables.ts'

type ChosenVariables = NonNullable<EnvironmentLine['variables']>

/** The chosen variables, as they may be written. */
export function readVariables(variables: NodeJS.ProcessEnv, redactor: Redactor): ChosenVariables {
  const chosen = Object.entries(chooseVariables(variables))
  return Object.fromEntries(chosen.map(([name, value]) => [name, redactor.named(name, value)]))
}

/** The environment before the program has loaded anything: the machine and the chosen variables. */
export function readEnvironment(variables: ChosenVariables): EnvironmentLine {
  return { kind: 'environment', facts: readHost(), packages: [], variables, hostHash: hashHost() }
}

/** The same, with the interpreter and packages that the processes turned out to use. */
export async function completeEnvironment(
  environment: EnvironmentLine,
  recording: Recording,
): Promise<EnvironmentLine> {
  const { libraries, programs: started, interpreters } = recording.processes
  const finder = await recording.packages()
  const { interpreter, packages, programs } = await finder.find(
    {
      libraries: [...libraries.values()],
      programs: [...started],
      interpreters: [...interpreters.values()],
    },
    recording.hashing,
  )
  return {
    ...environment,
    facts: { ...environment.facts, ...(interpreter !== undefined && { interpreter }) },
    packages,
    ...(programs.length > 0 && { programs }),
  }
}
