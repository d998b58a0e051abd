import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'

const folder = fileURLToPath(new URL('python/', import.meta.url))
/** Each suite is a process of its own; those that call the agent's functions directly share one. */
const suites = [
  ['unit', ['discover', '-s', 'unit']],
  ...readdirSync(folder)
    .filter((name) => /^test_.*\.py$/.test(name))
    .map((name) => [name, [name.replace(/\.py$/, '')]] as const),
] as const
const run = promisify(execFile)

/** Interpreters to test on: VAMPIRA_PYTHONS (paths, separated by `:`), else the `python3` on PATH. */
const pythons = (process.env['VAMPIRA_PYTHONS'] ?? 'python3').split(':').filter(Boolean)

async function versionOf(python: string): Promise<readonly [number, number] | undefined> {
  try {
    const { stdout } = await run(python, ['-c', 'import sys; print(*sys.version_info[:2])'])
    const [major = 0, minor = 0] = stdout.trim().split(' ').map(Number)
    return [major, minor]
  } catch {
    return undefined
  }
}

const versions = new Map(
  await Promise.all(pythons.map(async (python) => [python, await versionOf(python)] as const)),
)

describe.each(pythons)('the Python agent in %s', (python) => {
  const version = versions.get(python)
  const isOldEnough = version !== undefined && (version[0] > 3 || (version[0] === 3 && version[1] >= 9))
  const asked = process.env['VAMPIRA_PYTHONS'] !== undefined

  if (!isOldEnough && !asked) {
    test('passes its suites', (context) => {
      expect(isOldEnough).toBe(false)
      context.skip(
        `needs Python 3.9 or later on PATH or in VAMPIRA_PYTHONS; it is ${version ? version.join('.') : 'not there'}`,
      )
    })
    return
  }

  // An interpreter that was asked for and cannot be used fails the suites below.
  test.runIf(isOldEnough || asked).concurrent.each(suites)(
    'passes %s',
    { timeout: 300_000 },
    async (_name, args) => {
      const { stderr } = await run(python, ['-m', 'unittest', ...args], {
        cwd: folder,
        env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
        maxBuffer: 1 << 26,
      }).catch((error: { stderr?: string }) => ({ stderr: error.stderr ?? String(error) }))
      expect(stderr).toMatch(/^OK/m)
      expect(stderr).toMatch(/Ran [1-9]\d* tests/)
    },
  )
})
