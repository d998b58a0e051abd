import { textOf } from '../journal/journal-text.ts'
import type { AgentLine } from '../journal/line.ts'
import { recorderName } from './command-spool.ts'
import type { Library } from './packages/find-packages.ts'

/** What the agents' lines say of processes: the code they loaded, the programs they started, what they consumed. */
export class SeenProcesses {
  readonly pids = new Set<number>()
  readonly libraries = new Map<string, Library>()
  /** Absolute paths of executables. */
  readonly programs = new Set<string>()
  readonly interpreters = new Map<string, { name: string; version: string }>()
  /** CPU nanoseconds of all; bytes of the largest. */
  cpu = 0
  peak = 0

  take(line: AgentLine): void {
    if (line.kind === 'process') {
      this.pids.add(line.pid)
      // The recorder's own spool, of an earlier look at the same journal.
      if (line.agent.name === recorderName) return
      // Package URLs are compared by letter, and their names are in lower case.
      const name = line.interpreter.name.toLowerCase()
      const { version } = line.interpreter
      this.interpreters.set(`${name} ${version}`, { name, version })
    } else if (line.kind === 'library') {
      const { name, file } = line
      this.libraries.set(`${name} ${file === undefined ? '' : textOf(file)}`, {
        name,
        ...(file !== undefined && { file: textOf(file) }),
      })
    } else if (line.kind === 'spawn') {
      if (line.program !== undefined) this.programs.add(textOf(line.program))
    } else if (line.kind === 'exit') {
      this.cpu += line.cpu ?? 0
      this.peak = Math.max(this.peak, line.peak ?? 0)
    }
  }
}
