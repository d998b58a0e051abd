import { execFileSync } from 'node:child_process'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { vampiraHere } from './here.ts'
import { makeStay, parseAnswer } from './recorded.ts'
import { vampira } from './vampira.ts'

/** Outside of git, so that the store alone has the code. */
const cwd = makeStay()
const code = 'open("out.txt", "w").write(open("a.txt").read().upper())\n'
const cat = (...args: string[]) => vampiraHere(['cat', ...args], { cwd })

beforeAll(async () => {
  writeFileSync(join(cwd, 'step.py'), code)
  writeFileSync(join(cwd, 'a.txt'), 'alpha\n')
  await vampira(['run', '--', 'python3', 'step.py'], { cwd })
  writeFileSync(join(cwd, 'step.py'), `password = "hunter2hunter2"\n${code}`)
  writeFileSync(join(cwd, 'a.txt'), 'a'.repeat(300_000))
  await vampira(['run', '--', 'python3', 'step.py'], { cwd })
  for (const name of ['step.py', 'a.txt', 'out.txt']) rmSync(join(cwd, name))
}, 60_000)

test('A run outside git can be run again with what the store keeps', async () => {
  const again = makeStay()
  for (const name of ['step.py', 'a.txt']) {
    const { code, stdout } = await cat('last~1', name)
    expect(code).toBe(0)
    writeFileSync(join(again, name), stdout)
  }
  execFileSync('python3', ['step.py'], { cwd: again })
  expect(readdirSync(again)).toContain('out.txt')
  expect(execFileSync('cat', ['out.txt'], { cwd: again }).toString()).toBe(
    (await cat('last~1', 'out.txt')).stdout,
  )
})

test('Without a file its files are listed, with how they are kept', async () => {
  const { stdout } = await cat('last', '--json')
  expect(parseAnswer('cat', stdout)).toMatchObject({
    files: [
      { path: 'step.py', role: 'code', kept: 'redacted' },
      { path: 'a.txt', role: 'read', kept: 'not kept' },
      { path: 'out.txt', role: 'made', kept: 'not kept' },
    ],
  })
  expect((await cat('last')).stdout).toMatch(/^step\.py +code +redacted +[0-9a-f]{12}$/m)
})

test('The record says what was kept, so that a query tells whether a run can be run again outside git', async () => {
  const { stdout } = await vampiraHere(
    ['query', 'uc1-what-a-rerun-needs', '--run', 'last', '--format', 'csv'],
    { cwd },
  )
  const rows = stdout.split('\r\n').map((row) => row.split(','))
  expect(rows.filter(([, need]) => need?.endsWith('file')).map((row) => [row[2], row.at(-1)])).toEqual([
    ['a.txt', 'no: larger than 256 KiB'],
    ['step.py', 'without secrets'],
  ])
  const summaries = 'SELECT ?kept { GRAPH ?g { ?g a vam:Summary . ?content a vam:Content ; vam:kept ?kept } }'
  writeFileSync(join(cwd, 'kept.rq'), `PREFIX vam: <https://w3id.org/vampira#>\n${summaries}`)
  expect((await vampiraHere(['query', 'kept.rq', '--format', 'csv'], { cwd })).stdout).toMatch(/true/)
})

test('Of what had secrets in it is said that they were taken out', async () => {
  const { stdout, stderr } = await cat('last', 'step.py')
  expect(stdout).toContain(code)
  expect(stdout).not.toContain('hunter2')
  expect(stderr).toBe('vampira: secrets were taken out of step.py; it ran with them.\n')
})

test('A file is named by its digest too, and its content is in JSON', async () => {
  const { stdout } = await cat('last~1', '--json')
  const { files } = parseAnswer('cat', stdout) as { files: { path: string; sha256: string }[] }
  const { sha256 = '' } = files.find(({ path }) => path === 'a.txt') ?? {}
  expect(parseAnswer('cat', (await cat('last~1', sha256.slice(0, 8), '--json')).stdout)).toMatchObject({
    path: 'a.txt',
    kept: 'whole',
    text: 'alpha\n',
  })
})

test.each([
  ['b.txt', 2, 'The run has no file b.txt whose bytes are known'],
  ['a.txt', 3, 'The store does not keep a.txt'],
])('%s cannot be printed, and why is said', async (name, exit, says) => {
  const { code, stdout, stderr } = await cat('last', name)
  expect({ code, stdout }).toEqual({ code: exit, stdout: '' })
  expect(stderr).toContain(says)
})
