import { expect, test } from 'vitest'
import { Redactor, redactedMark } from '../../src/capture/redact.ts'

const token = `ghp_${'a1B2'.repeat(9)}`

test.each<[what: string, args: string[], left: string[], count: number]>([
  ['nothing secret', ['run', '--input', 'a.fits', '-v'], ['run', '--input', 'a.fits', '-v'], 0],
  ['an option with =', ['run', '--password=hunter2'], ['run', `--password=${redactedMark}`], 1],
  ['an option and its value', ['run', '--api-key', 'abc', 'x'], ['run', '--api-key', redactedMark, 'x'], 1],
  ['a flag that only sounds secret', ['run', '--token', '--quick'], ['run', '--token', '--quick'], 0],
  ['a name without dashes', ['run', 'db_password=x'], ['run', `db_password=${redactedMark}`], 1],
  ['a token anywhere', ['run', `at-${token}.`], ['run', `at-${redactedMark}.`], 1],
  [
    'a user in a URL',
    ['run', 'from=https://me:pw@example.org/a?x=1', 'https://example.org/b?x=1'],
    ['run', 'from=https://example.org/a', 'https://example.org/b?x=1'],
    1,
  ],
  ['an e-mail address', ['run', '--to', 'me@example.org'], ['run', '--to', 'me@example.org'], 0],
  [
    'words that hold secret ones',
    ['run', '--compass', 'n', '--tokenize=yes'],
    ['run', '--compass', 'n', '--tokenize=yes'],
    0,
  ],
])('A command line with %s', (_, args, left, count) => {
  const redactor = new Redactor()
  expect(redactor.command(args)).toEqual(left)
  expect(redactor.count).toBe(count)
})

test('A named value is left out whole when its name says that it is secret', () => {
  const redactor = new Redactor()
  expect(redactor.named('AWS_SECRET_ACCESS_KEY', 'x')).toEqual({ $: 'redacted' })
  expect(redactor.named('telescope', 'test')).toBe('test')
  expect(redactor.count).toBe(1)
})
