import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Rerun } from '../../../src/index.ts'
import { parseAnswer } from '../../cli/recorded.ts'
import { vampira } from '../../cli/vampira.ts'
import { otherNumpy, plantRuns } from './planted-runs.ts'
import type { PlantedRuns } from './planted-runs.ts'

let planted: PlantedRuns
/** Reruns are recorded: into a copy of the store, which others use too. */
let folder: string
beforeAll(async () => {
  planted = await plantRuns()
  folder = mkdtempSync(join(tmpdir(), 'vampira-rerun-test-'))
  cpSync(join(planted.project, '.vampira'), join(folder, '.vampira'), { recursive: true })
}, 600_000)
afterAll(() => rmSync(folder, { recursive: true }))

const idOf = (wanted: (run: PlantedRuns['runs'][number]) => boolean) => planted.runs.findLast(wanted)!.id
const rerun = async (args: readonly string[], env: Record<string, string> = {}) => {
  const { code, stdout, stderr } = await vampira(['rerun', ...args, '--json'], { cwd: folder, env })
  expect(stderr).toBe('')
  const { answer } = parseAnswer('rerun', stdout) as { answer: Rerun }
  return { code, ...answer }
}

test('The survey is reproduced in a clean folder, each file byte for byte', async () => {
  const id = idOf(({ pipeline, field, planted }) => pipeline === 'survey' && field === 'f6' && !planted)
  const { code, verdict, attempts, check } = await rerun([id])
  expect(verdict).toBe('reproduced')
  expect(code).toBe(0)
  expect(attempts[0]!.files.map(({ path, outcome }) => [path, outcome])).toEqual(
    ['f6.cat.fits', 'f6.png', 'f6_fft.cat.fits', 'f6_fft.fits', 'f6_fft.png'].map((path) => [
      path,
      'same bytes',
    ]),
  )
  expect(attempts[0]!.folder.startsWith(planted.project)).toBe(false)
  expect(check.differences.filter(({ aspect }) => aspect === 'package')).toEqual([])
})

test('With another numpy it is said that numpy differs, and what that may do', async () => {
  const id = idOf(({ planted }) => planted === 'repeat')
  const { verdict, check } = await rerun([id], { PYTHONPATH: join(planted.project, '..', 'site') })
  const packages = check.differences.filter(({ aspect }) => aspect === 'package')
  expect(packages).toMatchObject([{ name: 'numpy', is: otherNumpy, may: 'it may compute otherwise' }])
  expect(['reproduced', 'equivalent']).toContain(verdict)
})

test('The variant that draws noise diverges by itself, and it is said where that begins', async () => {
  const id = idOf(({ planted }) => planted === 'nondeterministic')
  const { code, verdict, varies, first, causes, began } = await rerun([id, '--repeat', '2'])
  expect({ code, verdict, first }).toEqual({ code: 1, verdict: 'diverged', first: ['f5_noise.fits'] })
  expect(varies).toContain('f5_noise_fft.fits')
  expect(causes[0]).toContain('it varies by itself')
  expect(began).toMatchObject({ call: 'noisy_survey.addNoise', inputs: [] })
})

test('A run that failed is reproduced where it fails in the same way', async () => {
  const { code, status, verdict, attempts } = await rerun([idOf(({ planted }) => planted === 'failing')])
  expect({ code, status, verdict }).toEqual({ code: 0, status: 'Failed', verdict: 'reproduced' })
  expect(attempts[0]!.said!.join('\n')).toContain('ZeroDivisionError')
})

test('A run whose input is gone cannot be run again, and the run that made the input is named', async () => {
  const project = join(folder, 'moving')
  cpSync(planted.project, project, { recursive: true })
  const run = (...command: string[]) => vampira(['run', '--quiet', '--', ...command], { cwd: project })
  await run('python3', 'make_fields.py', '--size', '512', '--stars', '30', '--seed', '9', 'new.fits')
  await run('python3', 'quicklook.py', 'new.fits')
  renameSync(join(project, 'new.fits'), join(project, 'kept-elsewhere'))
  const { code, stdout } = await vampira(['rerun', 'quicklook'], { cwd: project })
  expect(code).toBe(3)
  expect(stdout).toContain('the input new.fits is gone and the store does not keep it')
  expect(stdout).toMatch(/Run [0-9a-f-]{36} made it: vampira rerun [0-9a-f-]{36}, then put new\.fits back/)
})

test('What pip would install again is what the run loaded', async () => {
  const id = idOf(({ planted }) => planted === 'package')
  const { stdout } = await vampira(['rerun', id, '--export', 'requirements'], { cwd: folder })
  expect(stdout.split('\n')).toContain(`numpy==${otherNumpy}`)
  expect(stdout).toContain('source-extractor')
})

test('In files of astropy and numpy other digits in the last place mean the same, and others do not', async () => {
  const script = `import sys
import numpy as np
from astropy.table import Table
from astropy.io import fits
shift = float(sys.argv[1])
table = Table({"x": np.arange(5) / 7 + shift, "name": ["a", "b", "c", "d", "e"], "n": np.arange(5)})
table.write("table.fits", overwrite=True)
np.save("array.npy", np.linspace(0, 1, 7) + shift)
fits.PrimaryHDU(np.linspace(0, 1, 9, dtype="f4").reshape(3, 3) + np.float32(shift)).writeto("image.fits", overwrite=True)
`
  const work = join(folder, 'shifted')
  const { compareContents } = await import('../../../src/index.ts')
  const contents: Buffer[][] = []
  const names = ['table.fits', 'array.npy', 'image.fits']
  for (const shift of ['0', '1e-10', '0.01']) {
    rmSync(work, { recursive: true, force: true })
    cpSync(join(folder, '.vampira'), join(work, '.vampira'), { recursive: true })
    writeFileSync(join(work, 'shift.py'), script)
    const { code } = await vampira(['run', '--quiet', '--', 'python3', 'shift.py', shift], { cwd: work })
    expect(code).toBe(0)
    contents.push(names.map((name) => readFileSync(join(work, name))))
  }
  expect(existsSync(work)).toBe(true)
  const [one, near, far] = contents
  for (const [at, name] of names.entries()) {
    const compare = (other: Buffer) => compareContents(name, [one![at]!, other], { tolerance: 1e-6 })
    if (!one![at]!.equals(near![at]!))
      expect(await compare(near![at]!)).toMatchObject({ equivalent: true, by: 'numbers' })
    expect(await compare(far![at]!)).toMatchObject({ equivalent: false, by: 'numbers' })
  }
})
