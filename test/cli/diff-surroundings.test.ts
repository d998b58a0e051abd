import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { vampiraHere } from './here.ts'
import { makeStay } from './recorded.ts'
import { vampira } from './vampira.ts'

const cwd = makeStay()

beforeAll(async () => {
  for (const [seed, threads, version] of [
    ['1', '2', '1.0'],
    ['2', '4', '1.1'],
  ] as const) {
    writeFileSync(join(cwd, 'step.py'), 'import os, random\nrandom.seed(int(os.environ["SEED"]))\n')
    writeFileSync(join(cwd, 'requirements.txt'), `numpy==${version}\n`)
    const env = { SEED: seed, OMP_NUM_THREADS: threads, PYTHONHASHSEED: '0', SLURM_JOB_ID: threads }
    await vampira(['run', '--', 'python3', 'step.py'], { cwd, env })
  }
}, 60_000)

test('Seeds, numbers of threads and lock files are shown where they differ, and numbers of jobs are not', async () => {
  const { code, stdout } = await vampiraHere(['diff', 'last~1', 'last'], { cwd })
  expect(code).toBe(1)
  expect(stdout).toMatch(/^ {2}seed random\.seed +1 +2$/m)
  expect(stdout).toMatch(/^ {2}variable OMP_NUM_THREADS +2 +4$/m)
  expect(stdout).toMatch(/^ {2}lock file requirements\.txt +\S+ +\S+$/m)
  expect(stdout).not.toMatch(/PYTHONHASHSEED|SLURM/)
})

test('What a rerun needs has the seed, the variables and the lock file with its text', async () => {
  const ask = ['query', 'uc1-what-a-rerun-needs', '--run', 'last', '--format', 'csv']
  const { stdout } = await vampiraHere(ask, { cwd })
  const rows = stdout.split('\r\n').map((row) => row.split(','))
  const found = rows.filter(([, need]) => ['seed', 'variable', 'lock file'].includes(need ?? ''))
  expect(found.map(([, need, name, , , kept]) => [need, name, kept])).toEqual(
    expect.arrayContaining([
      ['seed', 'random.seed', ''],
      ['variable', 'PYTHONHASHSEED', ''],
      ['lock file', 'requirements.txt', 'whole'],
    ]),
  )
  const summary = await vampiraHere(['query', 'run-facts', '--run', 'last', '--format', 'csv'], { cwd })
  expect(summary.stdout).toMatch(/,seed,random\.seed,2\r\n/)
})
