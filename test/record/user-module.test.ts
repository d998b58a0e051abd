import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { ModuleLine, RepositoryLine } from '../../src/journal/line.ts'
import type { Keeping } from '../../src/record/run.ts'
import { pathWithin, readModule as readWith } from '../../src/record/user-module.ts'

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const line = (file: string, source: ModuleLine['source'] = 'x = 1\n'): ModuleLine => {
  return { kind: 'module', id: 1, at: 0, name: 'm', file, source }
}
const readModule = (
  line: ModuleLine,
  repositories: RepositoryLine[],
  directory: string,
  kept: ReadonlyMap<string, Keeping> = new Map(),
) => readWith(line, repositories, directory, kept)
const repository = (project: string, root: string) => {
  return { kind: 'repository', at: 0, project, root } as unknown as RepositoryLine
}

describe('a module of the user', () => {
  test('has the digest and the size of its bytes', () => {
    const text = 'x = "é"\n'
    expect(readModule(line('/data/m.py', text), [], '/data')).toMatchObject({
      text,
      file: { sha256: digest(Buffer.from(text)), size: 9 },
    })
  })

  test('says whether the store keeps its text, where that is known', () => {
    const kept = new Map([[digest(Buffer.from('x = 1\n')), { as: 'redacted' as const, because: undefined }]])
    expect(readModule(line('/data/m.py'), [], '/data', kept).file.kept?.as).toBe('redacted')
    expect(readModule(line('/data/m.py', 'y = 1\n'), [], '/data', kept).file.kept).toBeUndefined()
  })

  test('whose source is no UTF-8 keeps its bytes', () => {
    const bytes = Buffer.from([0x23, 0x20, 0xff, 0x0a])
    const source = { $: 'bytes' as const, v: bytes.toString('base64') }
    expect(readModule(line('/data/m.py', source), [], '/data').file).toMatchObject({
      sha256: digest(bytes),
      size: 4,
    })
  })

  test.each([
    ['of the innermost repository that holds it', '/data/lab/tools/m.py', 'tools', 'm.py', true],
    ['of the repository around it', '/data/lab/m.py', 'lab', 'm.py', true],
    ['of its folder, where no repository holds it', '/data/other/m.py', 'other', 'other/m.py', false],
    ['of the root, where it is in no folder', '/m.py', 'root', '/m.py', false],
  ])('is %s', (_, file, project, path, isInProject) => {
    const repositories = [repository('lab', '/data/lab'), repository('tools', '/data/lab/tools')]
    expect(readModule(line(file), repositories, '/data')).toMatchObject({
      project,
      isInProject,
      file: { path },
    })
  })
})

test.each([
  ['/data', '/data/a/b.py', 'a/b.py'],
  ['/data', '/data', undefined],
  ['/data/a', '/data', undefined],
  ['/data/a', '/data/b.py', undefined],
  ['/data', '/data/..a/b.py', '..a/b.py'],
])('in %s the path %s is %s', (folder, path, within) => {
  expect(pathWithin(folder, path)).toBe(within)
})
