import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { describeNodes } from '../../../src/analyse/trace/describe-nodes.ts'
import { Dataset } from '../../../src/query/dataset.ts'
import type { QueryEngine } from '../../../src/query/engine.ts'

const run = 'urn:uuid:019abcde-0000-7000-8000-000000000001'

async function describeAll(nodes: Readonly<Record<string, 'seen' | 'possible'>>) {
  const dataset = await Dataset.create()
  dataset.load(
    [readFileSync(new URL('../../shapes/good-record.trig', import.meta.url), 'utf8')],
    'application/trig',
  )
  const engine: QueryEngine = {
    sources: ['the good record'],
    query: async (sparql) => dataset.query(sparql),
    close: async () => {},
  }
  const reached = new Map(
    Object.entries(nodes).map(([iri, strength], depth) => [iri, { strength, depth }] as const),
  )
  return describeNodes({ engine, signal: undefined }, reached)
}

test('A group of calls has the name of what was called and its count as fields, beside its label', async () => {
  expect(await describeAll({ [`${run}#calls-1`]: 'possible' })).toEqual([
    {
      iri: `${run}#calls-1`,
      kind: 'CallGroup',
      label: 'stars.clip (4096 calls, 4096 grouped)',
      component: 'stars.clip',
      callCount: 4096,
      strength: 'possible',
      depth: 0,
      run,
    },
  ])
})

test('Nodes keep the order in which they were reached; what no record describes keeps its IRI as its label', async () => {
  const content = 'ni:///sha-256;fwcSNYBfv1iiUk93v_duE5HQ0c_i9MGQ1zBUSV4FtGA'
  const nodes = await describeAll({
    [`${run}#file-4`]: 'seen',
    [content]: 'seen',
    [`${run}#call-99`]: 'possible',
    [`${run}#call-1`]: 'seen',
  })
  expect(nodes.map(({ kind, label, depth, run: of }) => [kind, label, depth, of])).toEqual([
    ['FileVersion', 'a.png', 0, run],
    ['Content', content, 1, undefined],
    ['Unknown', `${run}#call-99`, 2, run],
    ['Call', expect.stringContaining('stars'), 3, run],
  ])
})

test('A measurement is called by the name of its metric and by its value', async () => {
  expect(await describeAll({ [`${run}#quality-1`]: 'seen' })).toMatchObject([
    { kind: 'QualityMeasurement', label: 'completeness 0.94', value: '0.94' },
  ])
})

test('A value is called by what it is, or by its type where that is too large to keep', async () => {
  const nodes = await describeAll({ [`${run}#value-1`]: 'seen', [`${run}#value-4`]: 'seen' })
  expect(nodes.map(({ label, value, valueType }) => [label, value, valueType])).toEqual([
    ['a.fits', 'a.fits', 'str'],
    ['numpy.ndarray', undefined, 'numpy.ndarray'],
  ])
})
