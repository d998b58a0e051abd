import { runCommandLine } from './command-line.ts'
import { openTerminal } from './terminal/terminal.ts'

/** Does what the command line of this process asks, and ends the process. */
export async function start(): Promise<never> {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // The reader has seen enough (`vampira list | head`): nobody reads on.
      if (error.code === 'EPIPE') process.exit()
      throw error
    })
  }
  return leave(await runCommandLine(process.argv.slice(2), openTerminal(process.stdout, process.stderr)))
}

/** Ends at once, with all that was written read: an engine's sockets or workers must not hold the caller. */
async function leave(code: number): Promise<never> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise((resolve) => stream.write('', resolve))
  }
  process.exit(code)
}
