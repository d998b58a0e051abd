import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeStore } from './example-store.ts'
import { vampiraHere } from './here.ts'

const at = (text: string) => BigInt(Date.parse(text)) * 1_000_000n
const id = (n: number) => `019343c2-8a10-7c3e-9d55-3f2b7a1c000${n}`
let folder: string

beforeAll(async () => {
  folder = await makeStore([
    { id: id(1), name: 'moon', startedAt: at('2026-11-27T10:00:00Z') },
    { id: id(2), name: 'sun', startedAt: at('2026-11-28T10:00:00Z') },
    { id: id(3), name: 'moon', startedAt: at('2026-11-29T10:00:00Z') },
    { id: id(4), name: 'moon', startedAt: at('2026-11-29T12:00:00Z'), status: 'Failed' },
  ])
})
afterAll(() => rm(folder, { recursive: true }))

test.each([
  [[], [4, 3, 2, 1]],
  [
    ['--last', '2'],
    [4, 3],
  ],
  [
    ['--limit', '2'],
    [4, 3],
  ],
  [['--last', '3', '--limit', '1'], [4]],
  [
    ['--last', '9'],
    [4, 3, 2, 1],
  ],
  [
    ['--last', '2', '--name', 'moon', '--status', 'completed'],
    [3, 1],
  ],
  [
    ['--since', '2026-11-28T10:00:00Z'],
    [4, 3, 2],
  ],
  [
    ['--since', '2026-11-28T10:00:01Z'],
    [4, 3],
  ],
  [['--since', '2026-11-28T00:00Z', '--last', '1', '--name', 's*'], [2]],
  [['--since', '2027-01-01'], []],
])('vampira list %j lists the runs that are asked for', async (args, runs) => {
  const { code, stdout } = await vampiraHere(['list', ...args, '--json'], { cwd: folder })
  expect((JSON.parse(stdout) as { id: string }[]).map((run) => run.id)).toEqual(
    runs.map((n) => `urn:uuid:${id(n)}`),
  )
  expect(code).toBe(0)
})

test('vampira list --since a word that is no date says how to write one', async () => {
  expect(await vampiraHere(['list', '--since', 'yesterday'], { cwd: folder })).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'vampira: yesterday is not a date. Write 2026-11-29, or 2026-11-29T07:30.\n',
  })
})
