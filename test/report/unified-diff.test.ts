import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { unifiedDiff } from '../../src/report/unified-diff.ts'

const lines = (count: number, word: string) =>
  Array.from({ length: count }, (_, at) => `${word} ${at}\n`).join('')

/** Git judges: a patch is right if it makes one text of the other. */
test.each<[what: string, before: string, after: string]>([
  ['a line changed', 'a\nb\nc\n', 'a\nB\nc\n'],
  ['two places changed', lines(40, 'x'), lines(40, 'x').replace('x 3\n', '').replace('x 30', 'y 30')],
  ['no line break at the end', 'a\nb', 'a\nb\nc'],
  ['line breaks of another system', 'a\r\nb\r\n', 'a\nb\n'],
  ['text from nothing', '', 'a\n'],
  ['nothing left', 'a\nb\n', ''],
  ['a form feed and letters of other alphabets', 'é\f\nβ\n', 'é\f\nγ\n'],
  ['texts of thousands of lines with none in common', lines(5000, 'x'), lines(6000, 'y')],
])('git applies the diff of %s', async (_, before, after) => {
  const folder = mkdtempSync(join(tmpdir(), 'vampira-patch-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'a.py'), before)
  const diff = await unifiedDiff(['a.py', 'b.py'], [before, after])
  const patch = diff.map((line) => `${line}\n`).join('')
  execFileSync('git', ['apply', '-'], { cwd: folder, input: patch })
  expect(readFileSync(join(folder, 'b.py'), 'utf8')).toBe(after)
})

test('Equal texts have no diff', async () => {
  expect(await unifiedDiff(['a.py', 'a.py'], ['a\n', 'a\n'])).toEqual([])
})

test('A hunk says in which function it is, and a file that is not there is /dev/null', async () => {
  const code = `class Fit:\n    def run(self):\n${lines(5, '        x')}        return 1\n`
  expect(await unifiedDiff(['a.py', 'a.py'], [code, code.replace('return 1', 'return 2')])).toEqual([
    '--- a/a.py',
    '+++ b/a.py',
    '@@ -5,4 +5,4 @@ def run(self):',
    '         x 2',
    '         x 3',
    '         x 4',
    '-        return 1',
    '+        return 2',
  ])
  expect(await unifiedDiff([undefined, 'a.py'], ['', 'a\n'])).toEqual([
    '--- /dev/null',
    '+++ b/a.py',
    '@@ -0,0 +1 @@',
    '+a',
  ])
})
