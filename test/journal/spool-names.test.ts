import { expect, test } from 'vitest'
import { textOf, toPath } from '../../src/journal/journal-text.ts'
import { isAgentSpool, spoolName } from '../../src/journal/spool-names.ts'

test.each([
  ['100-ab.jsonl', true],
  ['recorder.jsonl', false],
  ['100-ab.jsonl.damaged', false],
  ['notes.txt', false],
])('%s is the spool of an agent: %s', (file, expected) => {
  expect(isAgentSpool(file)).toBe(expected)
})

test('A spool is named as its file, without the extension', () => {
  expect(spoolName('100-ab.jsonl')).toBe('100-ab')
})

test.each([
  { what: 'text', journal: 'ä.txt', text: 'ä.txt', path: 'ä.txt' },
  {
    what: 'bytes that are UTF-8',
    journal: { $: 'bytes' as const, v: 'w6QudHh0' },
    text: 'ä.txt',
    path: Buffer.from('ä.txt'),
  },
  {
    what: 'bytes that are not UTF-8',
    journal: { $: 'bytes' as const, v: '/y50eHQ=' },
    text: '\uFFFD.txt',
    path: Buffer.from([0xff, 0x2e, 0x74, 0x78, 0x74]),
  },
])('A path of $what is shown as text, and opened by its bytes', ({ journal, text, path }) => {
  expect(textOf(journal)).toBe(text)
  expect(toPath(journal)).toEqual(path)
})
