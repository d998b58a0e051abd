import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareRuns, type RunComparison } from '../../../src/analyse/compare/compare-runs.ts'
import { UsageError } from '../../../src/errors.ts'
import { LocalEngine } from '../../../src/query/local-engine.ts'
import { entryOf, storeOf } from '../../queries/cases.ts'

let engine: LocalEngine
let remove: () => void
beforeAll(async () => {
  const made = await storeOf()
  remove = made.remove
  engine = new LocalEngine([made.store])
})
afterAll(() => remove())

const id = (fixture: string) => entryOf(fixture).id

describe('two runs of one pipeline with another threshold', () => {
  let comparison: RunComparison
  beforeAll(async () => {
    comparison = await compareRuns(engine, id('cooling-default'), id('cooling-keeps-glitches'))
  })

  it('differ in their command lines', () => {
    expect(comparison.same).toBe(false)
    expect(comparison.facts).toEqual([
      {
        fact: 'commandLine',
        values: ['["python3","pipeline.py"]', '["python3","pipeline.py","--threshold","1000"]'],
      },
    ])
  })

  it('differ in the threshold, and not in parameters that were the same', () => {
    const parameters = Object.fromEntries(
      comparison.parameters.map((each) => [each.parameter.split('/').pop(), each.values]),
    )
    expect(parameters['pipeline.remove_glitches.threshold']).toEqual([
      { value: '8', calls: [1, undefined] },
      { value: '1000', calls: [undefined, 1] },
    ])
    expect(Object.keys(parameters)).not.toContain('pipeline.remove_glitches.window')
  })

  it('differ in how often a component was called, in none of their versions', () => {
    expect(comparison.components.map(({ name, calls }) => [name, calls])).toEqual([
      ['pipeline.draw_chart.<locals>.place', [113, 114]],
    ])
    expect(comparison.components.some(({ versionChanged }) => versionChanged)).toBe(false)
  })

  it('read the same measurements and made other files at the same places', () => {
    expect(comparison.inputs.map(({ url }) => url)).not.toContain('file:///data/tea/measurements.csv')
    const outputs = comparison.outputs.filter(
      ({ contents: [one, other] }) => one !== undefined && other !== undefined && one !== other,
    )
    expect(outputs.map(({ url }) => url.replace('file:///data/tea/results/', ''))).toEqual([
      'cleaned.tsv',
      'cooling.svg',
      'fit.json',
      'residuals.tsv',
    ])
  })

  it('took their times, and were in one environment', () => {
    const [one, other] = comparison.runs
    expect(comparison.wallRatio).toBeCloseTo(other.wallSeconds! / one.wallSeconds!)
    expect(comparison.environment).toEqual([])
  })
})

describe('compareRuns', () => {
  it('finds no difference between a run and itself', async () => {
    const comparison = await compareRuns(engine, id('ranking'), id('ranking'))
    expect(comparison).toMatchObject({
      same: true,
      wallRatio: 1,
      facts: [],
      parameters: [],
      components: [],
      inputs: [],
      outputs: [],
    })
  })

  it('tells the status, and the components that only one of them reached', async () => {
    const comparison = await compareRuns(engine, id('cooling-default'), id('cooling-fails'))
    expect(comparison.facts).toContainEqual({
      fact: 'status',
      values: ['Completed', 'Failed'].map((each) => expect.stringContaining(each)),
    })
    expect(comparison.components).toContainEqual(
      expect.objectContaining({ name: 'pipeline.summarise', calls: [1, undefined] }),
    )
  })

  it('says which run it does not know', async () => {
    const asked = compareRuns(engine, id('ranking'), 'urn:uuid:019343c2-8a10-7c3e-9d55-3f2b7a1c0001')
    await expect(asked).rejects.toThrow(UsageError)
    await expect(asked).rejects.toThrow('There is no run urn:uuid:019343c2')
  })
})
