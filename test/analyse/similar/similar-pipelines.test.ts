import { afterAll, expect, test } from 'vitest'
import { Questions } from '../../../src/analyse/questions.ts'
import { similarPipelines } from '../../../src/analyse/similar/similar-pipelines.ts'
import { engineOf, entryOf } from '../../queries/cases.ts'

/** Three runs of cooling and one of ranking, which has the program `sort` in common with it. */
const { engine, close } = await engineOf()
afterAll(close)

test('The answer says how alike the others are, what is shared, and what it rests on', async () => {
  const { answer, ...whole } = await similarPipelines(new Questions(engine), { pipeline: 'cooling' })
  expect(answer?.others).toMatchObject([
    { pipeline: 'ranking', runs: 1, shared: [{ name: 'sort', sameCode: true }], sameOrder: [], adds: [] },
  ])
  expect(answer?.others[0]?.lacks).toContain('pipeline.main')
  expect(answer?.others[0]?.similarity).toBeLessThan(0.3)
  expect(whole.question).toBe('Which pipelines are like cooling?')
  expect(whole.runs).toHaveLength(4)
  expect(whole.queries.map(({ query }) => query)).toEqual(['pipeline-traits', 'runs'])
  expect(whole.evidence).toEqual({ runs: 4, pipelines: 2 })
})

test('A single run is compared by its own components', async () => {
  const { id } = entryOf('cooling-fails')
  const { question, queries } = await similarPipelines(new Questions(engine), {
    pipeline: 'cooling',
    run: id,
  })
  expect(question).toBe('Which pipelines are like cooling as it ran in this run?')
  expect(queries).toContainEqual(expect.objectContaining({ parameters: { run: [id] } }))
})

test('Where all runs are of one pipeline there is no answer, but what to do', async () => {
  const alone = await engineOf(['ranking'])
  const { answer, abstained } = await similarPipelines(new Questions(alone.engine), { pipeline: 'ranking' })
  expect(answer).toBeUndefined()
  expect(abstained).toEqual({
    because: 'all runs are of ranking',
    record: 'Record runs of other pipelines, or name another store too with --source.',
  })
  await alone.close()
})

test('A pipeline that is not there is said to be so, with the nearest name', async () => {
  await expect(similarPipelines(new Questions(engine), { pipeline: 'coolin' })).rejects.toThrow(
    'No run is of a pipeline named coolin',
  )
})
