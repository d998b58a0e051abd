import { afterAll, expect, test } from 'vitest'
import { Questions } from '../../../src/analyse/questions.ts'
import { recommendComponents } from '../../../src/analyse/recommend-components/recommend-components.ts'
import { engineOf } from '../../queries/cases.ts'

/** Three runs of cooling, of which one fails, and one of ranking, in which no component comes after another. */
const { engine, close } = await engineOf()
afterAll(close)

test('What comes next is said with its orders and runs, beside the hit rates of both ways and of the baseline', async () => {
  const { answer, ...whole } = await recommendComponents(new Questions(engine), {
    after: ['remove_glitches'],
  })
  expect(answer?.after).toEqual(['pipeline.remove_glitches'])
  expect(answer?.recommended[0]).toMatchObject({
    how: ['data'],
    pipelines: ['cooling'],
  })
  expect(answer?.recommended[0]?.runs).toHaveLength(2)
  expect(answer?.heldOut.map(({ recommender }) => recommender)).toEqual(['markov', 'rules', 'frequency'])
  expect(whole.queries.map(({ query }) => query)).toEqual([
    'orders-of-components',
    'steps-between-components',
  ])
  expect(whole.runs).toHaveLength(2)
})

test('A script is asked about by what it calls', async () => {
  const text =
    'from pipeline import read_measurements, remove_glitches\nremove_glitches(read_measurements("a.csv"))'
  const { answer } = await recommendComponents(new Questions(engine), { script: 'draft.py', text })
  expect(answer?.after).toEqual(['pipeline.read_measurements', 'pipeline.remove_glitches'])
})

test('A script that calls nothing known, and a component after which nothing came, get no guess', async () => {
  const unknown = await recommendComponents(new Questions(engine), { script: 'draft.py', text: 'print(1)' })
  expect(unknown.answer).toBeUndefined()
  expect(unknown.abstained?.because).toMatch(/^draft\.py calls none of the \d+ components that runs used$/)
  const last = await recommendComponents(new Questions(engine), { after: ['summarise'] })
  expect(last.abstained).toEqual({
    because: 'nothing came after pipeline.summarise in any completed run',
    record: 'Record a run of a pipeline that goes on from there.',
  })
})

test('In a store of one short order there is nothing to learn from', async () => {
  const alone = await engineOf(['ranking'])
  const { abstained } = await recommendComponents(new Questions(alone.engine), { after: ['sort'] })
  expect(abstained?.because).toMatch(/in [012] different orders?, and at least 3 are needed$/)
  await alone.close()
})

test('A component that is not there is said to be so, with the nearest name', async () => {
  await expect(
    recommendComponents(new Questions(engine), { after: ['remove_glitch'] }),
  ).rejects.toMatchObject({
    message: 'No completed run used a component ‹remove_glitch›',
    advice: 'Did you mean remove_glitches?',
  })
})
