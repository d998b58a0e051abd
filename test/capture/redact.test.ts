import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { beginningsOf, Redactor, redactedMark } from '../../src/capture/redact.ts'

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

const contract = JSON.parse(readFileSync(join(packageRoot, 'contract', 'secrets.json'), 'utf8')) as {
  names: string[]
  values: string[]
}

/** A secret of each kind that contract/secrets.json lists, in its order. Written in parts: they are no real ones. */
const secrets = [
  `AKIA${'A'.repeat(16)}`,
  `ghp_${'a'.repeat(36)}`,
  `github_pat_${'a'.repeat(22)}`,
  `glpat-${'a'.repeat(20)}`,
  `sk-${'a'.repeat(20)}`,
  `xoxb-${'1'.repeat(10)}`,
  `AIza${'a'.repeat(35)}`,
  `eyJ${'a'.repeat(8)}.eyJ${'b'.repeat(8)}.c`,
  `-----BEGIN RSA ${'PRIVATE KEY'}-----`,
  'amqp://me:pw@',
  `Bearer ${'a'.repeat(16)}`,
]

test.each(contract.values.map((pattern, at) => [pattern, secrets[at] ?? 'no example']))(
  'A secret that looks like %s is taken out of a text, each time it is there',
  (_, secret) => {
    const redactor = new Redactor()
    expect(redactor.text(`x_${secret} y_${secret} z`)).toBe(`x_${redactedMark} y_${redactedMark} z`)
    expect(redactor.count).toBe(2)
  },
)

const secretNames = [
  'db_passwd',
  'Passphrase',
  'PGPWD_pwd',
  'client_secret',
  'GH_TOKEN',
  'authTokens',
  'api-key',
  'AWS_ACCESS_KEY_ID',
  'privateKey',
  'ssh_key',
  'credentials',
  'Authorization',
  'proxy_auth',
  'cookies',
  'connection_string',
]

test.each(contract.names.map((pattern, at) => [pattern, secretNames[at] ?? 'no example']))(
  'A name that matches %s is secret',
  (pattern, name) => {
    expect(new RegExp(pattern, 'i').test(name)).toBe(true)
    expect(new Redactor().named(name, 'x')).toEqual({ $: 'redacted' })
  },
)

test.each(['token_count', 'tokenizer', 'tokens', 'author', 'compass', 'keyboard'])(
  '%s is no secret',
  (name) => {
    expect(new Redactor().named(name, 'x')).toBe('x')
  },
)

test.each<[pattern: string, beginnings: string[] | undefined]>([
  ['(AKIA|ASIA)[0-9A-Z]{16}', ['AKIA', 'ASIA']],
  ['gh[pousr]_[a-z]{36,}', ['gh']],
  ['Bearer [a-z]{16,}', ['Bearer ']],
  ['abc?', ['ab']],
  ['abc+', ['abc']],
  ['a{2}', undefined],
  ['a|b', undefined],
  ['(a|b)?c', undefined],
  ['(a|b)c|d', undefined],
  ['[a-z]+:', undefined],
  ['\\d+', undefined],
])('All that %s matches begins with %s', (pattern, beginnings) => {
  expect(beginningsOf(pattern)).toEqual(beginnings)
})
