import { describe, expect, test } from 'vitest'
import { compareRuns } from '../../src/analyse/compare/compare-runs.ts'
import { inspectRun } from '../../src/analyse/inspect-run.ts'
import { describeRun } from '../../src/prov/describe-run.ts'
import { Dataset } from '../../src/query/dataset.ts'
import type { QueryEngine, Scope } from '../../src/query/engine.ts'
import { runIri } from '../../src/rdf/run-names.ts'
import type { RunListener, Value } from '../../src/record/run.ts'
import { call, clip, emitExample, run, runId, value } from '../prov/example-run.ts'

const otherId = runId.replace(/1$/, '2')

async function write(id: string, emit: (listener: RunListener) => void): Promise<Record<string, string>> {
  const texts = { record: '', summary: '' }
  const description = describeRun({ write: async (part, text) => void (texts[part] += text) }, { id })
  emit(description)
  await description.finish()
  return texts
}

/** The same runs with the lists of their summaries and as they were written before there were any. */
async function enginesOver(runs: readonly Readonly<Record<string, string>>[]) {
  const [now, before] = [await Dataset.create(), await Dataset.create()]
  for (const { record = '', summary = '' } of runs) {
    for (const dataset of [now, before]) dataset.load(record, 'application/trig')
    now.load(summary, 'application/n-quads')
    const old = summary.split('\n').filter((line) => !/#(file|package|return)Overview> /.test(line))
    expect(old.length).toBe(summary.split('\n').length - 3)
    before.load(old.join('\n'), 'application/n-quads')
  }
  const asked: Scope[] = []
  const engine = (dataset: Dataset): QueryEngine => ({
    sources: ['a test'],
    query: async (sparql, scope = {}) => {
      asked.push(scope)
      return dataset.query(sparql)
    },
    close: async () => {},
  })
  return { now: engine(now), before: engine(before), asked }
}

test('A run is shown by its summary alone as it is by its record', async () => {
  const { now, before, asked } = await enginesOver([await write(runId, emitExample)])
  const shown = await inspectRun(now, runIri(runId))
  expect(shown.files.length).toBeGreaterThan(2)
  expect(asked.filter(({ records }) => records !== undefined)).toEqual([])
  expect(shown).toEqual(await inspectRun(before, runIri(runId)))
  expect(asked.some(({ records }) => records !== undefined)).toBe(true)
})

describe('Two runs', () => {
  const returning = (results: readonly Partial<Value>[]) => (to: RunListener) => {
    to.component(clip)
    for (const [index, each] of results.entries()) {
      const n = index + 1
      to.value(value(n, { ...each, generatedBy: { call: n }, generatedAs: -1 }))
      to.call(call(n, clip, { outputs: [n] }))
    }
    to.run(run)
  }
  const double = (lexical: string): Partial<Value> => ({
    type: 'float',
    literal: { lexical, type: 'double' },
  })
  const many = Array.from({ length: 30 }, (_, n) => double(`${n}.5E0`))
  const few: Partial<Value>[] = [
    double('2.5E1'),
    double('-1.0E0'),
    double('NaN'),
    { type: 'int', literal: { lexical: '10', type: 'integer' } },
    { type: 'int', literal: { lexical: '9', type: 'integer' } },
    { type: 'str', literal: { lexical: 'naïve "x"\n', type: 'string' } },
    { type: 'bool', literal: { lexical: 'true', type: 'boolean' } },
    { type: 'list', length: 2, literal: { lexical: '[1,2]', type: 'json' } },
    { type: 'list', length: 171 },
    { type: 'numpy.ndarray', length: 3, shape: [3, 4] },
    { type: 'Table' },
  ]
  const pairs: Record<string, [readonly Partial<Value>[], readonly Partial<Value>[]]> = {
    'with the same few results': [few, few.toReversed()],
    'with other results': [few, [double('3.0E0'), double('3.0E0')]],
    'with the same many results': [many, many.toReversed()],
    'with other results among many': [many, [...many.slice(1), double('7.0E7')]],
    'with few results and many': [few, many],
    'of which one returned nothing': [few, []],
  }

  test.each(Object.entries(pairs))('%s are compared alike by summaries and by records', async (_, sides) => {
    const runs = [await write(runId, returning(sides[0])), await write(otherId, returning(sides[1]))]
    const { now, before } = await enginesOver(runs)
    const ids = [runIri(runId), runIri(otherId)] as const
    expect(await compareRuns(now, ...ids)).toEqual(await compareRuns(before, ...ids))
  })

  test('need their records only for results of which the summaries have digests that differ', async () => {
    const readsRecords = async ([one, other]: readonly [
      readonly Partial<Value>[],
      readonly Partial<Value>[],
    ]) => {
      const runs = [await write(runId, returning(one)), await write(otherId, returning(other))]
      const { now, asked } = await enginesOver(runs)
      await compareRuns(now, runIri(runId), runIri(otherId))
      return asked.some(({ records }) => records !== undefined)
    }
    expect(await readsRecords([few, [double('3.0E0')]])).toBe(false)
    expect(await readsRecords([many, many.toReversed()])).toBe(false)
    expect(await readsRecords([many, many.slice(1)])).toBe(true)
  })
})
