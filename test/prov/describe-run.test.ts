import { describe, expect, test } from 'vitest'
import { readQuads } from '../../src/formats/parse.ts'
import { describeRun } from '../../src/prov/describe-run.ts'
import { call, clip, python, run, runId, tellExample, value } from './example-run.ts'
import { tellHardRun } from './hard-run.ts'

const VAM = 'https://w3id.org/vampira#'
const PROV = 'http://www.w3.org/ns/prov#'

async function tell(teller: typeof tellExample, hashBound?: number) {
  const texts = { record: '', summary: '' }
  const description = describeRun(
    {
      async write(part, text) {
        texts[part] += text
      },
    },
    { id: runId, ...(hashBound === undefined ? {} : { hashBound }) },
  )
  teller(description)
  const line = await description.finish()
  const [record, summary] = await Promise.all([
    readQuads(texts.record, { format: 'trig' }),
    readQuads(texts.summary, { format: 'nquads' }),
  ])
  return { line, record, summary }
}

describe('telling a run', () => {
  test('a record beyond the bound has no hash, and its summary says why', async () => {
    const { line, summary } = await tell(tellExample, 100)
    expect(line.canonicalHash).toBeUndefined()
    const reasons = summary.filter(({ predicate }) => predicate.value === `${VAM}noDigestBecause`)
    expect(reasons.map(({ object }) => object.value)).toEqual([expect.stringContaining('100 triples')])
    expect(summary.some(({ predicate }) => predicate.value === `${VAM}canonicalHash`)).toBe(false)
  })

  test('each entity is generated once in each graph, though two components wrote the same bytes', async () => {
    const { record, summary } = await tell(tellHardRun)
    for (const graph of [record, summary]) {
      const generated = graph.filter(({ predicate }) => predicate.value === `${PROV}wasGeneratedBy`)
      expect(generated.length).toBeGreaterThan(0)
      expect(new Set(generated.map(({ subject }) => subject.value)).size).toBe(generated.length)
    }
    const places = summary.filter(
      ({ subject, predicate }) =>
        subject.value.endsWith('#component-1-out-1') && predicate.value === `${PROV}atLocation`,
    )
    expect(places).toHaveLength(2)
  })

  test('every value that a generator call gave has a generation of its own', async () => {
    const { record } = await tell(tellHardRun)
    const generations = record
      .filter(({ predicate }) => predicate.value === `${PROV}qualifiedGeneration`)
      .map(({ object }) => object.value.replace(/^.*#/, ''))
    expect(generations).toEqual(['call-1-out-0', 'call-1-out-0-2', 'call-1-out-1'])
  })

  test('what was redacted is said to be, at the usage and at the value, and has no value', async () => {
    const { record } = await tell(tellHardRun)
    const redacted = record.filter(({ predicate }) => predicate.value === `${VAM}redacted`)
    expect(redacted.map(({ subject }) => subject.value.replace(/^.*#/, ''))).toEqual([
      'value-100',
      'call-1-in-0',
    ])
    const values = record.filter(({ predicate }) => predicate.value === `${PROV}value`)
    expect(values.some(({ subject }) => subject.value.endsWith('#value-100'))).toBe(false)
  })

  test('a setting of several values has a node and a count for each', async () => {
    const { summary } = await tell(tellHardRun)
    const counts = summary
      .filter(
        ({ subject, predicate }) =>
          /-setting-\d+$/.test(subject.value) && predicate.value === `${VAM}callCount`,
      )
      .map(({ object }) => object.value)
    expect(counts).toEqual(['2', '1'])
  })

  test('an interrupted run says so, and where its end is unknown says nothing of it', async () => {
    const { line, summary } = await tell(tellHardRun)
    expect(line).toMatchObject({ status: 'Interrupted', name: 'night run #1 (draft)' })
    expect('endedAt' in line || 'exitCode' in line || 'wallSeconds' in line).toBe(false)
    const run_ = summary.filter(({ subject }) => subject.value === `urn:uuid:${runId}`)
    const said = (term: string) => run_.find(({ predicate }) => predicate.value === term)?.object.value
    expect(said(`${VAM}status`)).toBe(`${VAM}Interrupted`)
    expect(said(`${VAM}signal`)).toBe('SIGKILL')
    expect(said(`${PROV}endedAtTime`)).toBeUndefined()
  })

  test('text leaves in chunks while the run is told, and drain waits for the slowest', async () => {
    let waiting = 0
    let chunks = 0
    const description = describeRun(
      {
        async write() {
          waiting++
          await new Promise((resolve) => setTimeout(resolve, 1))
          waiting--
          chunks++
        },
      },
      { id: runId },
    )
    description.process(python)
    description.component(clip)
    for (let n = 1; n <= 2000; n++) {
      description.value(value(n, { generatedBy: { call: n }, generatedAs: -1 }))
      description.call(call(n, clip, {}))
    }
    await description.drain()
    expect(chunks).toBeGreaterThan(5)
    expect(waiting).toBe(0)
    description.run(run)
    await description.finish()
  })

  test('a disk that fails is heard of at the next drain, and nothing is written after it', async () => {
    let writes = 0
    const description = describeRun(
      {
        async write() {
          writes++
          throw new Error('the disk is full')
        },
      },
      { id: runId },
    )
    description.process(python)
    description.component(clip)
    for (let n = 1; n <= 2000; n++) description.call(call(n, clip, {}))
    await expect(description.drain()).rejects.toThrow('the disk is full')
    description.run(run)
    await expect(description.finish()).rejects.toThrow('the disk is full')
    expect(writes).toBe(1)
  })
})
