import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareRuns, type RunComparison } from '../../../src/analyse/compare/compare-runs.ts'
import { QueryError, UsageError } from '../../../src/errors.ts'
import type { QueryEngine } from '../../../src/query/engine.ts'
import { engineOf, entryOf } from '../../queries/cases.ts'
import { engineOver } from '../small-engine.ts'
import { runIri, type SmallRun } from '../small-run.ts'

const { engine, close } = await engineOf()
afterAll(close)

const id = (fixture: string) => entryOf(fixture).id

describe('two runs of one pipeline with another threshold', () => {
  let comparison: RunComparison
  beforeAll(async () => {
    comparison = await compareRuns(engine, id('cooling-default'), id('cooling-keeps-glitches'))
  })

  it('differ in their command lines', () => {
    expect(comparison.same).toBe(false)
    expect(comparison.facts).toEqual([
      {
        fact: 'commandLine',
        values: ['["python3","pipeline.py"]', '["python3","pipeline.py","--threshold","1000"]'],
      },
    ])
  })

  it('differ in the threshold, and not in parameters that were the same', () => {
    const parameters = Object.fromEntries(
      comparison.parameters.map((each) => [each.parameter.split('/').pop(), each.values]),
    )
    expect(parameters['pipeline.remove_glitches.threshold']).toEqual([
      { value: '8', calls: [1, undefined] },
      { value: '1000', calls: [undefined, 1] },
    ])
    expect(Object.keys(parameters)).not.toContain('pipeline.remove_glitches.window')
  })

  it('differ in how often a component was called, in none of their versions', () => {
    expect(comparison.components.map(({ name, calls }) => [name, calls])).toEqual([
      ['pipeline.draw_chart.<locals>.place', [113, 114]],
    ])
    expect(comparison.components.some(({ versionChanged }) => versionChanged)).toBe(false)
  })

  it('read the same measurements and made other files at the same places', () => {
    expect(comparison.inputs).toEqual([])
    const outputs = comparison.outputs.filter(
      ({ contents: [one, other] }) => one !== undefined && other !== undefined && one !== other,
    )
    expect(outputs.map(({ url }) => url.replace('file:///data/tea/results/', ''))).toEqual([
      'cleaned.tsv',
      'cooling.svg',
      'fit.json',
      'residuals.tsv',
    ])
  })

  it('differ in what a component returned, all of whose calls were recorded one by one', () => {
    const returned = Object.fromEntries(comparison.results.map(({ name, values }) => [name, values]))
    expect(Object.keys(returned)).toEqual([
      'pipeline.draw_chart.<locals>.place',
      'pipeline.remove_glitches',
      'pipeline.summarise',
    ])
    expect(returned['pipeline.remove_glitches']).toMatchObject([
      { calls: [1, undefined] },
      { calls: [undefined, 1] },
    ])
    expect(comparison.notCompared).toEqual([])
  })

  it('took their times, and were in one environment', () => {
    const [one, other] = comparison.runs
    expect(comparison.wallRatio).toBeCloseTo(other.wallSeconds! / one.wallSeconds!)
    expect(comparison.environment).toEqual([])
  })
})

describe('compareRuns', () => {
  it('finds no difference between a run and itself', async () => {
    const comparison = await compareRuns(engine, id('ranking'), id('ranking'))
    expect(comparison).toMatchObject({
      same: true,
      wallRatio: 1,
      facts: [],
      parameters: [],
      components: [],
      inputs: [],
      outputs: [],
    })
  })

  it('lists the status, and the components that only one of them reached', async () => {
    const comparison = await compareRuns(engine, id('cooling-default'), id('cooling-fails'))
    expect(comparison.facts).toContainEqual({
      fact: 'status',
      values: ['Completed', 'Failed'].map((each) => expect.stringContaining(each)),
    })
    expect(comparison.components).toContainEqual(
      expect.objectContaining({ name: 'pipeline.summarise', calls: [1, undefined] }),
    )
  })

  it('lists nothing that was returned by a component which only one of them called', async () => {
    const { results } = await compareRuns(engine, id('cooling-default'), id('cooling-fails'))
    expect(results.map(({ name }) => name)).toEqual(['pipeline.read_measurements'])
  })

  it('says which run it does not know', async () => {
    const asked = compareRuns(engine, id('ranking'), 'urn:uuid:019343c2-8a10-7c3e-9d55-3f2b7a1c0001')
    await expect(asked).rejects.toThrow(UsageError)
    await expect(asked).rejects.toThrow('There is no run urn:uuid:019343c2')
  })
})

describe('two small runs', () => {
  const small = (id: number): SmallRun => ({ id, calls: [{ n: 1, name: 'main' }], files: {} })
  /** What each of the runs 1 and 2 says of itself besides, in its summary and in its record. */
  async function compareWith(...more: readonly { summary?: string; record?: string }[]) {
    const { engine: smallEngine, dataset } = await engineOver([small(1), small(2)])
    for (const [at, { summary = '', record = '' }] of more.entries()) {
      const run = runIri(at + 1)
      const turtle = `PREFIX vam: <https://w3id.org/vampira#> PREFIX schema: <http://schema.org/>
        GRAPH <${run}#summary> { ${summary} } GRAPH <${run}#record> { ${record} }`
      dataset.load([turtle.replaceAll(':run', `<${run}>`)], 'application/trig')
    }
    return compareRuns(smallEngine, runIri(1), runIri(2))
  }
  const environment = (name: string, numpy: string) => ({
    summary: `:run vam:environment <urn:env:${name}> .`,
    record: `:run vam:environment <urn:env:${name}> . <urn:env:${name}> vam:package <urn:numpy:${numpy}> .
      <urn:numpy:${numpy}> schema:name "numpy" ; schema:softwareVersion "${numpy}" .`,
  })

  it('that ended alike are the same', async () => {
    expect(await compareWith()).toMatchObject({ same: true, facts: [], environment: [] })
  })

  it('differ where a signal ended only one of them', async () => {
    const { same, facts } = await compareWith({}, { summary: ':run vam:signal "SIGKILL" .' })
    expect(same).toBe(false)
    expect(facts).toEqual([{ fact: 'signal', values: [undefined, 'SIGKILL'] }])
  })

  it('differ in the packages of their environments', async () => {
    const { same, environment: found } = await compareWith(environment('a', '1.26'), environment('b', '2.0'))
    expect(same).toBe(false)
    expect(found).toEqual([{ aspect: 'package', name: 'numpy', values: ['1.26', '2.0'] }])
  })

  it('differ in their environments where only one of them says where it ran', async () => {
    const { environment: found } = await compareWith({}, environment('b', '2.0'))
    expect(found).toEqual([{ aspect: 'package', name: 'numpy', values: [undefined, '2.0'] }])
  })

  it('that ran in one environment are not asked for their packages', async () => {
    const other = environment('a', '2.0')
    expect((await compareWith(environment('a', '1.26'), other)).environment).toEqual([])
  })

  const quality = (value: string) => ({
    summary: `<urn:quality> a <http://www.w3.org/ns/dqv#QualityMeasurement> ;
      <http://www.w3.org/ns/dqv#isMeasurementOf> <urn:metric:completeness> ; <http://www.w3.org/ns/dqv#value> ${value} .`,
  })

  it('differ in a quality that was measured otherwise', async () => {
    const { same, qualities } = await compareWith(quality('0.97'), quality('0.91'))
    expect(same).toBe(false)
    expect(qualities).toEqual([{ metric: 'urn:metric:completeness', values: [['0.97'], ['0.91']] }])
    expect((await compareWith(quality('0.97'), quality('0.97'))).qualities).toEqual([])
  })

  it('are compared without what was returned where a record is too large, and say so', async () => {
    const { engine: smallEngine } = await engineOver([small(1), small(2)])
    const tooLarge: QueryEngine = {
      ...smallEngine,
      async query(sparql, scope) {
        if (scope?.records !== undefined) throw new QueryError('The record has too many triples')
        return smallEngine.query(sparql, scope)
      },
    }
    expect(await compareRuns(tooLarge, runIri(1), runIri(2))).toMatchObject({
      same: true,
      notCompared: ['What components returned was not compared: The record has too many triples.'],
    })
  })

  it('have no ratio of times where nobody took the time of one', async () => {
    const comparison = await compareWith({}, { summary: ':run vam:wallSeconds 2.5 .' })
    expect(comparison).not.toHaveProperty('wallRatio')
    expect(comparison.runs.map(({ wallSeconds }) => wallSeconds)).toEqual([undefined, 2.5])
  })

  it('are called by their labels, else by their IRIs', async () => {
    const { runs } = await compareWith({
      summary: ':run <http://www.w3.org/2000/01/rdf-schema#label> "small, today" .',
    })
    expect(runs).toEqual([
      {
        id: runIri(1),
        label: 'small, today',
        pipeline: 'small',
        started: '2026-11-23T11:00:00.5Z',
        status: 'Completed',
      },
      {
        id: runIri(2),
        label: runIri(2),
        pipeline: 'small',
        started: '2026-11-23T12:00:00.5Z',
        status: 'Completed',
      },
    ])
  })
})
