import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { measureFiles } from '../../src/capture/measure-files.ts'
import { makeFolder } from './temporary-folder.ts'

const files: Readonly<Record<string, string>> = {
  'a.json': '{"r2": 0.5, "test": [{"r2": 1}, {"r2": -2e-3}], "name": "x", "text": "0.25", "a/b": 7}',
  'a.yaml': 'r2: 0.5\ntest:\n  r2: 3\n',
  'a.csv': 'epoch,r2\n1,0.5\n2,"0.75"\n',
  'b.csv': 'epoch;r2\n1;5\n',
  'a.tsv': 'epoch\tr2\n1\t0.5\n',
}

test.each([
  ['a.json', undefined, 0.5],
  ['a.json', '/test/1/r2', -0.002],
  ['a.json', '/test/-1/r2', -0.002],
  ['a.json', '/text', 0.25],
  ['a.json', '/a~1b', 7],
  ['a.yaml', '/test/r2', 3],
  ['a.csv', undefined, 0.75],
  ['a.csv', '/0/r2', 0.5],
  ['b.csv', '/r2', 5],
  ['a.tsv', '/epoch', 1],
])('%s at %s holds %d', async (file, pointer, value) => {
  const folder = makeFolder()
  writeFileSync(join(folder, file), files[file] ?? '')
  const stats = statSync(join(folder, file), { bigint: true })
  const rule = { metric: 'r2', file, unit: 'dB', ...(pointer !== undefined && { pointer }) }
  expect(await measureFiles([rule, { metric: 'x', component: 'f' }], folder, 5)).toEqual([
    {
      kind: 'measurement',
      path: join(folder, file),
      stat: { size: Number(stats.size), modified: String(stats.mtimeNs), inode: Number(stats.ino) },
      metric: 'r2',
      value,
      unit: 'dB',
    },
  ])
})

test('A metric is looked for by its own name, whatever characters that has', async () => {
  const folder = makeFolder()
  writeFileSync(join(folder, 'a.json'), '{"signal/noise": 7, "a~1": 8}')
  const rules = ['signal/noise', 'a~1'].map((metric) => ({ metric, file: 'a.json' }))
  expect(await measureFiles(rules, folder, 5)).toMatchObject([{ value: 7 }, { value: 8 }])
})

test.each([
  ['a.json', '{"r2": 1}', '/r3', 'nothing is at /r3'],
  ['a.json', '{"r2": "high"}', '/r2', 'what is at /r2 is no number'],
  ['a.json', '{"r2": NaN}', '/r2', /is not valid JSON/],
  ['a.csv', '', '/r2', 'nothing is at /r2'],
  ['a.json', `"${'x'.repeat(256 << 10)}"`, '', 'it is larger than 256 KiB'],
  ['none.json', undefined, '/r2', 'there is no such file'],
])('%s with %j at %s is a gap', async (file, text, pointer, why) => {
  const folder = makeFolder()
  if (text !== undefined) writeFileSync(join(folder, file), text)
  const [line] = await measureFiles([{ metric: 'r2', file, pointer }], folder, 5)
  expect(line).toEqual({
    kind: 'gap',
    at: 5,
    reason: expect.stringMatching(/^quality r2 was not read from /),
  })
  expect(line?.kind === 'gap' ? line.reason : '').toMatch(why)
})
