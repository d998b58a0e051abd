import { writeFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { vampira } from '../../cli/vampira.ts'
import { plantRuns } from './planted-runs.ts'

let project: string
beforeAll(async () => {
  ;({ project } = await plantRuns())
})

test('After smoothing come the sources, as all pipelines that smooth go on, and it is said how good such answers are', async () => {
  const { code, stdout, stderr } = await vampira(
    ['recommend', 'components', '--after', 'fourierTransform', '--show-query'],
    { cwd: project },
  )
  expect(stderr).toBe('')
  expect(code).toBe(0)
  const lines = stdout.split('\n')
  expect(lines[0]).toBe('After survey.fourierTransform:')
  expect(lines[1]).toMatch(/^ +67 % {2}survey\.sextractor$/)
  expect(lines[2]).toContain('after survey.fourierTransform in 2 of 3 orders')
  expect(lines[3]).toContain('26 runs of colours, survey')
  for (const way of ['Markov model', 'sequential rules', 'what is used most'])
    expect(stdout).toMatch(new RegExp(`^  ${way} +\\d+ % right at once`, 'm'))
  expect(stdout).toMatch(/^vampira query orders-of-components {2}# \d+ rows$/m)
})

test('A draft is asked about by what it calls so far', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'draft-'))
  const script = join(folder, 'draft.py')
  writeFileSync(
    script,
    'from survey import fourierTransform, sextractor\nprint(sextractor(fourierTransform("f.fits")))\n',
  )
  const { stdout } = await vampira(['recommend', 'components', '--script', script, '--json'], {
    cwd: project,
  })
  rmSync(folder, { recursive: true })
  const { answer } = JSON.parse(stdout) as { answer: { after: string[]; recommended: { name: string }[] } }
  expect(answer.after).toEqual(['survey.fourierTransform', 'survey.sextractor'])
  expect(answer.recommended.map(({ name }) => name)).toEqual([
    'colours.brightest',
    'survey.generateHistogram',
  ])
})

test('Nothing comes after the last component, and a mistyped one is answered with the nearest name', async () => {
  const last = await vampira(['recommend', 'components', '--after', 'writeTable'], { cwd: project })
  expect(last).toMatchObject({
    code: 3,
    stdout: '',
    stderr:
      'Not enough evidence: nothing came after colours.writeTable in any completed run. Record a run of a pipeline that goes on from there.\n',
  })
  const mistyped = await vampira(['recommend', 'components', '--after', 'sextracto'], { cwd: project })
  expect(mistyped.code).toBe(2)
  expect(mistyped.stderr).toBe(
    'vampira: No completed run used a component ‹sextracto›. Did you mean sextractor?\n',
  )
})
