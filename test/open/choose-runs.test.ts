import { describe, expect, test } from 'vitest'
import { chooseRuns } from '../../src/open/choose-runs.ts'
import type { RunChoice } from '../../src/open/choose-runs.ts'

const runs = [
  ['a', 'cooling', '2026-11-27T23:59:59.999999999Z'],
  ['b', 'measuring', '2026-11-28T10:00:00.000000001Z'],
  ['c', 'cooling', '2026-11-28T12:00:00Z'],
  ['d', 'cooling', '2026-11-29T12:00:00Z'],
].map(([letter = '', name = '', startedAt = '']) => ({
  id: `urn:uuid:${letter.repeat(8)}-8030-7f19-b942-bfb7a0904782`,
  name,
  label: name,
  startedAt,
  status: 'Completed' as const,
}))

const choose = (choice: RunChoice) =>
  chooseRuns(runs, choice)
    ?.map(({ id }) => id[9])
    .join('')

describe('Runs are chosen', () => {
  test.each<[RunChoice, string | undefined]>([
    [{}, undefined],
    [{ run: ['last'] }, 'd'],
    [{ run: ['last', 'measuring', 'aaaa'] }, 'abd'],
    [{ last: 2 }, 'cd'],
    [{ last: 9 }, 'abcd'],
    [{ pipeline: 'cooling' }, 'acd'],
    [{ pipeline: 'cooling', last: 2 }, 'cd'],
    [{ since: '2026-11-28T10:00Z' }, 'bcd'],
    [{ since: '2026-11-28T12:00:00Z' }, 'cd'],
    [{ since: '2026-11-28T12:00:00Z', pipeline: 'cooling', last: 1 }, 'd'],
    [{ run: ['last', 'measuring'], pipeline: 'cooling' }, 'd'],
  ])('%j', (choice, chosen) => {
    expect(choose(choice)).toBe(chosen)
  })

  test('since a date by the clock here', () => {
    const zone = process.env['TZ']
    try {
      process.env['TZ'] = 'Asia/Tokyo'
      expect(choose({ since: '2026-11-28' })).toBe('abcd')
      process.env['TZ'] = 'UTC'
      expect(choose({ since: '2026-11-28' })).toBe('bcd')
    } finally {
      if (zone === undefined) delete process.env['TZ']
      else process.env['TZ'] = zone
    }
  })
})

describe('What names no run is refused', () => {
  test.each<[RunChoice, string, string]>([
    [{ run: ['zzz'] }, 'There is no run ‹zzz›', 'Use last'],
    [{ pipeline: 'coolin' }, 'No run is of a pipeline named coolin', 'Did you mean cooling?'],
    [
      { pipeline: 'cooling', since: '2027-01-01' },
      'No run is as asked for',
      '`vampira list` shows the runs.',
    ],
    [{ since: '2027-01-01' }, 'No run is as asked for', '`vampira list` shows the runs.'],
    [{ since: 'yesterday' }, 'yesterday is not a date', 'Write 2026-11-29, or 2026-11-29T07:30.'],
    [{ since: '2026-13-40' }, '2026-13-40 is not a date', 'Write 2026-11-29'],
    [{ since: '2026' }, '2026 is not a date', 'Write 2026-11-29'],
  ])('%j', (choice, message, advice) => {
    expect(() => choose(choice)).toThrow(
      expect.objectContaining({
        name: 'UsageError',
        message,
        advice: expect.stringContaining(advice) as string,
      }) as Error,
    )
  })
})
