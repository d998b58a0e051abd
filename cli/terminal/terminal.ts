import { styleText } from 'node:util'
import type { WriteStream } from 'node:tty'
import { showProgress } from './progress.ts'
import type { Progress } from './progress.ts'

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan' | 'magenta'

/** Where a command writes: answers to standard output, everything said about them to standard error. */
export interface Terminal {
  /** Columns that fit; unlimited when standard output is not a terminal, so that nothing is cut for a pipe. */
  readonly width: number
  /** Styled where standard output is a terminal and NO_COLOR is not set, else the text as it is. */
  style(style: Style, text: string): string
  /** Append to standard output, waiting for a slow reader. */
  write(text: string | Uint8Array): Promise<void>
  /** Lines on standard output; many of them as a list, since a function takes about a hundred thousand arguments. */
  print(...lines: readonly (string | readonly string[])[]): Promise<void>
  /** One JSON document on standard output. */
  printJson(value: unknown): Promise<void>
  /** A line on standard error. */
  note(line: string): void
  /** A line on standard error that appears when the work takes over a second, if that is a terminal. */
  progress(label: string): Progress
  /** Aborted by Ctrl-C, once `handleInterrupts` was called. */
  readonly signal: AbortSignal
  /**
   * From now on Ctrl-C aborts `signal` and nothing else. Until then the system ends the process (a shell sees 130), even
   * in the middle of a query, whose synchronous engine would let no handler run.
   */
  handleInterrupts(): void
}

/** One text of hundreds of thousands would be as large as all of them. */
const linesAtOnce = 5000

export function openTerminal(stdout: WriteStream, stderr: WriteStream): Terminal {
  const colour = stdout.isTTY === true && stdout.hasColors()
  const abort = new AbortController()
  const running = new Set<Progress>()
  const clearProgress = () => {
    for (const progress of running) progress.hide()
  }
  const write = async (text: string | Uint8Array) => {
    clearProgress()
    if (!stdout.write(text)) await new Promise((resolve) => stdout.once('drain', resolve))
  }
  return {
    width: stdout.isTTY === true ? stdout.columns : Infinity,
    style: (style, text) =>
      colour && text !== '' ? styleText(style, text, { validateStream: false }) : text,
    write,
    async print(...lines) {
      const all = lines.flat()
      for (let at = 0; at < all.length; at += linesAtOnce)
        await write(`${all.slice(at, at + linesAtOnce).join('\n')}\n`)
    },
    printJson: (value) => write(`${JSON.stringify(value, null, 2)}\n`),
    note(line) {
      clearProgress()
      stderr.write(`${line}\n`)
    },
    progress(label) {
      const progress = showProgress(stderr, label, () => running.delete(progress))
      running.add(progress)
      return progress
    },
    signal: abort.signal,
    handleInterrupts() {
      process.on('SIGINT', () => {
        abort.abort()
        for (const progress of running) progress.done()
      })
    },
  }
}
