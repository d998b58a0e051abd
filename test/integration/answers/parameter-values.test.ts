import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ParameterValues, UseCaseAnswer } from '../../../src/index.ts'
import { vampira } from '../../cli/vampira.ts'
import { plantRuns, type PlantedRun } from './planted-runs.ts'

let project: string
let planted: readonly PlantedRun[]
const folder = mkdtempSync(join(tmpdir(), 'vampira-histograms-'))
beforeAll(async () => {
  ;({ project, runs: planted } = await plantRuns())
})
afterAll(() => rmSync(folder, { recursive: true }))

test('Each width stands with the runs that were planted with it', async () => {
  const { code, stdout } = await vampira(['parameters', 'survey', '--json'], { cwd: project })
  expect(code).toBe(0)
  const { answer } = JSON.parse(stdout) as UseCaseAnswer<ParameterValues>
  const widths = answer!.parameters.find(({ setting }) => setting === 'survey.survey std')!
  const reached = planted.filter(({ pipeline, std }) => pipeline === 'survey' && std > 0)
  for (const std of [1.5, 3.5]) {
    const runs = reached.filter((run) => run.std === std)
    expect(widths.bars).toContainEqual({ value: String(std), calls: runs.length })
  }
})

test('The picture has a title and a bar for each value', async () => {
  const picture = join(folder, 'survey.svg')
  const { code, stdout } = await vampira(['parameters', 'survey', '--svg', picture], { cwd: project })
  expect(code).toBe(0)
  expect(stdout).toMatch(/^ +2\.5 █+ \d+$/m)
  const text = readFileSync(picture, 'utf8')
  expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
  expect(text).toContain('>survey.survey std</text>')
})

test('A picture that cannot be written, and a component that is not there, are one line', async () => {
  const svg = await vampira(['parameters', 'survey', '--svg', '/nowhere/x.svg'], { cwd: project })
  expect({ code: svg.code, stderr: svg.stderr }).toEqual({
    code: 2,
    stderr: 'vampira: Cannot write /nowhere/x.svg: ENOENT.\n',
  })
  const none = await vampira(['parameters', 'sextractor'], { cwd: project })
  expect({ code: none.code, stderr: none.stderr }).toEqual({
    code: 2,
    stderr: 'vampira: There is no pipeline and no component ‹sextractor›. Did you mean survey.sextractor?\n',
  })
})
