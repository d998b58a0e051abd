import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PlannedFile, StoragePlan, UseCaseAnswer } from '../../../src/index.ts'
import { vampira } from '../../cli/vampira.ts'
import { plantRuns } from './planted-runs.ts'

let project: string
let plan: StoragePlan
beforeAll(async () => {
  ;({ project } = await plantRuns())
  const { code, stdout } = await vampira(['storage', '--json'], { cwd: project })
  expect(code).toBe(0)
  plan = (JSON.parse(stdout) as UseCaseAnswer<StoragePlan>).answer!
})

function fileNamed(name: string): PlannedFile {
  const file = plan.files.find(({ places }) => places.some((place) => place.endsWith(`/${name}`)))
  expect(file, name).toBeDefined()
  return file!
}

describe('Only what can be made again may be dropped', () => {
  test('a smoothed field, whose code made the same in repeats, is dropped: it is large and quick to make', () => {
    const { decision, remake, equalRepeats, mustKeep } = fileNamed('f2_fft.fits')
    expect({ decision, mustKeep }).toEqual({ decision: 'drop' })
    expect(equalRepeats).toBeGreaterThan(3)
    expect(remake!.seconds).toBeGreaterThan(0.1)
    expect(remake!.seconds).toBeLessThan(5)
  })

  test('a small figure is kept, since keeping it costs less', () => {
    expect(fileNamed('f6.png')).toMatchObject({ decision: 'keep' })
    expect(fileNamed('f6.png').mustKeep).toBeUndefined()
  })

  test('fields that were drawn once, noise that nobody seeds and what is made of it, and a failed run’s catalogue', () => {
    expect(fileNamed('f1.fits').mustKeep).toBe('no equal repeats')
    expect(fileNamed('f5_noise.fits').mustKeep).toBe('repeats differed')
    expect(fileNamed('f5_noise_fft.fits').mustKeep).toBe('repeats differed')
    expect(fileNamed('truncated.cat.fits').mustKeep).toBe('no run was seen to make it')
  })
})

test('A catalogue of a field is made from the field and not from the smoothed one, though one component made both', () => {
  // With the start of the program, and without the Fourier transform.
  expect(fileNamed('f6.cat.fits').remake!.steps).toBe(2)
  expect(fileNamed('f6_fft.cat.fits').remake!.steps).toBe(2)
})

test('No plan is dearer than the rules of thumb, and it says where it changes', () => {
  const { costs, gap, holds, prices } = plan
  expect(gap).toBe(0)
  expect(costs.plan).toBeLessThanOrEqual(Math.min(costs.keepAll, costs.dropAll, costs.eachAlone))
  expect(holds.keep.from).toBeLessThanOrEqual(prices.keep)
  expect(holds.keep.to).toBeGreaterThanOrEqual(prices.keep)
})

test('Where keeping is dear more is dropped, and where each is used daily less', async () => {
  const dropped = async (...args: readonly string[]) => {
    const { stdout } = await vampira(['storage', 'survey', ...args, '--json'], { cwd: project })
    return (JSON.parse(stdout) as UseCaseAnswer<StoragePlan>).answer!.droppedBytes
  }
  const usual = await dropped()
  expect(await dropped('--keep-cost', '10')).toBeGreaterThan(usual)
  expect(await dropped('--uses', '30')).toBeLessThan(usual)
})

describe('A script', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vampira-storage-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  test('removes what the plan drops, but not a file that has changed since; the command itself removes nothing', async () => {
    const script = join(folder, 'drop.sh')
    const { code, stdout } = await vampira(['storage', 'survey', '--script', script], { cwd: project })
    expect(code).toBe(0)
    expect(stdout).toContain(`sh ${script}`)
    const copy = join(folder, 'copy')
    cpSync(project, copy, { recursive: true })
    writeFileSync(join(copy, 'f1_fft.fits'), 'other bytes')
    writeFileSync(join(folder, 'here.sh'), readFileSync(script, 'utf8').replaceAll(`${project}/`, `${copy}/`))
    const before = existsSync(join(project, 'f2_fft.fits'))
    execFileSync('sh', [join(folder, 'here.sh')], { stdio: 'pipe' })
    expect([before, existsSync(join(project, 'f2_fft.fits'))]).toEqual([true, true])
    expect(existsSync(join(copy, 'f2_fft.fits'))).toBe(false)
    expect(existsSync(join(copy, 'f1_fft.fits'))).toBe(true)
    expect(existsSync(join(copy, 'f1.fits'))).toBe(true)
    const again = await vampira(['storage', '--script', script], { cwd: project })
    expect({ code: again.code, stderr: again.stderr }).toMatchObject({ code: 2 })
    expect(again.stderr).toContain('is there already')
  })
})

test.each([['--keep-cost'], ['--compute-cost'], ['--uses']])('%s below 0 is refused', async (option) => {
  const { code, stderr } = await vampira(['storage', option, '-1'], { cwd: project })
  expect({ code, stderr }).toEqual({ code: 2, stderr: `vampira: ${option} -1 is not a number from 0.\n` })
})
