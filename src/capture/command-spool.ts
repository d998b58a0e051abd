import { appendFile } from 'node:fs/promises'
import { constants } from 'node:os'
import { join } from 'node:path'
import type { AgentLine, SpawnLine, Touched } from '../journal/line.ts'
import type { Ending } from './launch.ts'

/** The agent's name in the spool of a command. */
export const recorderName = 'vampira'

/** Name of that spool, and of its only spawn in the form that agents get in VAMPIRA_PARENT. */
export const commandSpool = `${process.pid}-recorder`
export const commandParent = `${commandSpool}:1`

/** A command that ran without an agent in it, as it looked from outside. */
export interface WatchedCommand {
  pid: number
  /** Without secrets. */
  arguments: string[]
  /** Absolute path of the executable, where found. */
  program: string | undefined
  directory: string
  /** Nanoseconds since 1970, and of the monotonic clock. */
  started: { wall: bigint; monotonic: bigint }
  /** Nanoseconds from start to end. */
  duration: number
  ending: Ending
  /** CPU nanoseconds and peak bytes of it and its children. */
  cpu: number | undefined
  peak: number | undefined
  /** Files that its standard input, output and error were redirected to. */
  streams: readonly (string | undefined)[]
  files: Touched[]
  /** Why nothing was seen inside, where something could have been. */
  gap: string | undefined
}

/**
 * Writes the spool of a command that has no agent in the journal. It looks like that of an agent that started the
 * command and did nothing else: process, spawn, wait and exit.
 */
export async function writeCommandSpool(
  journal: string,
  recorder: string,
  command: WatchedCommand,
): Promise<void> {
  const { program, ending, cpu, peak, gap, duration, started } = command
  const [input, output, error] = command.streams
  const spawn: SpawnLine = {
    kind: 'spawn',
    id: 1,
    at: 0,
    arguments: command.arguments,
    directory: command.directory,
    pid: command.pid,
    ...(program !== undefined && { program }),
    ...(input !== undefined && { input }),
    ...(output !== undefined && { output }),
    ...(error !== undefined && { error }),
  }
  const lines: AgentLine[] = [
    {
      kind: 'process',
      version: 1,
      spool: commandSpool,
      pid: process.pid,
      parentPid: process.ppid,
      wall: String(started.wall),
      monotonic: String(started.monotonic),
      agent: { name: recorderName, version: recorder },
      interpreter: { name: 'node', version: process.versions.node },
      executable: process.execPath,
      arguments: [process.execPath],
      directory: command.directory,
    },
    spawn,
    ...(gap === undefined ? [] : [{ kind: 'gap', at: 0, reason: gap } as const]),
    {
      kind: 'wait',
      spawn: 1,
      at: duration,
      ...(ending.status !== undefined && { status: ending.status }),
      ...(ending.signal !== undefined && { signal: constants.signals[ending.signal] }),
      ...(cpu !== undefined && { cpu }),
      ...(peak !== undefined && { peak }),
      files: command.files,
    },
    { kind: 'exit', at: duration },
  ]
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  await appendFile(join(journal, `${commandSpool}.jsonl`), text)
}
