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

  test('of a pipeline with a ~ in its name the latest run is meant', () => {
    const odd = [entries[0]!, entry('01937000-0000-7000-8000-00000000000e', 'astronomy~1')]
    expect(resolveRun(odd, 'astronomy~1')).toBe(odd[1])
    expect(resolveRun(odd, 'astronomy~1~0')).toBe(odd[1])
  })

  test('a name is meant before the beginning of an id', () => {
    const odd = [
      entry('01937000-0000-7000-8000-00000000000e', 'x'),
      entry('01938000-0000-7000-8000-00000000000f', '01937'),
    ]
    expect(resolveRun(odd, '01937')).toBe(odd[1])
  })

  test('no more than five runs or names are listed', () => {
    const many = Array.from({ length: 7 }, (_, n) =>
      entry(`0193400${n}-0000-7000-8000-000000000000`, `survey-${n}`),
    )
    const adviceOf = (text: string) => {
      try {
        return resolveRun(many, text).id
      } catch (error) {
        return (error as UsageError).advice
      }
    }
    expect(() => resolveRun(many, '01934')).toThrow(/begins the names of 7 runs: [^…]*survey-6\), …$/)
    expect(() => resolveRun(many.slice(0, 5), '01934')).toThrow(/survey-4\)$/)
    expect(adviceOf('SURVEY')).toBe('Did you mean survey-0, survey-1, survey-2, survey-3, survey-4?')
    expect(adviceOf('unlike')).toContain('a name (survey-2, survey-3, survey-4, survey-5, survey-6)')
  })

  test('a name is suggested once, however many runs have it', () => {
    expect(() => resolveRun(entries, 'astro')).toThrow(
      expect.objectContaining({ advice: 'Did you mean astronomy?' }),
    )
  })

  test('in an empty store, the error says how to record one', () => {
    expect(() => resolveRun([], 'last')).toThrow(/no runs yet/)
  })
})
