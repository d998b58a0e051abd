import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { shellWord } from '../src/shell-word.ts'

test.each([
  '--std=2.5',
  'a b',
  "it's",
  "'",
  '$HOME',
  '`id`',
  '$(id)',
  '*',
  'a;b',
  '\\',
  '"',
  'two\nlines',
  '',
  '~',
  '#',
  'é',
])('A shell reads %j back', (word) => {
  expect(execFileSync('sh', ['-c', `printf %s. ${shellWord(word)}`], { encoding: 'utf8' })).toBe(`${word}.`)
})

test('What a shell leaves alone is not quoted', () => {
  expect(shellWord('--in=/data/a_1.csv')).toBe('--in=/data/a_1.csv')
})
