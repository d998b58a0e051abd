import { describe, expect, test } from 'vitest'
import { formatDuration, formatSize, formatTime } from '../../src/report/format-quantity.ts'

describe('a duration is said in the unit that people would choose', () => {
  test.each([
    [0, '0 ns'],
    [4.1e-7, '410 ns'],
    [9.9999e-7, '1.00 µs'],
    [0.0123, '12.3 ms'],
    [0.99996, '1.00 s'],
    [2.711913591, '2.71 s'],
    [59.94, '59.9 s'],
    [59.96, '1 min 00 s'],
    [184, '3 min 04 s'],
    [3599.6, '1 h 00 min'],
    [7500, '2 h 05 min'],
  ])('%d seconds: %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text))
})

describe('a size is said in binary units', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1023, '1.00 KiB'],
    [1536, '1.50 KiB'],
    [1051200, '1.00 MiB'],
    [187695104, '179 MiB'],
    [25769803776, '24.0 GiB'],
  ])('%d bytes: %s', (bytes, text) => expect(formatSize(bytes)).toBe(text))
})

test('a time of nanoseconds is said to the second in the local zone', () => {
  const local = new Date('2026-11-23T20:14:02Z')
  const text = formatTime('2026-11-23T20:14:02.118204311Z')
  expect(text).toMatch(/^2026-11-2\d \d\d:14:02$|^2026-11-2\d \d\d:\d\d:02$/)
  expect(new Date(text.replace(' ', 'T')).getTime()).toBe(local.getTime())
})

test('what is no time is shown as it stands', () => expect(formatTime('yesterday')).toBe('yesterday'))
