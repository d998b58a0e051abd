import { createHash } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { statFile } from '../../../src/capture/files/command-files.ts'
import { FileHasher } from '../../../src/capture/files/file-hasher.ts'
import { JournalFiles } from '../../../src/capture/files/journal-files.ts'
import type { AgentLine, FileLine } from '../../../src/journal/line.ts'
import { makeFolder } from '../temporary-folder.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

function watch(...names: string[]) {
  const folder = makeFolder()
  const path = (name: string) => join(folder, name)
  for (const name of names) writeFileSync(path(name), name)
  const found: string[] = []
  const hasher = new FileHasher({ now: () => 0n }, (at, { stat, because }) => {
    found.push(`${String(at).slice(folder.length + 1)} ${because ?? stat.sha256}`)
  })
  const files = new JournalFiles(hasher)
  const file = (op: FileLine['op'], name: string, more: Partial<FileLine> = {}) =>
    files.take({ kind: 'file', at: 1, op, path: path(name), ...more })
  const finish = async () => {
    files.close()
    await hasher.drain()
    return found.toSorted()
  }
  return { path, files, hasher, file, finish, found }
}
/** Two files are hashed at a time, so only the sorted order is certain. */
const hashed = (...names: string[]) => names.map((name) => `${name} ${sha256(name)}`).toSorted()
const statOf = (path: string) => statFile(path) ?? { size: 0, modified: '0' }

test('What was read is hashed in the state that the line has, at once', async () => {
  const { path, file, hasher, found } = watch('in')
  file('read', 'in', { stat: statOf(path('in')) })
  await hasher.drain()
  expect(found).toEqual(hashed('in'))
})

test('A file that was written is hashed when its last state is known', async () => {
  const { path, file, hasher, found, finish } = watch('out', 'other')
  file('write', 'out')
  file('update', 'other')
  await hasher.drain()
  expect(found).toEqual([])
  file('final', 'out', { stat: statOf(path('out')) })
  file('final', 'other', { stat: statOf(path('other')) })
  await hasher.drain()
  expect(found.toSorted()).toEqual(hashed('out', 'other'))
  expect(await finish()).toHaveLength(2)
})

test.each(['write', 'update'] as const)(
  'A file whose writer was killed after %s is what it is now',
  async (op) => {
    const { file, finish } = watch('out')
    file(op, 'out')
    expect(await finish()).toEqual(hashed('out'))
  },
)

test('A file that was removed after it was written is hashed no more', async () => {
  const { file, finish } = watch('out')
  file('write', 'out')
  file('remove', 'out')
  expect(await finish()).toEqual([])
})

test('A file that was written and renamed is hashed under its new name', async () => {
  const { path, file, finish } = watch('new')
  file('write', 'old')
  file('rename', 'old', { to: path('new') })
  expect(await finish()).toEqual(hashed('new'))
})

test('A file that is gone, or whose line has no state, is not hashed', async () => {
  const { path, file, finish } = watch('out', 'in')
  file('read', 'in')
  file('write', 'out')
  rmSync(path('out'))
  expect(await finish()).toEqual([])
})

test('What a command read and wrote is hashed, what it removed is not', async () => {
  const { path, files, finish } = watch('in', 'out', 'gone')
  const touched = (['read', 'write', 'remove'] as const).map((op, at) => {
    const name = path(['in', 'out', 'gone'][at] ?? '')
    return { path: name, op, stat: statOf(name), seen: 'argument' as const }
  })
  files.take({ kind: 'wait', at: 2, spawn: 1, files: touched } as AgentLine)
  expect(await finish()).toEqual(hashed('in', 'out'))
})

test('Other lines are of no file', async () => {
  const { files, finish } = watch()
  files.take({ kind: 'memory', at: 1, resident: 1 })
  files.take({ kind: 'wait', at: 1, spawn: 1 })
  expect(await finish()).toEqual([])
})

test('A state of a file is hashed once, however often it was read; another state again', async () => {
  const { path, file, finish, hasher } = watch('in')
  const before = statOf(path('in'))
  file('read', 'in', { stat: before })
  file('read', 'in', { stat: before })
  await hasher.drain()
  writeFileSync(path('in'), 'other')
  file('read', 'in', { stat: statOf(path('in')) })
  expect(await finish()).toEqual([...hashed('in'), `in ${sha256('other')}`].toSorted())
  expect(hasher.done).toEqual({ files: 2, bytes: 'in'.length + 'other'.length })
  expect(hasher.waiting).toBe(0)
})

test('A state that is known already is not hashed', async () => {
  const { path, file, finish, hasher } = watch('in')
  hasher.skip(path('in'), statOf(path('in')))
  file('read', 'in', { stat: statOf(path('in')) })
  expect(await finish()).toEqual([])
})

test('Where the agent hashed the file itself, a later change of it is no news', async () => {
  const { file, finish } = watch('in')
  file('read', 'in', { stat: { size: 99, modified: '1', sha256: sha256('x') } })
  file('read', 'in', { stat: { size: 98, modified: '1' } })
  expect(await finish()).toEqual(['in changed after'])
})

test('Many files are hashed, each of them once', async () => {
  const names = Array.from({ length: 20 }, (_, n) => `f${n}`)
  const { path, file, finish, hasher } = watch(...names)
  for (const name of names) file('read', name, { stat: statOf(path(name)) })
  expect(hasher.waiting).toBe(20)
  expect(await finish()).toEqual(hashed(...names))
})
