import { describe, expect, test } from 'vitest'
import { predictScriptFrom } from '../../../src/analyse/predict/predict-script.ts'
import type { ComponentCosts, RunCosts } from '../../../src/analyse/predict/run-costs.ts'
import { readPythonCalls } from '../../../src/analyse/python-calls.ts'
import { runsOf } from './run-costs.ts'

const sizes = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32]

function part(name: string, caller: string | undefined, costs: Partial<ComponentCosts>): ComponentCosts {
  return {
    component: `urn:${name}`,
    name,
    kind: 'Function',
    caller: caller && `urn:${caller}`,
    version: undefined,
    calls: 1,
    inputBytes: 0,
    outputBytes: 0,
    wallSeconds: undefined,
    selfSeconds: undefined,
    cpuSeconds: undefined,
    peakMemoryBytes: undefined,
    ...costs,
  }
}

/**
 * A module takes 1 s to import; `smooth` doubles its input in a second a megabyte; `extract` starts a program that takes
 * a tenth of that of what it reads, and writes little; `count` is called too seldom.
 */
function surveyRuns(): RunCosts[] {
  return runsOf(sizes, (at, bytes) => {
    const seconds = bytes / 1e6
    return {
      costs: { wallSeconds: 1.5 + 1.2 * seconds, cpuSeconds: 1.4 + 1.2 * seconds },
      parts: [
        part('survey', undefined, {
          kind: 'Module',
          wallSeconds: 1 + 1.2 * seconds,
          selfSeconds: 1,
          cpuSeconds: 1 + seconds,
        }),
        part('survey.smooth', 'survey', {
          inputBytes: bytes,
          outputBytes: 2 * bytes,
          wallSeconds: seconds,
          cpuSeconds: seconds,
          peakMemoryBytes: 10 * bytes,
        }),
        part('survey.extract', 'survey', { wallSeconds: 0.2 * seconds, cpuSeconds: 0, peakMemoryBytes: 1e6 }),
        part('/usr/bin/extract', 'survey.extract', {
          kind: 'Command',
          inputBytes: 2 * bytes,
          outputBytes: 5000,
          wallSeconds: 0.2 * seconds,
          cpuSeconds: 0.2 * seconds,
        }),
        ...(at < 3 ? [part('survey.count', 'survey', { wallSeconds: 1 })] : []),
      ],
    }
  })
}

const predict = async (text: string, megabytes: number, files = 1) =>
  predictScriptFrom(surveyRuns(), {
    script: 'new.py',
    calls: await readPythonCalls('new.py', text),
    inputs: { files, bytes: megabytes * 1e6 },
  })

const script = `import sys
from survey import smooth, extract
for field in sys.argv[1:]:
    extract(smooth(field))
`

describe('A script that was never recorded', () => {
  test('takes what its calls take, its imports and the start of an interpreter', async () => {
    const outcome = await predict(script, 8)
    const { costs, calls, unknown } = 'answer' in outcome ? outcome.answer : expect.fail('no answer')
    expect(calls.map(({ name }) => name)).toEqual([
      'start and end of the program',
      'import survey',
      'survey.smooth',
      'survey.extract',
    ])
    expect(unknown).toEqual([])
    // 0.5 s of start, 1 s of import, 8 s of smoothing, 1.6 s of extraction from 16 MB.
    expect(costs.wallSeconds?.expected).toBeCloseTo(11.1, 0)
    expect(costs.outputBytes?.expected).toBeCloseTo(16e6, -6)
    expect(costs.peakMemoryBytes?.expected).toBeCloseTo(8e7, -7)
    expect(costs.wallSeconds?.interval?.[0]).toBeLessThan(11.1)
    expect(costs.wallSeconds?.interval?.[1]).toBeGreaterThan(11.1)
  })

  test('gives a call what another wrote, of which a program reads the bytes and takes the processor time', async () => {
    const outcome = await predict(script, 8)
    const { calls } = 'answer' in outcome ? outcome.answer : expect.fail('no answer')
    const extract = calls.find(({ name }) => name === 'survey.extract')!
    expect(extract.inputBytes! / 16e6).toBeCloseTo(1, 1)
    expect(extract.costs.cpuSeconds?.expected).toBeCloseTo(1.6, 0)
  })

  test('calls once for each input what stands in a loop', async () => {
    const outcome = await predict(script, 16, 2)
    const { calls, costs } = 'answer' in outcome ? outcome.answer : expect.fail('no answer')
    expect(calls.map(({ times }) => times)).toEqual([1, 1, 2, 2])
    expect(costs.wallSeconds?.expected).toBeCloseTo(0.5 + 1 + 2 * 9.6, 0)
  })

  test('says what it calls besides that nobody knows', async () => {
    const outcome = await predict(
      'from survey import smooth, count\nimport other\ndef mine(x):\n    return other.thing(count(x))\nmine(smooth(1))\n',
      8,
    )
    expect('answer' in outcome && outcome.answer.unknown).toEqual(['other.thing', 'survey.count'])
  })

  test('is not predicted where an input is unlike all that a component was given', async () => {
    const outcome = await predict(script, 3200)
    expect('abstained' in outcome && outcome.abstained.because).toContain(
      'the input of survey.smooth is 3,200,000,000 bytes, and 1,000,000 to 32,000,000 was seen',
    )
  })

  test('is not predicted where nothing of it was ever recorded', async () => {
    const outcome = await predict('import numpy\nnumpy.zeros(3)\n', 8)
    expect('abstained' in outcome && outcome.abstained.because).toBe(
      'of what new.py calls, nothing was called in at least 5 runs: numpy.zeros',
    )
  })
})
