import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/errors.ts'
import { resolveRun } from '../../src/store/resolve-run.ts'
import type { RunEntry } from '../../src/store/store.ts'

const entry = (uuid: string, name: string): RunEntry => ({
  id: `urn:uuid:${uuid}`,
  name,
  label: name,
  startedAt: '2026-11-23T20:14:02Z',
  status: 'Completed',
  callCount: 1,
  commandLine: ['python', 'x.py'],
  tripleCount: 1,
})
const entries = [
  entry('01934000-0000-7000-8000-00000000000a', 'astronomy'),
  entry('01934000-0000-7000-8000-00000000000b', 'histograms'),
  entry('01935000-0000-7000-8000-00000000000c', 'astronomy'),
  entry('01936000-0000-7000-8000-00000000000d', 'calibration'),
]

describe('which run is meant', () => {
  test.each([
    ['last', 3],
    ['last~0', 3],
    ['last~3', 0],
    ['astronomy~1', 0],
    ['astronomy', 2],
    ['histograms', 1],
    ['01935', 2],
    ['01936000-0000-7000-8000-00000000000D', 3],
    ['urn:uuid:01935', 2],
    ['urn:uuid:01934000-0000-7000-8000-00000000000a', 0],
    ['urn:uuid:01934000-0000-7000-8000-00000000000a#record', 0],
  ])('%s', (text, index) => expect(resolveRun(entries, text)).toBe(entries[index]))

  test.each([
    ['01934', /begins the names of 2 runs: .*0a \(astronomy\), .*0b \(histograms\)/, /more of it/],
    ['astronmy', /no run ‹astronmy›/, /Did you mean astronomy\?/],
    ['calib', /no run ‹calib›/, /Did you mean calibration\?/],
    ['zzz', /no run ‹zzz›/, /last, last~1, a name \(astronomy, histograms, calibration\)/],
    ['last~4', /no run ‹last~4›: there are only 4 runs/, /vampira list/],
    ['calibration~1', /there is only one run/, /vampira list/],
    ['', /no run ‹›/, /./],
    ['urn:uuid:', /no run/, /./],
  ])('%j is none, and the error says what it could have been', (text, message, advice) => {
    try {
      resolveRun(entries, text)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError)
      expect((error as UsageError).message).toMatch(message)
      expect((error as UsageError).advice).toMatch(advice)
    }
  })

  test('in an empty store, the error says how to record one', () => {
    expect(() => resolveRun([], 'last')).toThrow(/no runs yet/)
  })
})
