import { describe, expect, test } from 'vitest'
import { largestReading, planReading } from '../../src/query/reading.ts'
import type { ReadingRequest } from '../../src/query/reading.ts'

const runs = [1, 2, 3].map((n) => ({
  id: `urn:uuid:01a225d3-8030-7f19-b942-00000000000${n}`,
  tripleCount: 500,
}))
const [first, second, third] = runs.map(({ id }) => id)
const latest = runs.slice(-2)

const ofSummaries = 'SELECT * { ?run a <https://w3id.org/vampira#PipelineRun> }'
const ofRecords = 'SELECT * { ?call a <https://w3id.org/vampira#Call> }'

function plan(
  sparql: string,
  more: Partial<ReadingRequest> = {},
  reads: ReadingRequest['query']['reads'] = 'summaries',
) {
  const query = { sparql, reads, parameters: [] }
  return planReading({ query, given: {}, runs, chosen: undefined, withRecords: false, ...more })
}

describe('A question of a file', () => {
  test('reads summaries where it names nothing that only records hold, and says so', async () => {
    expect(await plan(ofSummaries)).toEqual({
      scope: { summaries: true },
      sentence: 'Read the summaries of 3 runs, not the records.',
    })
  })

  test('reads everything where it names what only records hold', async () => {
    expect(await plan(ofRecords)).toEqual({
      scope: { summaries: true, records: 'all' },
      sentence: undefined,
    })
  })

  test('reads of the chosen runs alone', async () => {
    const ids = [second, third]
    expect(await plan(ofRecords, { chosen: latest })).toEqual({
      scope: { summaries: ids, records: ids },
      sentence: 'Read 2 of 3 runs.',
    })
    expect(await plan(ofSummaries, { chosen: latest })).toEqual({
      scope: { summaries: ids },
      sentence: 'Read the summaries of 2 of 3 runs, not the records.',
    })
    expect((await plan(ofSummaries, { chosen: latest, withRecords: true })).scope).toEqual({
      summaries: ids,
      records: ids,
    })
  })

  test('reads records where its header says so', async () => {
    expect((await plan(ofSummaries, {}, 'records')).scope).toEqual({ records: 'all' })
    expect((await plan(ofSummaries, { chosen: latest }, 'records')).scope).toEqual({
      records: [second, third],
    })
  })

  test('about every run by choice reads everything', async () => {
    expect((await plan(ofRecords, { chosen: runs })).sentence).toBeUndefined()
  })

  test('of a store with one run says so in the singular', async () => {
    const sentence = 'Read the summaries of 1 run, not the records.'
    expect(await plan(ofSummaries, { runs: runs.slice(0, 1) })).toMatchObject({ sentence })
  })
})

describe('A question with a parameter run', () => {
  const query: ReadingRequest['query'] = {
    sparql: ofRecords,
    reads: 'records',
    parameters: [
      { name: 'run', type: 'iri', many: true, required: false, default: undefined, description: 'the runs' },
    ],
  }
  const planFor = (given: ReadingRequest['given']) =>
    planReading({ query, given, runs, chosen: undefined, withRecords: false })

  test('reads what its header says of those runs, and says how many', async () => {
    expect(await planFor({ run: [first!, third!] })).toEqual({
      scope: { records: [first, third] },
      sentence: 'About 2 of 3 runs.',
    })
    expect(await planFor({ run: first })).toMatchObject({ sentence: 'About 1 of 3 runs.' })
  })

  test('reads all summaries rather than very many, one by one', async () => {
    const many = Array.from({ length: 101 }, (_, n) => `urn:uuid:${n}`)
    const planOf = (run: readonly string[]) =>
      planReading({
        query: { ...query, reads: 'summaries of runs' },
        given: { run },
        runs: many.map((id) => ({ id })),
        chosen: undefined,
        withRecords: false,
      })
    expect((await planOf(many)).scope).toEqual({ summaries: true })
    expect((await planOf(many.slice(1))).scope).toEqual({ summaries: many.slice(1) })
  })

  test('is about all runs where it is not given', async () => {
    expect(await planFor({})).toEqual({ scope: { records: 'all' }, sentence: undefined })
  })
})

describe('Records that do not fit', () => {
  const large = runs.map(({ id }) => ({ id, tripleCount: largestReading / 2 }))

  test('are refused, with what would fit', async () => {
    await expect(plan(ofRecords, { runs: large })).rejects.toMatchObject({
      name: 'UsageError',
      message:
        'The question needs the records of 3 runs: 3,000,000 triples, more than the 2,000,000 that are read at once',
      advice: expect.stringContaining('--last 2, --run RUN, --pipeline NAME or --since DATE') as string,
    })
    const scope = { records: large.slice(1).map(({ id }) => id) }
    expect(await plan(ofRecords, { runs: large, chosen: large.slice(1) })).toMatchObject({ scope })
  })

  test('are read where they are of one run', async () => {
    const huge = [{ id: first!, tripleCount: largestReading * 2 }]
    expect(await plan(ofRecords, { runs: huge })).toMatchObject({ scope: { records: 'all' } })
    const two = [...huge, { id: second!, tripleCount: 1 + largestReading }]
    await expect(plan(ofRecords, { runs: two })).rejects.toMatchObject({
      advice: expect.stringContaining('--last 1,') as string,
    })
  })

  test('are no concern of a question that reads none', async () => {
    expect(await plan(ofSummaries, { runs: large })).toMatchObject({ scope: { summaries: true } })
  })
})
