import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { closeSync, openSync, statSync } from 'node:fs'
import { LaunchError } from '../errors.ts'
import { agents } from './agents.ts'

/** How a program ended, as its parent saw it: one of the two. */
export interface Ending {
  status: number | undefined
  signal: NodeJS.Signals | undefined
}

export interface Launched {
  pid: number
  ended: Promise<Ending>
}

export interface LaunchOptions {
  directory: string
  environment: NodeJS.ProcessEnv
  /** Absent: our own. */
  streams?: ProgramStreams | undefined
}

/** Standard streams of a program that are not ours. */
export interface ProgramStreams {
  /** File to read from; absent: it has nothing to read. */
  input?: string | undefined
  onOutput(bytes: Buffer): void
  onError(bytes: Buffer): void
}

/** Milliseconds that we wait for what a program wrote last: one that it left behind may hold its output open. */
const lastWords = 1000

/** Signals that a terminal sends to us and to the program alike: the program decides, we wait for what it does. */
const fromTerminal: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT']
/** Signals that are sent to one process: meant for the program. */
const forwarded: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2']

/**
 * Starts a program as if we were not there: our standard input, output and error are its own, it stays in our process
 * group, no shell is in between. Until it has ended Ctrl-C does nothing to us, and SIGTERM and SIGHUP go on to it.
 * @throws {LaunchError} it could not be started.
 */
export async function launch(command: readonly string[], options: LaunchOptions): Promise<Launched> {
  const [program = '', ...args] = command
  let pid: number | undefined
  const ignore = () => {}
  const forward = (signal: NodeJS.Signals) => {
    try {
      if (pid !== undefined) process.kill(pid, signal)
    } catch {
      // It has just ended: the signal came too late for it, as it would have without us.
    }
  }
  for (const signal of fromTerminal) process.on(signal, ignore)
  for (const signal of forwarded) process.on(signal, forward)
  const restore = () => {
    for (const signal of fromTerminal) process.off(signal, ignore)
    for (const signal of forwarded) process.off(signal, forward)
  }
  const { streams } = options
  let input: number | undefined
  try {
    if (streams?.input !== undefined) input = openSync(streams.input, 'r')
    const child = spawn(program, args, {
      stdio: streams === undefined ? 'inherit' : [input ?? 'ignore', 'pipe', 'pipe'],
      cwd: options.directory,
      env: options.environment,
    })
    child.stdout?.on('data', (bytes: Buffer) => streams?.onOutput(bytes))
    child.stderr?.on('data', (bytes: Buffer) => streams?.onError(bytes))
    const ended = new Promise<Ending>((resolve) => {
      child.once('exit', (status, signal) => {
        restore()
        const end = () => resolve({ status: status ?? undefined, signal: signal ?? undefined })
        if (streams === undefined) end()
        else {
          const timer = setTimeout(end, lastWords)
          child.once('close', () => {
            clearTimeout(timer)
            end()
          })
        }
      })
    })
    await new Promise((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', reject)
    })
    pid = child.pid as number
    return { pid, ended }
  } catch (error) {
    restore()
    throw launchError(program, options.directory, error)
  } finally {
    if (input !== undefined) closeSync(input)
  }
}

/** The exit code of a shell's `$?`: the program's own, or 128 + the signal that killed it. */
export function exitCodeOf(ending: Ending): number {
  if (ending.signal !== undefined) return 128 + constants.signals[ending.signal]
  return ending.status ?? 1
}

function launchError(program: string, directory: string, cause: unknown): LaunchError {
  const code = (cause as NodeJS.ErrnoException).code
  const path = program.includes('/')
  if (code === 'ENOENT' && statSync(directory, { throwIfNoEntry: false }) === undefined) {
    return new LaunchError(`Cannot start ${program}: the working directory ${directory} is gone`, { cause })
  }
  if (code === 'ENOENT') {
    return new LaunchError(
      path && statSync(program, { throwIfNoEntry: false }) !== undefined
        ? `Cannot start ${program}: the interpreter that its first line names is not there`
        : `Cannot start ${program}: there is no such program${path ? '' : ' on the PATH'}`,
      { cause, advice: 'Check the spelling of the command after --' },
    )
  }
  if (code === 'EACCES') {
    return new LaunchError(`Cannot start ${program}: it is not executable`, {
      cause,
      advice: `Name its interpreter${exampleOf(program)} or make it executable (chmod +x ${program})`,
    })
  }
  return new LaunchError(`Cannot start ${program}: ${(cause as Error).message}`, { cause })
}

function exampleOf(script: string): string {
  const agent = agents.find(({ scripts }) => script.endsWith(scripts.extension))
  return agent === undefined ? '' : ` (${agent.scripts.command} ${script})`
}
