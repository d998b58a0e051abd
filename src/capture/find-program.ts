import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

/** The executable that the system starts for a program's name: absolute path, links unresolved. */
export function findProgram(
  program: string,
  directory: string,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  const candidates = program.includes('/')
    ? [resolve(directory, program)]
    : (environment['PATH'] ?? '/usr/bin:/bin')
        .split(delimiter)
        .map((folder) => join(folder || directory, program))
  return candidates.find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
