import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { findLockFiles } from '../../../src/capture/project/lock-files.ts'
import { makeFolder } from '../temporary-folder.ts'

test('The lock files of code are those beside it and above it in its project, of one name the nearest', () => {
  const above = makeFolder()
  const root = join(above, 'project')
  const home = join(root, 'src/steps')
  mkdirSync(join(home, 'poetry.lock'), { recursive: true })
  for (const path of [
    join(above, 'uv.lock'),
    join(root, 'uv.lock'),
    join(root, 'requirements.txt'),
    join(root, 'src/requirements-dev.txt'),
    join(root, 'src/environment.yml'),
    join(home, 'requirements.txt'),
    join(home, 'notes.txt'),
    join(home, 'package.json'),
  ]) {
    writeFileSync(path, path)
  }
  const found = findLockFiles(home, root)
  expect(found.map(({ path }) => relative(root, path as string))).toEqual([
    'src/steps/requirements.txt',
    'src/environment.yml',
    'src/requirements-dev.txt',
    'uv.lock',
  ])
  expect(found[3]?.stat.size).toBe(join(root, 'uv.lock').length)
})

test('A folder that is gone has none', () => {
  expect(findLockFiles('/nowhere/at/all', '/nowhere')).toEqual([])
})
