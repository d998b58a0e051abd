import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { JournalError } from '../../src/errors.ts'
import { repairSpool } from '../../src/recorder/repair-spool.ts'
import { makeFolder } from '../capture/temporary-folder.ts'

const gapAt = (line: number) =>
  `${JSON.stringify({
    kind: 'gap',
    at: 0,
    reason: `The journal is damaged at line ${line} of 1-a.jsonl; nothing after it could be read.`,
  })}\n`

/** Repairs a spool that holds this text, whose reader stopped at this line. */
async function repair(text: string, line: number | undefined, name = '1-a.jsonl') {
  const journal = makeFolder()
  const aside = join(journal, 'aside')
  const file = join(journal, name)
  writeFileSync(file, text)
  const place = line === undefined ? { file } : { file, line }
  const repaired = await repairSpool(new JournalError('damaged', { place }), aside)
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)
  return {
    repaired,
    spool: read(file),
    aside: read(join(aside, name)),
    recorder: read(join(journal, 'recorder.jsonl')),
  }
}

test.each([
  ['the second line', 'one\ntwo\nthree\n', 2, 'one\n'],
  ['the last line', 'one\ntwo\nthree\n', 3, 'one\ntwo\n'],
  ['a line after an empty one', 'one\n\nthree\n', 3, 'one\n\n'],
])('Of a spool that is damaged at %s the lines before stay, with a gap', async (_, text, line, kept) => {
  expect(await repair(text, line)).toEqual({
    repaired: true,
    spool: `${kept}${gapAt(line)}`,
    aside: text,
    recorder: undefined,
  })
})

test('Lines are found in a spool of some MiB, wherever it is cut into pieces', async () => {
  const mebibyte = 1 << 20
  // The first line ends where the first piece that is read ends; the second is longer than a piece.
  const kept = `${'a'.repeat(mebibyte - 1)}\n${'b'.repeat(mebibyte + 5)}\n${'é'.repeat(mebibyte)}\n`
  const { spool, aside } = await repair(`${kept}damage\nmore\n`, 4)
  expect(spool === `${kept}${gapAt(4)}`).toBe(true)
  expect(aside === `${kept}damage\nmore\n`).toBe(true)
})

test('A spool without a whole first line is put aside, and the spool of the recorder says so', async () => {
  expect(await repair('garbage\ntwo\n', 1)).toEqual({
    repaired: true,
    spool: undefined,
    aside: 'garbage\ntwo\n',
    recorder: gapAt(1),
  })
})

test.each<[what: string, name: string, line: number | undefined]>([
  ['the first line of the recorder, which says what was run', 'recorder.jsonl', 1],
  ['a place that is not known', '1-a.jsonl', undefined],
])('Damage at %s cannot be repaired, and nothing is changed', async (_, name, line) => {
  const { repaired, aside, ...left } = await repair('garbage\n', line, name)
  expect({ repaired, aside }).toEqual({ repaired: false, aside: undefined })
  expect(Object.values(left)).toContain('garbage\n')
})

test('A later line of the recorder can be repaired', async () => {
  const { repaired, spool } = await repair('one\ngarbage\n', 2, 'recorder.jsonl')
  expect(repaired).toBe(true)
  expect(spool).toMatch(/^one\n\{"kind":"gap",.*line 2 of recorder\.jsonl.*\}\n$/)
})

test('An error that names no file cannot be repaired', async () => {
  expect(await repairSpool(new JournalError('damaged'), join(makeFolder(), 'aside'))).toBe(false)
})
