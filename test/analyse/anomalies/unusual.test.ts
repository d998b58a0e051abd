import { describe, expect, test } from 'vitest'
import { causeOf } from '../../../src/analyse/anomalies/cause.ts'
import type { Aspect } from '../../../src/analyse/anomalies/aspect.ts'
import { findUnusual } from '../../../src/analyse/anomalies/unusual.ts'
import { pipelineOf, quality, smoothing, smoothingCpu, width, zeros } from './pipelines.ts'

const steady = [1, 1.02, 0.99, 1.01, 1, 0.98, 1.03, 1]

describe('What is unusual', () => {
  test('is not what the size of the inputs explains', () => {
    const inputBytes = [1e3, 2e3, 4e3, 8e3, 16e3, 32e3, 64e3, 1e7]
    const seconds = inputBytes.map((bytes, at) => (bytes / 1e3) * (1 + (at % 3) * 0.02))
    expect(findUnusual(pipelineOf([[smoothing, seconds]], { inputBytes }), 0.01).found).toEqual([])
    const slow = seconds.with(3, seconds[3]! * 6)
    const { found } = findUnusual(pipelineOf([[smoothing, slow]], { inputBytes }), 0.01)
    expect(found).toMatchObject([{ run: 'run 3', allowedFor: ['input size'] }])
  })

  test('is not what a setting explains', () => {
    const widths = ['1', '1', '1', '2', '2', '2', '4', '4', '4', '4']
    const seconds = widths.map((each, at) => Math.exp(Number(each)) * (1 + (at % 2) * 0.01))
    expect(
      findUnusual(
        pipelineOf([
          [smoothing, seconds],
          [width, widths],
        ]),
        0.01,
      ).found,
    ).toEqual([])
  })

  test('is no time that differs by less than anybody cares for', () => {
    const seconds = steady.map((each) => each / 1000).with(2, 0.01)
    expect(findUnusual(pipelineOf([[smoothing, seconds]]), 0.01).found).toEqual([])
  })

  test('is a word that few have where nearly all have the same', () => {
    const words = Array.from({ length: 12 }, () => 'numpy').with(5, 'other')
    const aspect = { kind: 'environment', of: 'packages', measure: 'value', components: [] } as const
    expect(findUnusual(pipelineOf([[aspect, words]]), 0.01).found).toMatchObject([
      { run: 'run 5', value: 'other', usual: 'numpy', against: 11 },
    ])
  })

  test('is, of a run that failed, a setting that no run had which completed', () => {
    const widths = ['1', '2', '1', '2', '1', '2', '1', '0']
    const { found } = findUnusual(pipelineOf([[width, widths]], { failed: [7] }), 0.01)
    expect(found).toMatchObject([{ run: 'run 7', value: '0', usual: '1, 2' }])
  })

  test('is not asked of fewer than five runs', () => {
    expect(findUnusual(pipelineOf([[smoothing, [1, 1, 1, 50]]]), 0.01)).toMatchObject({
      found: [],
      compared: 0,
    })
  })
})

describe('The cause', () => {
  const sources = [170, 171, 169, 172, 170, 168, 171, 90]

  test('is the nearest unusual thing upstream that nothing explains', () => {
    const facts = pipelineOf([
      [quality, sources],
      [zeros, [0, 0, 0, 0, 0, 0, 0, 0.5]],
    ])
    const { found } = findUnusual(facts, 0.01)
    const unusual = found.find(({ aspect }) => aspect.kind === 'quality')!
    expect(causeOf(unusual, found, facts)).toMatchObject({
      by: 'upstream',
      thing: { aspect: zeros, value: 0.5 },
    })
  })

  test('is a setting where it was set, and not where it was passed on to', () => {
    const widths = ['1', '2', '1', '2', '1', '2', '1', '0']
    const above: Aspect = { ...width, of: 'extract std', components: ['extract'] }
    const status: Aspect = { kind: 'failure', of: 'the run', measure: 'status', components: [] }
    const facts = pipelineOf(
      [
        [width, widths],
        [above, widths],
        [status, [...steady.slice(0, 7).map(() => 'Completed'), 'Failed']],
      ],
      { failed: [7] },
    )
    const { found } = findUnusual(facts, 0.01)
    const unusual = found.find(({ aspect }) => aspect.kind === 'failure')!
    expect(causeOf(unusual, found, facts)).toMatchObject({ by: 'upstream', thing: { aspect: above } })
  })

  test('is found through the components in between', () => {
    const counting = { kind: 'size', of: 'count', measure: 'outputBytes', components: ['count'] } as const
    const facts = pipelineOf([
      [counting, [5e5, 5.01e5, 5.02e5, 5e5, 5.01e5, 4.99e5, 5e5, 9e4]],
      [zeros, [0, 0, 0, 0, 0, 0, 0, 0.5]],
    ])
    const { found } = findUnusual(facts, 0.01)
    const unusual = found.find(({ aspect }) => aspect.kind === 'size')!
    expect(causeOf(unusual, found, facts)).toMatchObject({ path: ['count', 'smooth', 'extract'] })
  })

  test('is the machine where elapsed time grew and processor time did not', () => {
    const facts = pipelineOf(
      [
        [smoothing, [...steady.slice(0, 7), 9]],
        [smoothingCpu, [...steady.slice(0, 7), 1.1]],
      ],
      { load: [1, 1, 1, 1, 1, 1, 1, 8.5] },
    )
    const { found } = findUnusual(facts, 0.01)
    expect(causeOf(found[0]!, found, facts)).toMatchObject({
      by: 'machine',
      load: 8.5,
      wall: expect.closeTo(9, 0) as number,
    })
  })

  test('is not the machine where processor time grew as well', () => {
    const facts = pipelineOf([
      [smoothing, [...steady.slice(0, 7), 9]],
      [smoothingCpu, [...steady.slice(0, 7), 8.8]],
    ])
    const { found } = findUnusual(facts, 0.01)
    const slow = found.find(({ aspect }) => aspect.kind === 'time')!
    expect(causeOf(slow, found, facts)).toBeUndefined()
  })

  test('is not said where nothing upstream is unusual', () => {
    const facts = pipelineOf([[quality, sources]])
    const { found } = findUnusual(facts, 0.01)
    expect(causeOf(found[0]!, found, facts)).toBeUndefined()
  })
})
