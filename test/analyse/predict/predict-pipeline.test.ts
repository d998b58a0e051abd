import { describe, expect, test } from 'vitest'
import { predictFrom, predictPipeline } from '../../../src/analyse/predict/predict-pipeline.ts'
import { Questions } from '../../../src/analyse/questions.ts'
import { LocalEngine } from '../../../src/query/local-engine.ts'
import { storeOf } from '../../queries/cases.ts'
import { runsOf } from './run-costs.ts'

const sizes = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32]
const on = (megabytes: number, settings: Record<string, string> = {}) => ({
  inputs: { files: 1, bytes: megabytes * 1e6 },
  settings,
})

describe('What a run will take', () => {
  test('follows the size of its input, of every cost, with an interval that holds it', () => {
    const { answer } = predictFrom('survey', runsOf(sizes), on(10))
    expect(answer?.costs.wallSeconds?.expected).toBeCloseTo(10, 1)
    expect(answer?.costs.peakMemoryBytes?.expected).toBeCloseTo(1e8, -5)
    expect(answer?.costs.wallSeconds).toMatchObject({ runs: 10, explainedBy: ['input size'] })
    const [low, high] = answer!.costs.wallSeconds!.interval!
    expect(low).toBeLessThanOrEqual(10)
    expect(high).toBeGreaterThanOrEqual(10)
  })

  test('has no interval below nine earlier runs, and is withheld below five', () => {
    expect(
      predictFrom('survey', runsOf(sizes.slice(0, 8)), on(5)).answer?.costs.wallSeconds,
    ).not.toHaveProperty('interval')
    expect(predictFrom('survey', runsOf(sizes.slice(0, 4)), on(3)).abstained).toEqual({
      because: '4 runs of survey completed, and at least 5 are needed',
      record: 'Record 1 more of survey, on inputs of different sizes: vampira run -- …',
    })
  })

  test('is withheld for an input unlike all that were seen, and says so', () => {
    expect(predictFrom('survey', runsOf(sizes), on(3200)).abstained?.because).toBe(
      'outside of what was seen: the size of the input is 3,200,000,000 bytes, and 1,000,000 to 32,000,000 was seen',
    )
  })

  test('is by default what the latest run would take again', () => {
    expect(predictFrom('survey', runsOf(sizes.toReversed()), { settings: {} }).answer?.inputs.bytes).toBe(
      32e6,
    )
  })

  test('of elapsed time does not look at runs while others used the machine, and of processor time does', () => {
    const runs = runsOf(sizes, (at) =>
      at % 3 === 0 ? { loaded: true, costs: { wallSeconds: 500, cpuSeconds: sizes[at]! * 0.9 } } : {},
    )
    const { answer } = predictFrom('survey', runs, on(10))
    expect(answer?.loadedRuns).toBe(4)
    expect(answer?.costs.wallSeconds?.runs).toBe(6)
    expect(answer?.costs.wallSeconds?.expected).toBeLessThan(20)
    expect(answer?.costs.cpuSeconds?.runs).toBe(10)
  })
})

describe('A setting', () => {
  const passes = (at: number) => (at % 4) + 1
  const runs = runsOf([...sizes, ...sizes], (at) => ({
    settings: new Map([
      ['survey passes', String(passes(at))],
      ['survey.smooth passes', String(passes(at))],
      ['survey method', at % 2 === 0 ? 'fast' : 'exact'],
    ]),
    costs: { wallSeconds: passes(at) ** 3 },
  }))

  test('that explains the cost is looked at', () => {
    const estimateOf = (passed: string) =>
      predictFrom('survey', runs, on(10, { passes: passed })).answer?.costs.wallSeconds
    expect(estimateOf('4')?.explainedBy).toContain('survey passes')
    expect(estimateOf('4')!.expected / estimateOf('1')!.expected).toBeGreaterThan(20)
  })

  test.each([
    ['passes', '9', 'passes is 9, and 1 to 4 was seen'],
    ['method', 'lazy', 'method is lazy, and fast, exact was seen'],
  ])('%s=%s, which no run had, is outside of what was seen', (name, value, because) => {
    expect(predictFrom('survey', runs, on(10, { [name]: value })).abstained?.because).toContain(because)
  })

  test('that no component has is refused, with the name that may be meant', () => {
    expect(() => predictFrom('survey', runs, on(10, { pases: '2' }))).toThrow(
      'No component had a setting named pases',
    )
  })
})

test('An evaluation leaves each run out before anything is chosen, and sets plain models beside', () => {
  const { answer } = predictFrom(
    'survey',
    runsOf([...sizes, ...sizes.map((each) => each * 1.1)]),
    on(10),
    true,
  )
  const [time] = answer!.evaluation!
  expect(time).toMatchObject({ measure: 'wallSeconds', runs: 20, intervals: 20 })
  expect(time!.models.map(({ model }) => model)).toEqual(['chosen', 'mean', 'median', 'linear', 'nearest 5'])
  const [chosen, mean] = time!.models
  expect(chosen!.medianError).toBeLessThan(0.1)
  expect(mean!.medianError).toBeGreaterThan(0.3)
  expect(time!.covered).toBeGreaterThanOrEqual(16)
})

test('A store with too few runs of the pipeline says what to record; an unknown one is refused', async () => {
  const { store, remove } = await storeOf()
  const engine = new LocalEngine([store])
  try {
    const answer = await predictPipeline(new Questions(engine), { pipeline: 'cooling', settings: {} })
    expect(answer.abstained?.because).toMatch(/^\d runs? of cooling completed, and at least 5 are needed$/)
    await expect(
      predictPipeline(new Questions(engine), { pipeline: 'coling', settings: {} }),
    ).rejects.toThrow('There is no run of coling')
  } finally {
    await engine.close()
    remove()
  }
})
