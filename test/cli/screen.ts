import type { Terminal } from '../../cli/terminal/terminal.ts'

/** A terminal that keeps what is written on it: a style as ‹red›text‹/›, and notes on standard error after `2>`. */
export function openScreen(width = Infinity): { terminal: Terminal; text: () => string } {
  const lines: string[] = []
  const terminal: Terminal = {
    width,
    style: (style, text) => (text === '' ? text : `‹${style}›${text}‹/›`),
    write: async (text) => void lines.push(Buffer.from(text).toString()),
    print: async (...texts) =>
      void lines.push(
        texts
          .flat()
          .map((text) => `${text}\n`)
          .join(''),
      ),
    printJson: async (value) => void lines.push(`${JSON.stringify(value, null, 2)}\n`),
    note: (line) => void lines.push(`2> ${line}\n`),
    progress: () => ({ update() {}, hide() {}, done() {} }),
    signal: new AbortController().signal,
    handleInterrupts() {},
  }
  return { terminal, text: () => lines.join('') }
}
