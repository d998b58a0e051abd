import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { RunIndex } from '../../../src/store/directory/run-index.ts'
import type { RunEntry } from '../../../src/store/store.ts'
import { makeFolder } from '../../capture/temporary-folder.ts'

const entryOf = (n: number): RunEntry => ({
  id: `urn:uuid:${n}`,
  name: 'astronomy',
  label: 'astronomy',
  startedAt: '2026-11-23T20:14:02Z',
  status: 'Completed',
  callCount: 1,
  commandLine: ['python', 'x.py'],
  tripleCount: 1,
})
const [first, second, third] = [entryOf(1), entryOf(2), entryOf(3)]
let file: string
let index: RunIndex

beforeEach(() => {
  file = join(makeFolder(), 'runs.jsonl')
  index = new RunIndex(file)
})

const linesOf = () =>
  readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => (line.startsWith('{') && line.endsWith('}') ? (JSON.parse(line) as unknown) : line))

test('An index that is not there has no runs, and is made by the first line', async () => {
  expect(await index.read()).toEqual({ entries: new Map(), damaged: false })
  await index.append([first, second])
  expect(linesOf()).toEqual([first, second, ''])
})

test('New lines come after the others', async () => {
  await index.append([first])
  await index.append([second])
  expect(linesOf()).toEqual([first, second, ''])
  expect([...(await index.read()).entries.values()]).toEqual([first, second])
})

test('A torn line stays a line of its own when another is appended after it', async () => {
  await index.append([first])
  writeFileSync(file, `${readFileSync(file, 'utf8')}{"id":"urn:uu`)
  await index.append([second])
  await index.append([third])
  expect(linesOf()).toEqual([first, '{"id":"urn:uu', second, third, ''])
  const { entries, damaged } = await index.read()
  expect([...entries.values()]).toEqual([first, second, third])
  expect(damaged).toBe(true)
})

test.each([
  ...(['id', 'name', 'startedAt', 'status', 'commandLine'] as const).map((field) => {
    const { [field]: _, ...rest } = second
    return [`a run without its ${field}`, JSON.stringify(rest)]
  }),
  ['a command line that is no list', JSON.stringify({ ...second, commandLine: 'x' })],
  ['null', 'null'],
  ['a number', '3'],
  ['no JSON', '{{{{'],
])('A line that is %s is damage, and the others are read', async (_, line) => {
  writeFileSync(file, `${JSON.stringify(first)}\n${line}\n${JSON.stringify(third)}\n`)
  const { entries, damaged } = await index.read()
  expect([...entries.values()]).toEqual([first, third])
  expect(damaged).toBe(true)
})

test('Of two lines about one run the later holds', async () => {
  await index.append([first, { ...first, name: 'later' }])
  expect((await index.read()).entries).toEqual(new Map([[first.id, { ...first, name: 'later' }]]))
})

test('An index that is written again has only these runs', async () => {
  await index.append([first, second])
  await index.rewrite([third])
  expect(linesOf()).toEqual([third, ''])
})
