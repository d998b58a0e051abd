import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'
import { readImports } from '../imports.ts'
import { cliPath } from './vampira.ts'

/** The built program, in a Node that says it is of this version. `.ci/run` tries a real old one. */
function startUnder(version: string) {
  const claim = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`
  return spawnSync(process.execPath, ['--import', `data:text/javascript,${claim}`, cliPath, '--version'], {
    encoding: 'utf8',
  })
}

test.each(['18.20.8', '20.18.3', '16.0.0'])('Node %s is too old, and a sentence says so', (version) => {
  const { status, stdout, stderr } = startUnder(version)
  expect({ status, stdout, stderr }).toEqual({
    status: 3,
    stdout: '',
    stderr: `vampira: Node ${version} is too old. Use Node 20.19 or newer: https://nodejs.org.\n`,
  })
})

test.each(['20.19.0', '22.0.0', '100.1.0'])('Node %s is new enough', (version) => {
  expect(startUnder(version)).toMatchObject({ status: 0, stderr: '' })
})

test('The file that runs first imports nothing, so that an old Node reads it; the package asks for the same version', () => {
  const imports = readImports(cliPath, readFileSync(cliPath, 'utf8'))
  expect(imports.filter(({ isDynamic }) => !isDynamic)).toEqual([])
  const { engines } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    engines: { node: string }
  }
  expect(engines.node).toBe('>=20.19')
})
