import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { vampira } from '../../cli/vampira.ts'
import { plantRuns, type PlantedRun } from './planted-runs.ts'

/** A copy, since an answer is kept in it. */
const folder = mkdtempSync(join(tmpdir(), 'vampira-kept-'))
let runs: readonly PlantedRun[]
beforeAll(async () => {
  const planted = await plantRuns()
  runs = planted.runs
  cpSync(join(planted.project, '.vampira'), join(folder, '.vampira'), { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true }))

test('An answer is kept, listed, asked again, and reached from a run that it rests on', async () => {
  const here = { cwd: folder }
  const { stderr } = await vampira(['anomalies', 'survey', '--record'], here)
  expect(stderr).toBe('Kept; vampira answers shows it.\n')
  expect((await vampira(['answers'], here)).stdout).toContain('What is unusual in runs of survey?')
  const checked = await vampira(['answers', '--check', '--json'], here)
  expect(checked.code).toBe(0)
  expect(JSON.parse(checked.stdout)).toMatchObject([
    { commandLine: ['vampira', 'anomalies', 'survey'], check: 'same' },
  ])
  const half = runs.find(({ planted }) => planted === 'half-zero')!
  const { stdout } = await vampira(['impact', half.id], here)
  expect(stdout).toMatch(/Answers that rest on it\n\S+ \S+ {2}What is unusual in runs of survey\?/)
})
