import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RecommendedParameters, UseCaseAnswer } from '../../../src/index.ts'
import { vampira } from '../../cli/vampira.ts'

/** What is left is counted, scored and reported: the report takes what the run computed. */
const script = `import random, sys

def fit(alpha):
    kept = count(alpha)
    value = score(kept, alpha)
    report(kept, value)
    return value

def count(alpha):
    return int(alpha * 1000) + random.randrange(5)

def score(kept, alpha):
    return alpha + random.random() / 10

def report(kept, value):
    print(kept, value)

random.seed(int(sys.argv[2]))
fit(float(sys.argv[1]))
`
const folder = mkdtempSync(join(tmpdir(), 'vampira-computed-'))
beforeAll(async () => {
  writeFileSync(join(folder, 'fit.py'), script)
  const here = { cwd: folder }
  await vampira(['init'], here)
  for (let seed = 1; seed <= 4; seed++) {
    for (const alpha of ['0.5', '1', '2']) {
      const program = ['python3', 'fit.py', alpha, String(seed)]
      const { code } = await vampira(
        ['run', '--quiet', '--name', 'fit', '--quality', 'gain=fit.score', '--', ...program],
        here,
      )
      expect(code).toBe(0)
    }
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

test('A setting is advised, and not what the run computed from it and passed on', async () => {
  const { code, stdout } = await vampira(
    ['recommend', 'parameters', 'fit', '--optimise', 'gain=more', '--json'],
    { cwd: folder },
  )
  expect(code).toBe(0)
  const { answer } = JSON.parse(stdout) as UseCaseAnswer<RecommendedParameters>
  const effects = answer!.settings.filter(({ verdict }) => verdict === 'effect')
  expect(effects.map(({ setting, levels, best }) => [setting, levels[best!]!.value])).toEqual([
    ['fit.fit alpha', '2'],
  ])
  expect(answer!.computed).toContainEqual({ setting: 'fit.score kept', by: 'fit.count' })
})
