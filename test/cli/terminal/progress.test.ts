import { PassThrough } from 'node:stream'
import type { WriteStream } from 'node:tty'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { showProgress } from '../../../cli/terminal/progress.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function stream(isTTY: boolean): { stderr: WriteStream; said(): string } {
  const stderr = Object.assign(new PassThrough(), { isTTY, columns: 40 })
  return { stderr: stderr as unknown as WriteStream, said: () => String(stderr.read() ?? '') }
}

test('work of less than a second shows nothing', () => {
  const { stderr, said } = stream(true)
  const progress = showProgress(stderr, 'Reading', () => {})
  vi.advanceTimersByTime(900)
  progress.update('12 of 40')
  progress.done()
  expect(said()).toBe('')
})

test('longer work says how far it is in one line, and leaves none behind', () => {
  const { stderr, said } = stream(true)
  const progress = showProgress(stderr, 'Reading', () => {})
  progress.update('12 of 40 runs')
  vi.advanceTimersByTime(1200)
  expect(said()).toMatch(/\r\x1b\[2KReading · 12 of 40 runs · 1 s$/)
  progress.done()
  expect(said()).toBe('\r\x1b[2K')
  vi.advanceTimersByTime(5000)
  expect(said()).toBe('')
})

test('the line fits the terminal', () => {
  const { stderr, said } = stream(true)
  showProgress(stderr, 'Reading', () => {}).update('x'.repeat(100))
  vi.advanceTimersByTime(1200)
  const line = said().split('\x1b[2K').at(-1) ?? ''
  expect(line).toHaveLength(39)
  expect(line.endsWith('…')).toBe(true)
})

test('where standard error is no terminal nothing is ever said', () => {
  const { stderr, said } = stream(false)
  const progress = showProgress(stderr, 'Reading', () => {})
  vi.advanceTimersByTime(60_000)
  progress.update('still')
  progress.done()
  expect(said()).toBe('')
})
