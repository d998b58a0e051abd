import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findProgram } from '../../src/capture/find-program.ts'
import { makeFolder } from './temporary-folder.ts'

function lay(folder: string, name: string, mode: number): string {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), '', { mode })
  return join(folder, name)
}

test('A program is the first on the PATH that may be executed and is a file', () => {
  const root = makeFolder()
  mkdirSync(join(root, 'a/tool'), { recursive: true })
  lay(join(root, 'b'), 'tool', 0o644)
  const tool = lay(join(root, 'c'), 'tool', 0o755)
  lay(join(root, 'd'), 'tool', 0o755)
  const path = ['a', 'b', 'c', 'd'].map((name) => join(root, name)).join(':')
  expect(findProgram('tool', '/', { PATH: path })).toBe(tool)
  expect(findProgram('other', '/', { PATH: path })).toBeUndefined()
})

test('An empty folder of the PATH is the working directory', () => {
  const folder = makeFolder()
  const tool = lay(folder, 'tool', 0o755)
  expect(findProgram('tool', folder, { PATH: '/no/such:' })).toBe(tool)
  expect(findProgram('tool', folder, { PATH: '/no/such' })).toBeUndefined()
})

test('Without a PATH the system’s own folders are searched', () => {
  expect(findProgram('sh', '/', {})).toMatch(/^(\/usr)?\/bin\/sh$/)
})

test('A program with a slash is not searched for', () => {
  const folder = makeFolder()
  const tool = lay(join(folder, 'bin'), 'tool', 0o755)
  expect(findProgram('bin/tool', folder, { PATH: '' })).toBe(tool)
  expect(findProgram('./sh', folder, { PATH: '/bin' })).toBeUndefined()
})
