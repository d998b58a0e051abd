import { beforeAll, expect, test } from 'vitest'
import { vampira } from '../../cli/vampira.ts'
import { plantRuns } from './planted-runs.ts'

let project: string
beforeAll(async () => {
  ;({ project } = await plantRuns())
})

test('A pipeline of the same components is similar, and it is said by which; star fields are nothing like it', async () => {
  const { code, stdout, stderr } = await vampira(['similar', 'quicklook', '--show-query'], { cwd: project })
  expect(stderr).toBe('')
  expect(code).toBe(0)
  const lines = stdout.split('\n')
  expect(lines[0]).toMatch(/^ \d\d % {2}survey/)
  expect(lines[1]).toContain('shares source-extractor, survey, survey.generateHistogram, survey.sextractor')
  expect(lines[2]).toContain('survey.sextractor → survey.generateHistogram')
  expect(lines[3]).toContain('has no quicklook, quicklook.quicklook')
  expect(stdout).toMatch(/^ {2,3}[012] % {2}star-fields/m)
  expect(stdout).toMatch(/^vampira query pipeline-traits {2}# \d+ rows$/m)
})

test('What is shown to be asked can be asked again, and gives as many rows', async () => {
  const { stdout } = await vampira(['similar', 'last', '--json'], { cwd: project })
  const { queries } = JSON.parse(stdout) as {
    queries: { query: string; parameters: Record<string, string[]>; rows: number }[]
  }
  expect(queries.length).toBeGreaterThan(1)
  for (const { query, parameters, rows } of queries) {
    const given = Object.entries(parameters).flatMap(([name, values]) =>
      values.flatMap((value) => ['--param', `${name}=${value}`]),
    )
    const again = await vampira(['query', query, ...given, '--json'], { cwd: project })
    const { results } = JSON.parse(again.stdout) as { results: { bindings: unknown[] } }
    expect(results.bindings).toHaveLength(rows)
  }
})

test('A word that is neither a pipeline nor a run is answered with the nearest name', async () => {
  const { code, stderr } = await vampira(['similar', 'surve'], { cwd: project })
  expect(code).toBe(2)
  expect(stderr).toBe('vampira: There is no pipeline and no run ‹surve›. Did you mean survey?\n')
})
