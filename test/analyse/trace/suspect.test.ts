import { afterAll, describe, expect, test } from 'vitest'
import { isSameValue, readSuspect } from '../../../src/analyse/trace/suspect.ts'
import type { Trace } from '../../../src/analyse/trace/trace.ts'
import { impact } from '../../../src/analyse/trace/walk.ts'
import { UsageError } from '../../../src/errors.ts'
import { engineOf, entryOf } from '../../queries/cases.ts'

describe('What is suspect is read from a word', () => {
  test.each([
    ['survey.smooth', { name: 'survey.smooth' }],
    ['survey.smooth(std=2.5)', { name: 'survey.smooth', parameter: 'std', value: '2.5' }],
    ['f( name = "a b" )', { name: 'f', parameter: 'name', value: 'a b' }],
    ['f(kernel.std=)', { name: 'f', parameter: 'kernel.std', value: '' }],
  ])('%s', (text, meant) => {
    expect(readSuspect(text)).toEqual(meant)
  })

  test.each(['numpy<2.1', 'numpy==2.0', 'numpy@2.0', 'numpy >=1,<2.1'])('%s, with versions', (text) => {
    const { name, versions } = readSuspect(text)
    expect(name).toBe('numpy')
    expect([versions!('2.0'), versions!('3')]).toEqual([true, false])
  })

  test('a range that cannot be read is part of the name', () => {
    expect(readSuspect('numpy<')).toEqual({ name: 'numpy<' })
  })
})

test.each([
  ['2.5', '2.50', true],
  ['1e3', '1000', true],
  ['abc', 'abd', false],
  ['0', '', false],
])('%j and %j are one value: %s', (recorded, asked, isSame) => {
  expect(isSameValue(recorded, asked)).toBe(isSame)
})

/** Three runs of cooling, of which two ended well and differ in a threshold, and one of ranking. */
const { engine, close } = await engineOf()
afterAll(close)

describe('What came from what is no file', () => {
  const runsIn = ({ remake = [] }: Trace) => remake.map(({ run }) => run)
  const filesIn = ({ remake = [] }: Trace) =>
    remake.map(({ files }) => files.map(({ label }) => label.replace(/^.*\//, '')).toSorted())
  const [usual, kept, fails, ranking] = [
    'cooling-default',
    'cooling-keeps-glitches',
    'cooling-fails',
    'ranking',
  ].map((name) => entryOf(name).id)

  test('a component: from each of its calls on, and into the runs that read what these made', async () => {
    const trace = await impact(engine, 'pipeline.rank_residuals')
    expect(trace.start.suspect).toMatchObject({ runs: 2 })
    expect(trace.nodes.filter(({ depth }) => depth === 0).map(({ label }) => label)).toContain(
      'pipeline.rank_residuals',
    )
    expect(runsIn(await impact(engine, 'sort'))).toEqual([usual, kept, ranking])
  })

  test('a value of a parameter: only from calls that had it', async () => {
    const trace = await impact(engine, 'pipeline.remove_glitches(threshold=1000)')
    expect(trace.start.suspect).toEqual({ runs: 1, others: ['1000', '8'] })
    expect(runsIn(trace)).toEqual([kept, ranking])
    expect(trace.remake!.map(({ degree }) => degree)).toEqual([1, 2])
    expect(filesIn(trace)[0]).toContain('cleaned.tsv')
    const same = await impact(engine, { parameter: 'threshold', value: '1e3' })
    expect(runsIn(same)).toEqual([kept, ranking])
  })

  test('a value that no run had: none, but those that they had', async () => {
    const trace = await impact(engine, 'pipeline.remove_glitches(threshold=7)')
    expect(trace).toMatchObject({
      start: { known: false, suspect: { runs: 0, others: ['1000', '8'] } },
      nodes: [],
    })
  })

  test('a parameter that nobody has is refused, with the nearest name', async () => {
    const wrong = impact(engine, 'pipeline.remove_glitches(treshold=3)')
    await expect(wrong).rejects.toThrow(UsageError)
    await expect(wrong).rejects.toMatchObject({ advice: 'Did you mean threshold?' })
  })

  test('a person: all that their runs made, failed ones too', async () => {
    const trace = await impact(engine, { person: 'root' })
    expect(trace.start.suspect!.runs).toBe(4)
    const left = [usual, kept, fails, ranking].filter((run) => runsIn(trace).includes(run!))
    expect(left.length).toBeGreaterThanOrEqual(3)
    expect(trace.remake!.every(({ degree }) => degree === 1)).toBe(true)
  })

  test('a machine that nobody used: none', async () => {
    expect((await impact(engine, { machine: 'nowhere' })).start).toMatchObject({ known: false })
  })

  test('runs to be run again come in the order in which they ran, with what they took', async () => {
    const { remake = [] } = await impact(engine, 'pipeline.read_measurements')
    const started = remake.map((run) => run.started)
    expect(started).toEqual(started.toSorted())
    expect(remake.every(({ seconds }) => seconds! > 0)).toBe(true)
    expect(remake[0]!.commandLine).toContain('pipeline.py')
  })
})
