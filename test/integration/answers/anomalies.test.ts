import { beforeAll, describe, expect, test } from 'vitest'
import type { Anomalies, Anomaly, UseCaseAnswer } from '../../../src/index.ts'
import { vampira } from '../../cli/vampira.ts'
import { otherNumpy, plantRuns, type Planted, type PlantedRun } from './planted-runs.ts'

let project: string
let planted: readonly PlantedRun[]
let answer: Anomalies
beforeAll(async () => {
  ;({ project, runs: planted } = await plantRuns())
  const { code, stdout } = await vampira(['anomalies', 'survey', '--json'], { cwd: project })
  expect(code).toBe(1)
  answer = (JSON.parse(stdout) as UseCaseAnswer<Anomalies>).answer!
})

function anomaliesOf(fault: Planted): Anomaly[] {
  const ids = planted.filter((run) => run.planted === fault).map(({ id }) => id)
  expect(ids.length, fault).toBeGreaterThan(0)
  return answer.runs.filter(({ run }) => ids.includes(run)).flatMap(({ anomalies }) => anomalies)
}

/** What came of a thing upstream that is of this file or by this name. */
function effectsOf(anomalies: readonly Anomaly[], name: string): string[] {
  return anomalies
    .filter(
      ({ cause }) => cause?.by === 'upstream' && (cause.thing.url ?? cause.thing.aspect.of).endsWith(name),
    )
    .flatMap(({ things }) => things.map(({ aspect }) => `${aspect.kind} ${aspect.measure}`))
}

describe('What was planted is found, with its cause', () => {
  test('zeros in half of a field: in the field, in what was made of it, and in how many sources were detected', () => {
    const effects = effectsOf(anomaliesOf('half-zero'), 'half.fits')
    expect(effects).toContain('content zeroShare')
    expect(effects).toContain('quality value')
  })

  test('a truncated field: the run failed, since nothing could be read from it', () => {
    expect(effectsOf(anomaliesOf('truncated'), 'truncated.fits')).toContain('failure status')
  })

  test('a width of 0: the run failed, as no run with another width did', () => {
    expect(effectsOf(anomaliesOf('failing'), 'std')).toContain('failure status')
  })

  test('another version of a package, by its name', () => {
    expect(anomaliesOf('package').flatMap(({ things }) => things)).toContainEqual(
      expect.objectContaining({ value: expect.stringContaining(`numpy ${otherNumpy}`) as string }),
    )
  })

  test('another script: calls that no other run made', () => {
    expect(effectsOf(anomaliesOf('nondeterministic'), 'the pipeline')).toContain('structure calls')
  })
})

test('Of the clean repeats nothing but a time or a memory is called unusual, and by chance alone', () => {
  const things = anomaliesOf('repeat').flatMap((each) => each.things)
  expect(things.filter(({ aspect }) => !['time', 'processor', 'memory'].includes(aspect.kind))).toEqual([])
})

test('A pipeline of too few runs is not judged', async () => {
  const { code, stdout, stderr } = await vampira(['anomalies', 'colours'], { cwd: project })
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
  expect(stderr).toContain('4 of 4 runs of colours completed, and at least 5 are needed')
  expect(stderr).toContain('vampira run --repeat 1 -- …')
})
