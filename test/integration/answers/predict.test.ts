import { cpSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PipelinePrediction, RunEntry, ScriptPrediction, UseCaseAnswer } from '../../../src/index.ts'
import { vampira } from '../../cli/vampira.ts'
import { plantRuns, type PlantedRun } from './planted-runs.ts'

let project: string
let planted: readonly PlantedRun[]
let folder: string
beforeAll(async () => {
  ;({ project, runs: planted } = await plantRuns())
  folder = mkdtempSync(join(tmpdir(), 'predict-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function predict(...args: string[]) {
  const { code, stdout } = await vampira(['predict', 'survey', '--json', ...args], { cwd: project })
  return { code, whole: JSON.parse(stdout) as UseCaseAnswer<PipelinePrediction> }
}

/** Others may use the machine while the runs are recorded. */
const farOff = 4

describe('A run of the survey', () => {
  test('on the largest field takes about what runs on it took', async () => {
    const { code, whole } = await predict('--input', 'f6.fits')
    expect(code).toBe(0)
    const { stdout } = await vampira(['list', '--json'], { cwd: project })
    const ids = new Set(
      planted.filter(({ pipeline, field }) => pipeline === 'survey' && field === 'f6').map(({ id }) => id),
    )
    const took = (JSON.parse(stdout) as RunEntry[]).filter(({ id }) => ids.has(id))
    expect(took.length).toBeGreaterThan(1)
    const { costs } = whole.answer!
    for (const { wallSeconds = 0 } of took) {
      expect(Math.abs(Math.log(costs.wallSeconds!.expected / wallSeconds))).toBeLessThan(Math.log(farOff))
    }
    // Fields of other sizes took a third less and wrote a third of it: the size was looked at.
    expect(costs.peakMemoryBytes!.explainedBy).toContain('input size')
    expect(costs.outputBytes!.expected).toBeGreaterThan(2 * costs.outputBytes!.median)
    for (const each of Object.values(costs)) {
      expect(each.interval?.[0]).toBeLessThanOrEqual(each.expected)
      expect(each.interval?.[1]).toBeGreaterThanOrEqual(each.expected)
    }
  })

  test('on a field a hundred times as large is not predicted, since nothing like it was seen', async () => {
    const large = join(folder, 'large.fits')
    writeFileSync(large, '')
    truncateSync(large, 100 * 896 * 896 * 4)
    const { code, whole } = await predict('--input', large)
    expect(code).toBe(3)
    expect(whole.answer).toBeUndefined()
    expect(whole.abstained?.because).toMatch(
      /^outside of what was seen: the size of the input is 321,126,400 bytes/,
    )
  })

  test('with a width that no run had is not predicted either', async () => {
    expect((await predict('std=30')).whole.abstained?.because).toContain('std is 30')
    expect((await predict('std=3')).whole.answer).toBeDefined()
  })

  test('while others used the machine does not make others look slow', async () => {
    const { whole } = await predict('--input', 'f2.fits')
    expect(whole.answer!.loadedRuns).toBeGreaterThan(0)
    const { stdout } = await vampira(['list', '--json'], { cwd: project })
    const { id } = planted.find((run) => run.planted === 'slow-machine')!
    const slow = (JSON.parse(stdout) as RunEntry[]).find((run) => run.id === id)!
    expect(whole.answer!.costs.wallSeconds!.interval![1]).toBeLessThan(slow.wallSeconds!)
  })
})

describe('A pipeline of the same components, before any run of it', () => {
  test('takes about what its runs then took', async () => {
    const others = join(folder, 'others')
    await vampira(['init', others])
    const { stdout } = await vampira(['list', '--json'], { cwd: project })
    const entries = JSON.parse(stdout) as RunEntry[]
    const lines: string[] = []
    for (const entry of entries.filter(({ name }) => name !== 'quicklook')) {
      const id = entry.id.replace('urn:uuid:', '')
      cpSync(join(project, '.vampira/runs', id), join(others, '.vampira/runs', id), { recursive: true })
      lines.push(JSON.stringify(entry))
    }
    writeFileSync(join(others, '.vampira/runs.jsonl'), `${lines.join('\n')}\n`)
    const took = new Map(entries.map(({ id, wallSeconds = 0 }) => [id, wallSeconds]))
    for (const { id, field } of planted.filter(({ pipeline }) => pipeline === 'quicklook').slice(1)) {
      const args = ['quicklook.py', '--input', `${field}.fits`, '--store', join(others, '.vampira')]
      const ended = await vampira(['predict', '--json', ...args], { cwd: project })
      expect(ended.code, ended.stderr).toBe(0)
      const { answer } = JSON.parse(ended.stdout) as UseCaseAnswer<ScriptPrediction>
      expect(answer!.calls.map(({ name }) => name)).toContain('survey.sextractor')
      expect(answer!.unknown).toEqual([])
      const { expected, interval } = answer!.costs.wallSeconds!
      expect(Math.abs(Math.log(expected / took.get(id)!))).toBeLessThan(Math.log(farOff))
      expect(interval![0]).toBeLessThan(expected)
      expect(interval![1]).toBeGreaterThan(expected)
    }
  })
})
