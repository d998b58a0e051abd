import { PassThrough } from 'node:stream'
import type { WriteStream } from 'node:tty'
import { runCommandLine } from '../../cli/command-line.ts'
import { openTerminal } from '../../cli/terminal/terminal.ts'
import type { Ended } from './vampira.ts'

/**
 * Runs a command line in this process, which takes a tenth of the time of one of its own. Not for `run`, whose program
 * writes where this process does, and not for what is about signals or how a process ends.
 */
export async function vampiraHere(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Ended> {
  const [out, err] = [collect(), collect()]
  const before = { cwd: process.cwd(), env: { ...process.env } }
  if (options.cwd !== undefined) process.chdir(options.cwd)
  Object.assign(process.env, options.env)
  try {
    const terminal = { ...openTerminal(out.stream, err.stream), handleInterrupts() {} }
    const code = await runCommandLine(args, terminal)
    return { code, stdout: out.text(), stderr: err.text() }
  } finally {
    process.chdir(before.cwd)
    for (const name of Object.keys(options.env ?? {})) {
      const value = before.env[name]
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}

/** A stream that is no terminal, and what was written to it. */
function collect(): { stream: WriteStream; text: () => string } {
  const chunks: Buffer[] = []
  const stream = new PassThrough()
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  return { stream: stream as unknown as WriteStream, text: () => Buffer.concat(chunks).toString() }
}
