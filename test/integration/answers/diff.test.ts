import { beforeAll, expect, test } from 'vitest'
import { fillWithDemo, makeFolder } from '../../docs/demo-folder.ts'
import type { ExplainedComparison, RunDifferences, UseCaseAnswer } from '../../../src/index.ts'
import { vampira } from '../../cli/vampira.ts'
import { otherNumpy, plantRuns, type Planted, type PlantedRun } from './planted-runs.ts'

let project: string
let runs: readonly PlantedRun[]
beforeAll(async () => {
  ;({ project, runs } = await plantRuns())
})

function planted(fault: Planted): PlantedRun {
  return runs.find((run) => run.planted === fault)!
}

/** The usual run of a field. */
function usual(field: string, std = 2.5, threshold = 4): PlantedRun {
  return runs.find(
    (run) =>
      run.planted === undefined &&
      run.pipeline === 'survey' &&
      run.field === field &&
      run.std === std &&
      run.threshold === threshold,
  )!
}

async function diff(
  one: PlantedRun,
  other: PlantedRun,
): Promise<{ code: number | null; found: ExplainedComparison }> {
  const { code, stdout } = await vampira(['diff', one.id, other.id, '--json'], { cwd: project })
  return { code, found: (JSON.parse(stdout) as UseCaseAnswer<RunDifferences>).answer!.comparisons[0]! }
}

/** The causes, as kind and what, without folders. */
function causesOf({ because }: ExplainedComparison): string[] {
  return because.map(({ kind, what }) => `${kind} ${what.replaceAll(/\/\S*\//g, '')}`)
}

test.each(['repeat', 'slow-machine'] as const)('Of runs of the same nothing differs: %s', async (fault) => {
  const { code, found } = await diff(usual('f2'), planted(fault))
  expect({ code, same: found.same }).toEqual({ code: 0, same: true })
  if (fault === 'repeat') expect(found.because).toEqual([])
})

test('A slow machine is told from code by the processor time', async () => {
  const { found } = await diff(usual('f2'), planted('slow-machine'))
  expect(found.because.map(({ kind }) => kind)).toEqual(['machine'])
  expect(found.resources.filter(({ differs }) => differs).map(({ resource }) => resource)).toEqual([
    'wallSeconds',
  ])
})

test('Half of a field is zero: the input is the cause, whatever it is called', async () => {
  const { code, found } = await diff(usual('f3'), planted('half-zero'))
  expect(code).toBe(1)
  expect(causesOf(found)).toEqual(['input f3.fits → half.fits'])
  expect(found.inputs[0]?.holds?.map((facts) => facts?.zeroShare)).toEqual([0, 0.5])
  expect(found.divergence?.first).toBeUndefined()
  expect(found.divergence?.follows?.name).toBe('source-extractor')
})

test('A truncated field: the input is the cause, and the program that read it failed first', async () => {
  const { found } = await diff(usual('f3'), planted('truncated'))
  expect(causesOf(found)).toEqual(['input f3.fits → truncated.fits'])
  expect(found.divergence?.follows).toMatchObject({ name: 'source-extractor' })
  expect(found.divergence?.follows?.outputs).toContainEqual(
    expect.objectContaining({ kind: 'end', values: ['completed', 'exit code 1'] }),
  )
})

test('Another numpy is the cause, and nothing that was made differs', async () => {
  const { code, found } = await diff(usual('f2'), planted('package'))
  expect(code).toBe(1)
  expect(causesOf(found)).toEqual(['package numpy'])
  expect(found.because[0]?.values[1]).toBe(otherNumpy)
  expect([found.outputs, found.results, found.qualities]).toEqual([[], [], []])
})

test('A width of zero: the setting is the cause, where it was set, and the kernel failed first', async () => {
  const { found } = await diff(usual('f2'), planted('failing'))
  expect(causesOf(found)).toEqual(['setting std'])
  expect(found.divergence?.follows?.name).toBe('astropy.convolution.kernels.Gaussian2DKernel.__init__')
})

test.each([
  ['another width', () => usual('f2', 3.5), 'std', 'survey.fourierTransform'],
  ['another threshold', () => usual('f5', 2.5, 6), 'threshold', 'source-extractor'],
])('%s is the cause, and what follows begins with the call that got it', async (_, run, setting, call) => {
  const { found } = await diff(usual(run().field), run())
  expect(causesOf(found)).toEqual([`setting ${setting}`])
  expect(found.divergence?.first).toBeUndefined()
  expect(found.divergence?.follows?.name).toBe(call)
})

test('Noise that nobody seeded: nothing that was recorded is the cause, and it began where the noise was drawn', async () => {
  const [one, other] = runs.filter((run) => run.planted === 'nondeterministic')
  const { found } = await diff(one!, other!)
  expect(causesOf(found)).toEqual(['unrecorded noisy_survey.addNoise'])
  expect(found.divergence?.first).toMatchObject({ name: 'noisy_survey.addNoise', inputs: [] })
})

test('Three runs are two comparisons, and pipelines are compared by the names of their functions', async () => {
  const quick = runs.find(({ pipeline }) => pipeline === 'quicklook')!
  const { stdout } = await vampira(['diff', usual('f1').id, usual('f1', 1.5).id, quick.id, '--json'], {
    cwd: project,
  })
  const [, across] = (JSON.parse(stdout) as UseCaseAnswer<RunDifferences>).answer!.comparisons
  expect(across?.because[0]).toMatchObject({ kind: 'pipeline', values: ['survey', 'quicklook'] })
  expect(across?.functions.find(({ name }) => name === 'survey.sextractor')).toMatchObject({
    calls: [2, 1],
    callShare: [2 / 11, 1 / 6],
  })
})

test('Of two clean runs nothing is said though most of their calls were only counted', async () => {
  const folder = makeFolder()
  await fillWithDemo(folder)
  const here = { cwd: folder.path }
  for (let n = 0; n < 2; n++)
    await vampira(['run', '--quiet', '--', 'python3', 'pipeline.py', 'measurements.csv'], here)
  const { code, stdout } = await vampira(['diff', 'last~1', 'last'], here)
  folder.remove()
  expect(stdout).toContain('recorded as groups: what was returned by cooling.CoolingCurve.at')
  expect({ code, first: stdout.split('\n')[0] }).toEqual({
    code: 0,
    first: 'Nothing that was compared differs.',
  })
})
