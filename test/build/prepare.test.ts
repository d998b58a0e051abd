import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'

test('A clone that is ready is not written to, so that it may be read-only', () => {
  const folder = join(packageRoot, 'build')
  const before = statSync(folder).mtimeMs
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'prepare.mjs')], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(statSync(folder).mtimeMs).toBe(before)
})
