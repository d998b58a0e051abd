import Ajv2020 from 'ajv/dist/2020.js'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { RecommendedParameters, UseCaseAnswer } from '../../../src/index.ts'
import { packageRoot } from '../../../src/package-root.ts'
import { vampira } from '../../cli/vampira.ts'
import { plantRuns, type PlantedRun } from './planted-runs.ts'

let project: string
let planted: readonly PlantedRun[]
beforeAll(async () => {
  ;({ project, runs: planted } = await plantRuns())
})

const ask = async (...args: readonly string[]) => {
  const { code, stdout, stderr } = await vampira(['recommend', 'parameters', ...args, '--json'], {
    cwd: project,
  })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const whole = JSON.parse(stdout) as UseCaseAnswer<RecommendedParameters>
  return { ...whole, answer: whole.answer! }
}

describe('Where more sources are wanted', () => {
  test('less smoothing is advised, compared on the same fields, with its runs; the failing width is not forgotten', async () => {
    const { answer } = await ask('survey', '--optimise', 'sources-detected=more')
    const std = answer.settings.find(({ setting }) => setting.endsWith(' std'))!
    expect(std.verdict).toBe('effect')
    const best = std.levels[std.best!]!
    const widths = planted.filter(({ pipeline, std: width }) => pipeline === 'survey' && width === 1.5)
    expect(best).toMatchObject({ value: '1.5', trials: widths.length, failed: 0 })
    expect(best.runs.toSorted()).toEqual(widths.map(({ id }) => id).toSorted())
    expect(std.levels[0]).toMatchObject({ value: '0', trials: 1, failed: 1 })
    expect(std.alsoIn).toContain('survey.fourierTransform std')
    expect(answer.likeData.by).toBe('contents')
  })

  test('the threshold, of which three values were tried on few fields, gets no advice', async () => {
    const { answer } = await ask('survey', '--optimise', 'sources-detected=more')
    const threshold = answer.settings.find(({ setting }) => setting.endsWith(' threshold'))!
    expect(threshold.verdict).toBe('no effect')
    expect(threshold.probability).toBeGreaterThan(0.05)
  })

  test('the document is as the schema says', async () => {
    const read = (name: string) =>
      JSON.parse(readFileSync(join(packageRoot, `contract/output/${name}.schema.json`), 'utf8')) as object
    const validate = new Ajv2020.default({ allErrors: true, allowUnionTypes: true })
      .addSchema(read('answer'))
      .compile(read('recommend-parameters'))
    const whole = await ask('survey', '--optimise', 'sources-detected=more', '--optimise', 'time')
    expect(validate(whole), JSON.stringify(validate.errors, null, 1)).toBe(true)
    expect(whole.answer.front!.length).toBeGreaterThan(0)
  })
})

test('No setting is said to make runs faster: the widths and thresholds do not', async () => {
  const { answer } = await ask('survey', '--optimise', 'time')
  expect(answer.settings.filter(({ verdict }) => verdict === 'effect')).toEqual([])
})

describe('Nothing is advised without a ground for it', () => {
  test.each([
    [['survey'], 3, 'nobody said which values of sources-detected are better'],
    [['colours', '--optimise', 'time'], 3, 'no setting of colours had different values in 4 trials'],
    [['survey', '--optimise', 'sources'], 2, 'No run of survey measured ‹sources›'],
    [['survey', '--optimise', 'time=quick'], 2, '‹quick› is no direction of time'],
    [['fourierTransform'], 2, 'Did you mean survey.fourierTransform?'],
    [['survey', '--optimise', 'time', '--for', 'none.fits'], 2, 'There is no file none.fits'],
    [['survey', '--optimise', 'time', '--for', 'survey.py'], 3, 'on a file like survey.py'],
  ])('recommend parameters %j', async (args, code, sentence) => {
    const ended = await vampira(['recommend', 'parameters', ...args], { cwd: project })
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: '' })
    expect(ended.stderr).toContain(sentence)
    expect(ended.stderr.trim().split('\n')).toHaveLength(1)
  })
})
