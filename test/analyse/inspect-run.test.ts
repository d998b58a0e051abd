import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, text } from '../../src/analyse/ask.ts'
import { inspectRun, type FunctionOverview, type RunInspection } from '../../src/analyse/inspect-run.ts'
import { engineOf, entryOf } from '../queries/cases.ts'
import { engineOver } from './small-engine.ts'
import { runIri, type SmallRun } from './small-run.ts'

const { engine, close } = await engineOf()
afterAll(close)

describe('A recorded run', () => {
  const { id } = entryOf('cooling-default')
  let run: RunInspection
  let functions: ReadonlyMap<string, FunctionOverview>
  beforeAll(async () => {
    run = await inspectRun(engine, id)
    functions = new Map(run.functions.map((each) => [each.name, each]))
  })

  test('has facts by group, terms of our vocabulary by their own name', () => {
    expect(run.id).toBe(id)
    expect(run.facts['run']).toMatchObject({
      status: 'Completed',
      exitCode: '0',
      workingDirectory: '/data/tea',
      commandLine: '["python3","pipeline.py"]',
    })
    expect(run.facts['pipeline']).toMatchObject({ name: 'cooling' })
    expect(run.facts['metadata']).toEqual({ cup: 'mug' })
    expect(run.facts['record']).toMatchObject({ detail: 'Adaptive', excludedCount: '1' })
  })

  test('has functions in the order in which they first started, each with its caller', () => {
    expect(run.functions.map(({ name, caller }) => [name, caller])).toEqual([
      ['pipeline', undefined],
      ['pipeline.main', 'pipeline'],
      ['pipeline.read_measurements', 'pipeline.main'],
      ['pipeline.remove_glitches', 'pipeline.main'],
      ['pipeline.write_cleaned', 'pipeline.main'],
      ['pipeline.rank_residuals', 'pipeline.main'],
      ['sort', 'pipeline.rank_residuals'],
      ['pipeline.draw_chart', 'pipeline.main'],
      ['pipeline.draw_chart.<locals>.place', 'pipeline.draw_chart'],
      ['pipeline.summarise', 'pipeline.main'],
    ])
  })

  test('says of a function what its calls took, on which inputs, and which version it was', () => {
    expect(functions.get('pipeline.draw_chart.<locals>.place')).toEqual({
      part: `${id}#component-9`,
      name: 'pipeline.draw_chart.<locals>.place',
      caller: 'pipeline.draw_chart',
      calls: 113,
      failures: 0,
      inputs: 'celsius=(a range), minute=(a range)',
      version: 'ni:///sha-256;npo-vRMw6MOMz5_NqcLVVlcie_60mQwcSO4sDDQyhqk',
      totalSeconds: expect.any(Number),
      selfSeconds: expect.any(Number),
      quantiles: Array.from({ length: 5 }, () => expect.any(Number)),
      peakMemoryBytes: expect.any(Number),
      used: [],
      generated: [],
    })
  })

  test('says what a function read and wrote, each by content and place', () => {
    expect(functions.get('sort')).toMatchObject({
      used: [
        {
          content: 'ni:///sha-256;A5DIW9nzPYmGizdoAy2B5UvifhuFhvPSCANEtZetLbw',
          url: 'file:///data/tea/results/cleaned.tsv',
        },
      ],
      generated: [
        {
          content: 'ni:///sha-256;sdozsR4YWZmRv00Z62QfZh6lSJoK_VoCYyZ6d2iORwo',
          url: 'file:///data/tea/results/residuals.tsv',
        },
      ],
    })
  })

  test('leaves out what nobody measured', () => {
    expect(functions.get('sort')).not.toHaveProperty('peakMemoryBytes')
    expect(functions.get('pipeline')).not.toHaveProperty('caller')
    expect(functions.get('pipeline.main')).not.toHaveProperty('inputs')
  })

  test('has files: what was only read, what was made and read, what was made and left', () => {
    expect(run.files.map(({ path, role, uses }) => [path, role, uses])).toEqual([
      ['measurements.csv', 'source', 1],
      ['results/cleaned.tsv', 'intermediate', 1],
      ['results/cooling.svg', 'product', 0],
      ['results/fit.json', 'product', 0],
      ['results/residuals.tsv', 'product', 0],
    ])
    expect(run.files[0]).toEqual({
      path: 'measurements.csv',
      role: 'source',
      content: 'ni:///sha-256;7HB8QNnQKVu-8rEwctXEv02Olr2GfOc9yd2tsbpl1Hs',
      sizeBytes: 171,
      format: 'text/csv',
      holds: { rowCount: 13 },
      uses: 1,
    })
    expect(run.files[4]).toMatchObject({ maker: 'sort' })
  })

  test('has packages and no other facts of its environment among them', () => {
    expect(run.packages).toContainEqual({ name: 'coreutils', version: '9.1-1' })
    expect(run.packages.map(({ name }) => name)).not.toContain('cpuCount')
  })

  test('that failed says which functions failed, and how often', async () => {
    const failed = await inspectRun(engine, entryOf('cooling-fails').id)
    expect(
      failed.functions.filter(({ failures }) => failures > 0).map(({ name, failures }) => [name, failures]),
    ).toEqual([
      ['pipeline', 1],
      ['pipeline.main', 1],
      ['pipeline.read_measurements', 1],
    ])
  })
})

async function factsOf(summary: string): Promise<RunInspection['facts']> {
  const run: SmallRun = { id: 1, calls: [{ n: 1, name: 'main' }], files: {} }
  const { engine, dataset } = await engineOver([run])
  const turtle = `PREFIX schema: <http://schema.org/> PREFIX vam: <https://w3id.org/vampira#>
    GRAPH <${runIri(1)}#summary> { <${runIri(1)}> ${summary} }`
  dataset.load([turtle], 'application/trig')
  return (await inspectRun(engine, runIri(1))).facts
}

test('A fact that a run has several times has all of them', async () => {
  const facts = await factsOf('vam:gap [ vam:reason "a node was lost" ], [ vam:reason "the disk was full" ]')
  expect(facts['gap']).toEqual({ reason: 'a node was lost; the disk was full' })
})

test('Metadata may be named as people like', async () => {
  const facts = await factsOf(
    'schema:additionalProperty [ schema:propertyID "constructor" ; schema:value "Ada" ]',
  )
  expect(facts['metadata']).toEqual({ constructor: 'Ada' })
})

/** One file that one of three calls of two programs may have written, one that is among temporary files, and one that was made. */
const making: SmallRun = {
  id: 1,
  calls: [
    { n: 1, name: 'sort', program: true },
    { n: 2, name: 'join', program: true },
    { n: 3, name: 'sort', program: true },
  ],
  files: {
    1: { content: 'maybe', maybeBy: [1, 2, 3] },
    2: { content: 'draft', by: 1, scratch: true },
    3: { content: 'made', by: 2 },
  },
}

test('A file that several calls may have made is one possible product of them all; scratch is none', async () => {
  const { engine } = await engineOver([making])
  const { files } = await inspectRun(engine, runIri(1))
  expect(files.map(({ path, role, maker, possible }) => [path, role, maker, possible])).toEqual([
    ['made', 'product', 'join', undefined],
    ['maybe', 'product', 'sort or join', true],
  ])
})

test('What is to be stored or made again is no scratch', async () => {
  const { engine } = await engineOver([making])
  const rows = await ask(engine, 'uc4-size-and-recompute-cost', { run: [runIri(1)] })
  expect(rows.map((row) => text(row, 'url'))).toEqual(['file:///data/made'])
})
