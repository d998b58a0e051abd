import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { vampiraHere } from './here.ts'
import { makeStay, parseAnswer } from './recorded.ts'
import { vampira } from './vampira.ts'

/** Outside of git, so that the store alone has the code. */
const cwd = makeStay()
const diff = (...args: string[]) => vampiraHere(['diff', ...args], { cwd })
const first = 'import part\n\ndef main():\n    print(part.double(3))\n\nmain()\n'
const texts = [
  { 'step.py': first, 'part.py': 'def double(x):\n    return x + x\n' },
  { 'step.py': first, 'part.py': 'def double(x):\n    return 2 * x\n' },
  { 'step.py': `password = "hunter2hunter2"\n${first}` },
  { 'step.py': `password = "correct-horse-battery"\n${first}` },
  { 'step.py': `${first}${'# '.repeat(140_000)}\n` },
]

beforeAll(async () => {
  for (const files of texts) {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text)
    await vampira(['run', '--', 'python3', 'step.py'], { cwd })
  }
}, 120_000)

test('The diff is a patch from the code of one run to that of the other, though the files are gone', async () => {
  const { code, stdout, stderr } = await diff('--code', 'last~4', 'last~3')
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  writeFileSync(join(cwd, 'part.py'), texts[0]?.['part.py'] ?? '')
  execFileSync('git', ['apply', '-'], { cwd, input: stdout })
  expect(execFileSync('cat', ['part.py'], { cwd }).toString()).toBe(texts[1]?.['part.py'])
})

test('The diff of two runs says once that their code differs, and how to see it', async () => {
  const { stdout } = await diff('last~4', 'last~3')
  expect(stdout.match(/--code/g)).toHaveLength(1)
  expect(stdout).toMatch(
    /\nThe code differs in 1 source file: vampira diff --code [\da-f-]{13} [\da-f-]{13}\n$/,
  )
  expect((await diff('last', 'last')).stdout).not.toContain('--code')
})

test('JSON has the patches, and how the texts are kept', async () => {
  const { stdout } = await diff('--code', 'last~4', 'last~2', '--json')
  expect(parseAnswer('diff-code', stdout)).toMatchObject({
    same: false,
    code: [
      { path: 'part.py', kept: ['whole', 'whole'] },
      { path: 'step.py', kept: ['whole', 'redacted'], patch: expect.stringContaining('+password = ') },
    ],
  })
  expect(stdout).not.toContain('hunter2')
})

test('Of secrets it is said that they were taken out, and of files that differ in nothing else', async () => {
  const { code, stdout, stderr } = await diff('--code', 'last~2', 'last~1')
  expect(code).toBe(1)
  expect(stdout).toBe('step.py differs only in what was taken out as secrets.\n')
  expect(stderr).toBe('vampira: secrets were taken out of step.py; it ran with them.\n')
})

test('Of a text that is not kept a line says so, and another how to keep it', async () => {
  const { code, stdout } = await diff('--code', 'last~1', 'last')
  expect(code).toBe(1)
  expect(stdout).toBe(
    'step.py differs, but its text of the second run is not kept.\n' +
      'To see it next time, let the store keep it: texts of up to 256 KiB are kept, unless with --keep nothing.\n',
  )
})

test('Runs of the same code have no diff of it', async () => {
  expect(await diff('--code', 'last', 'last')).toEqual({
    code: 0,
    stdout: 'No source file differs.\n',
    stderr: '',
  })
})
