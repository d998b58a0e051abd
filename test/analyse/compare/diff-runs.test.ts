import { expect, test } from 'vitest'
import { diffRuns, type ExplainedComparison } from '../../../src/analyse/compare/diff-runs.ts'
import { Questions } from '../../../src/analyse/questions.ts'
import { engineOver } from '../small-engine.ts'
import { contentIri, runIri, type SmallRun } from '../small-run.ts'

/** `draw` makes an image, `count` what is in it. */
const drawing = (id: number, image: string, more: Partial<SmallRun> = {}): SmallRun => ({
  id,
  version: 'v1',
  command: ['python3', 'draw.py', 'sky'],
  calls: [
    { n: 1, name: 'main', ends: 9 },
    { n: 2, name: 'draw', by: 1, reads: [1], ends: 3 },
    { n: 4, name: 'count', by: 1, reads: [2], ends: 5 },
  ],
  files: { 1: { content: 'sky', path: 'sky' }, 2: { content: image, path: 'image', by: 2 } },
  ...more,
})

async function compare(
  runs: readonly SmallRun[],
  candidates: readonly number[] = [],
): Promise<ExplainedComparison> {
  const { engine } = await engineOver(runs)
  const { answer } = await diffRuns(new Questions(engine), [runIri(1), runIri(2)], candidates.map(runIri))
  return answer!.comparisons[0]!
}

test('What did the same differs in nothing, and no record is read', async () => {
  const { same, because, divergence } = await compare([drawing(1, 'A'), drawing(2, 'A')])
  expect({ same, because, divergence }).toEqual({ same: true, because: [], divergence: undefined })
})

test('What was given the same and made something else did so of nothing that was recorded', async () => {
  const { because } = await compare([drawing(1, 'A'), drawing(2, 'B')])
  expect(because).toEqual([{ kind: 'unrecorded', what: 'draw', values: [undefined, undefined] }])
})

test('A word of the command line that differs is a setting, and another name of an input is none', async () => {
  const command = ['python3', 'draw.py', 'sky', '--deep']
  const { because } = await compare([drawing(1, 'A'), drawing(2, 'B', { command })])
  expect(because).toEqual([{ kind: 'setting', what: 'command line', values: [undefined, '--deep'] }])
  const night = drawing(2, 'B', { command: ['python3', 'draw.py', '/data/night'] })
  const files = { ...night.files, 1: { content: 'night', path: 'night' } }
  const renamed = await compare([
    drawing(1, 'A', { command: ['python3', 'draw.py', '/data/sky'] }),
    { ...night, files },
  ])
  expect(renamed.because).toEqual([
    { kind: 'input', what: '/data/sky → /data/night', values: [contentIri('sky'), contentIri('night')] },
  ])
})

test('Repeats tell that a file varies without a cause', async () => {
  const { noise } = await compare([drawing(1, 'A'), drawing(2, 'B'), drawing(3, 'C')], [1, 2, 3])
  expect(noise).toMatchObject({ repeats: [[runIri(3)], [runIri(3)]], outputs: ['file:///data/image'] })
})

test('A run with another input or another version is no repeat', async () => {
  const other = drawing(3, 'C', { version: 'v2' })
  const night = drawing(4, 'D')
  const files = { ...night.files, 1: { content: 'night', path: 'sky' } }
  const { noise } = await compare([drawing(1, 'A'), drawing(2, 'B'), other, { ...night, files }], [3, 4])
  expect(noise.repeats).toEqual([[], []])
})

test('A run on another machine is no repeat', async () => {
  const runs = [drawing(1, 'A'), drawing(2, 'B'), drawing(3, 'C')].map((run) => ({ ...run, machine: 'own' }))
  const far = { ...drawing(4, 'D'), machine: 'far' }
  const { noise } = await compare([...runs, far], [3, 4])
  expect(noise.repeats).toEqual([[runIri(3)], [runIri(3)]])
})

test('Functions are set side by side by name, each with its part of all calls', async () => {
  const more = drawing(2, 'B')
  const calls = [...more.calls, { n: 6, name: 'count', by: 1, ends: 7 }]
  const { functions } = await compare([drawing(1, 'A'), { ...more, calls }])
  expect(functions.find(({ name }) => name === 'count')).toMatchObject({
    calls: [1, 2],
    callShare: [1 / 3, 1 / 2],
  })
})

test('Each run is set beside the first', async () => {
  const { engine } = await engineOver([drawing(1, 'A'), drawing(2, 'A'), drawing(3, 'B')])
  const { answer, runs } = await diffRuns(new Questions(engine), [runIri(1), runIri(2), runIri(3)])
  expect(answer?.comparisons.map(({ same }) => same)).toEqual([true, false])
  expect(runs).toEqual([runIri(1), runIri(2), runIri(3)])
})
