import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packageRoot } from '../../src/package-root.ts'

/** The examples of CONTRIBUTING.md. The command shows what the analysis finds, so that comes first. */
const walks = ['describer', 'format', 'agent', 'store', 'analysis', 'command']
const files = walks.map((walk) => join(packageRoot, 'test/walks', `${walk}.patch`))
const notCopied = new Set(['node_modules', 'dist', 'demo', '.git', '.stryker-tmp'])

let copy: string
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'vampira-walks-'))
  cpSync(packageRoot, copy, {
    recursive: true,
    filter: (path) => path === packageRoot || !notCopied.has(basename(path)),
  })
  symlinkSync(join(packageRoot, 'node_modules'), join(copy, 'node_modules'))
})
afterAll(() => rmSync(copy, { recursive: true }))

test('Every patch is one of these', () => {
  expect(readdirSync(join(packageRoot, 'test/walks')).toSorted()).toEqual(
    walks.map((walk) => `${walk}.patch`).toSorted(),
  )
})

test('They apply to the project as it is, and what they add passes its checks and their tests', async () => {
  await run('git', 'apply', ...files)
  await run('npx', 'tsc', '--noEmit')
  await run('npx', 'oxlint', '--deny-warnings', 'src', 'cli', 'test')
  await run('npx', 'prettier', '--check', 'src', 'cli', 'test', 'docs')
  const theirs = files.flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(/^\+\+\+ b\/(test\/.*\.test\.ts)$/gm),
  ])
  expect(theirs).toHaveLength(walks.length)
  const guards = [
    'architecture',
    'contract',
    'public-api',
    'docs',
    'formats',
    'ontologies',
    'cli/commands-page',
  ]
  const tests = [...theirs.map(([, path = '']) => path), ...guards.map((name) => `test/${name}`)]
  await run('npx', 'vitest', 'run', ...tests)
}, 300_000)

/** In the copy, with what it printed where it fails */
async function run(program: string, ...args: string[]): Promise<void> {
  let printed = ''
  const code = await new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: copy, stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()))
    child.on('error', reject)
    child.on('close', resolve)
  })
  expect(code, printed).toBe(0)
}
