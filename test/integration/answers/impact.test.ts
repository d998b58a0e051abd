import { beforeAll, describe, expect, test } from 'vitest'
import type { Trace } from '../../../src/index.ts'
import { vampira } from '../../cli/vampira.ts'
import { otherNumpy, plantRuns, type PlantedRun } from './planted-runs.ts'

let project: string
let planted: readonly PlantedRun[]
beforeAll(async () => {
  ;({ project, runs: planted } = await plantRuns())
})

async function impact(...args: readonly string[]): Promise<Trace> {
  const { stdout } = await vampira(['impact', ...args, '--json'], { cwd: project })
  return JSON.parse(stdout) as Trace
}

function remade({ remake = [] }: Trace): string[] {
  return remake.map(({ run }) => run)
}

describe('What came from what was planted', () => {
  test('a version of a package: the run that had it, and no other', async () => {
    const ids = planted.filter((run) => run.planted === 'package').map(({ id }) => id)
    expect(remade(await impact(`numpy==${otherNumpy}`))).toEqual(ids)
    expect(remade(await impact('numpy<2.4'))).toEqual(ids)
  })

  test('a width: runs that had it and left a smoothed field, and none that had another', async () => {
    const { remake = [], start } = await impact('survey.fourierTransform(std=1.5)', '--all-runs')
    const ids = planted
      .filter(({ std, pipeline }) => std === 1.5 && pipeline === 'survey')
      .map(({ id }) => id)
    expect(remake.map(({ run }) => run)).toEqual(ids)
    expect(start.suspect!.others).toEqual(['0', '1.5', '2.5', '3.5'])
    for (const { files } of remake)
      expect(files.some(({ label, strength }) => label.endsWith('_fft.fits') && strength === 'seen')).toBe(
        true,
      )
    // The catalogue of the field itself came before the smoothing.
    expect(
      remake
        .flatMap(({ files }) => files)
        .filter(({ label, strength }) => /f\d\.cat\.fits$/.test(label) && strength === 'seen'),
    ).toEqual([])
  })

  test('what draws fields: fields first, and at the second degree all that was made of them', async () => {
    const { remake = [] } = await impact('make_fields.make_field')
    const degrees = (pipeline: string) => [
      ...new Set(remake.filter((run) => run.pipeline === pipeline).map(({ degree }) => degree)),
    ]
    expect([degrees('star-fields'), degrees('survey'), degrees('quicklook')]).toEqual([[1], [2], [2]])
    expect(remake.slice(0, 6).map(({ pipeline }) => pipeline)).toEqual(Array(6).fill('star-fields'))
    expect(remake.flatMap(({ files }) => files).filter(({ label }) => /tmp\w{8}$/.test(label))).toEqual([])
  })

  test('a failed run: the little that it left', async () => {
    const { id } = planted.find((run) => run.planted === 'truncated')!
    const { remake = [] } = await impact(id.replace('urn:uuid:', ''))
    expect(remake.map(({ run, files }) => [run, files.map(({ label }) => label)])).toEqual([
      [id, ['truncated.cat.fits']],
    ])
  })
})

test('A value that no run had ends with 1, and says which they had', async () => {
  const { code, stdout } = await vampira(['impact', 'survey.fourierTransform(std=9)'], { cwd: project })
  expect(code).toBe(1)
  expect(stdout).toBe('No run was touched by survey.fourierTransform(std=9).\n  Runs had 0, 1.5, 2.5, 3.5\n')
})

test.each([
  [[], 'Nothing is named'],
  [['f1.fits', '--person', 'root'], 'Several things are named at once'],
  [['--parameter', 'std'], '--parameter std is not name=value'],
  [['--parameter', 'stdd=2'], 'No run recorded a parameter stdd. Did you mean std?'],
])('impact %j is refused in a line', async (args, line) => {
  const { code, stderr } = await vampira(['impact', ...args], { cwd: project })
  expect({ code, lines: stderr.split('\n').length }).toEqual({ code: 2, lines: 2 })
  expect(stderr).toContain(line)
})
