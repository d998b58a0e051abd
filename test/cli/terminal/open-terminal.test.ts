import { PassThrough } from 'node:stream'
import type { WriteStream } from 'node:tty'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openTerminal } from '../../../cli/terminal/terminal.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function streamOf(
  kind: { isTTY?: boolean; colours?: boolean; columns?: number } = {},
  highWaterMark?: number,
) {
  const { isTTY = false, colours = true, columns = 80 } = kind
  const stream = Object.assign(new PassThrough(highWaterMark === undefined ? {} : { highWaterMark }), {
    isTTY,
    columns,
    hasColors: () => colours,
  }) as unknown as WriteStream
  return { stream, said: () => String(stream.read() ?? '') }
}

describe('Answers', () => {
  test('go to standard output, and what is said about them to standard error', async () => {
    const [out, err] = [streamOf(), streamOf()]
    const terminal = openTerminal(out.stream, err.stream)
    await terminal.print('a', 'b')
    terminal.note('note')
    await terminal.printJson({ x: 1 })
    expect(out.said()).toBe('a\nb\n{\n  "x": 1\n}\n')
    expect(err.said()).toBe('note\n')
  })

  test('wait for a reader who is slower', async () => {
    const out = streamOf({}, 4)
    const terminal = openTerminal(out.stream, streamOf().stream)
    let written = false
    const writing = terminal.write('longer than four').then(() => (written = true))
    await Promise.resolve()
    expect(written).toBe(false)
    out.said()
    await writing
    expect(written).toBe(true)
  })
})

test('A terminal is as wide as it is; a pipe has no width', () => {
  const err = streamOf().stream
  expect(openTerminal(streamOf({ isTTY: true, columns: 66 }).stream, err).width).toBe(66)
  expect(openTerminal(streamOf({ columns: 66 }).stream, err).width).toBe(Infinity)
})

test.each([
  ['in a terminal with colours', { isTTY: true, colours: true }, '\u001b[32mfine\u001b[39m'],
  ['not in a terminal without colours', { isTTY: true, colours: false }, 'fine'],
  ['not in a pipe', { isTTY: false, colours: true }, 'fine'],
])('A text is styled %s', (_, kind, styled) => {
  const terminal = openTerminal(streamOf(kind).stream, streamOf().stream)
  expect(terminal.style('green', 'fine')).toBe(styled)
  expect(terminal.style('green', '')).toBe('')
})

test('The line of progress makes room for output and notes, and is gone at the end', async () => {
  const [out, err] = [streamOf(), streamOf({ isTTY: true })]
  const terminal = openTerminal(out.stream, err.stream)
  const progress = terminal.progress('Reading')
  vi.advanceTimersByTime(1500)
  expect(err.said()).toContain('Reading · ')
  terminal.note('careful')
  expect(err.said()).toBe('\r\u001b[2Kcareful\n')
  vi.advanceTimersByTime(200)
  expect(err.said()).toContain('Reading · ')
  await terminal.print('an answer')
  expect(err.said()).toBe('\r\u001b[2K')
  progress.done()
  terminal.note('end')
  expect(err.said()).toBe('end\n')
})

test('Ctrl-C aborts the work and takes the line of progress away, once somebody handles it', () => {
  const err = streamOf({ isTTY: true })
  const terminal = openTerminal(streamOf().stream, err.stream)
  const before = process.listeners('SIGINT')
  terminal.handleInterrupts()
  const handler = process.listeners('SIGINT').find((each) => !before.includes(each))
  try {
    terminal.progress('Reading')
    vi.advanceTimersByTime(1500)
    err.said()
    expect(terminal.signal.aborted).toBe(false)
    handler!('SIGINT')
    expect(terminal.signal.aborted).toBe(true)
    expect(err.said()).toBe('\r\u001b[2K')
    vi.advanceTimersByTime(1500)
    expect(err.said()).toBe('')
  } finally {
    process.off('SIGINT', handler!)
  }
})
