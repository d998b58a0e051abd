import { expect, test } from 'vitest'
import { Parser } from 'n3'
import { recordAnswer } from '../../src/open/record-answer.ts'
import { impact } from '../../src/analyse/trace/walk.ts'
import { LocalEngine } from '../../src/query/local-engine.ts'
import { entryOf, storeOf } from '../queries/cases.ts'

const made = {
  commandLine: ['vampira', 'similar', 'cooling', '--limit', '3'],
  started: new Date('2026-11-30T02:00:00Z'),
  ended: new Date('2026-11-30T02:00:01Z'),
}
const answer = {
  question: 'Which pipelines are like "cooling"?',
  runs: ['cooling-default', 'ranking'].map((name) => entryOf(name).id),
  queries: [{ query: 'runs' }, { query: 'pipeline-traits' }, { query: 'runs' }],
  evidence: { runs: 2 },
}

test('An answer is kept with the latest of its runs, as PROV that every parser reads', async () => {
  const { store, remove } = await storeOf()
  const iri = await recordAnswer(store, answer, made)
  expect(iri).toBe(`${entryOf('ranking').id}#notes-1-answer`)
  const [notes] = await store.notes(entryOf('ranking').id)
  let text = ''
  for await (const piece of notes!.text()) text += piece
  const quads = new Parser({ format: 'application/trig' }).parse(text)
  const objects = (predicate: string) =>
    quads.filter((quad) => quad.predicate.value.endsWith(predicate)).map(({ object }) => object.value)
  expect(objects('#used').filter((used) => used.startsWith('urn:uuid:'))).toEqual(answer.runs)
  // Each version of a query once.
  expect(objects('#used').filter((used) => used.startsWith('ni:'))).toHaveLength(2)
  expect(objects('#value').map((value) => JSON.parse(value) as unknown)).toEqual([
    { question: answer.question, evidence: { runs: 2 } },
  ])
  remove()
})

test('The impact of a run reaches the answers that rest on it, and no others', async () => {
  const { store, remove } = await storeOf()
  await recordAnswer(store, answer, made)
  const engine = new LocalEngine([store])
  const reached = async (name: string) =>
    (await impact(engine, entryOf(name).id)).answers?.map(({ started }) => started) ?? []
  expect(await reached('ranking')).toEqual(['2026-11-30T02:00:00Z'])
  expect((await reached('cooling-default')).toSorted()).toEqual([
    '2026-11-30T01:00:00Z',
    '2026-11-30T02:00:00Z',
  ])
  expect(await reached('cooling-fails')).toEqual(['2026-11-30T01:00:00Z'])
  await engine.close()
  remove()
})

test('An answer that rests on no run of the store is not kept in it', async () => {
  const { store, remove } = await storeOf(['ranking'])
  const elsewhere = { ...answer, runs: [entryOf('cooling-default').id] }
  await expect(recordAnswer(store, elsewhere, made)).rejects.toThrow('rests on no run of this store')
  remove()
})
