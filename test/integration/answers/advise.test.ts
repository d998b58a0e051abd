import { beforeAll, expect, test } from 'vitest'
import { vampira } from '../../cli/vampira.ts'
import { plantRuns } from './planted-runs.ts'

let project: string
beforeAll(async () => {
  ;({ project } = await plantRuns())
})

test('One page says what is unusual, what storage costs and what is missing, each with a command that works', async () => {
  const { code, stdout, stderr } = await vampira(['advise'], { cwd: project })
  expect(stderr).toBe('')
  expect(code).toBe(1)
  const lines = stdout.split('\n')
  expect(lines[0]).toMatch(/^\d+ of 24 runs of survey have something unusual, [0-9a-f-]{13} last$/)
  expect(stdout).toContain(
    'Not enough evidence on colours for anomalies, recommend parameters, predict: 4 of 4 runs',
  )
  const commands = lines.filter((line) => line.startsWith('  vampira ')).map((line) => line.trim().split(' '))
  expect(commands.length).toBeGreaterThan(3)
  expect(commands.length).toBeLessThanOrEqual(9)
  for (const [, ...words] of commands)
    expect([0, 1, 3]).toContain((await vampira(words, { cwd: project })).code)
})
