import { expect, test } from 'vitest'
import { advise } from '../../../src/analyse/advise/advise.ts'
import { Questions } from '../../../src/analyse/questions.ts'
import { LocalEngine } from '../../../src/query/local-engine.ts'
import { entryOf, storeOf } from '../../queries/cases.ts'

const now = new Date('2026-11-30T08:00:00Z')

async function over<T>(
  fixtures: Parameters<typeof storeOf>[0],
  ask: (questions: Questions) => Promise<T>,
): Promise<T> {
  const { store, remove } = await storeOf(fixtures)
  const engine = new LocalEngine([store])
  try {
    return await ask(new Questions(engine))
  } finally {
    await engine.close()
    remove()
  }
}

test('A latest run that failed comes first, and what could not be answered is said with what to record', async () => {
  const { answer, question, evidence } = await over(
    ['cooling-default', 'cooling-keeps-glitches', 'cooling-fails'],
    (questions) => advise(questions, { now, pipeline: 'cooling' }),
  )
  expect(question).toBe('What matters now in cooling?')
  const failing = entryOf('cooling-fails').id
  expect(answer?.matters[0]).toEqual({
    kind: 'failed',
    pipeline: 'cooling',
    run: failing,
    failed: 1,
    runs: 3,
    command: ['show', failing],
  })
  const withheld = answer?.matters.filter(({ kind }) => kind === 'withheld')
  expect(withheld).toHaveLength(1)
  expect(withheld?.[0]).toMatchObject({ command: ['anomalies', 'cooling'] })
  expect(withheld?.[0]).toHaveProperty('answers', expect.arrayContaining(['anomalies', 'similar']))
  expect(answer?.record).toMatch(/^Record /)
  expect(answer?.tried.map(({ useCase }) => useCase)).toEqual(['UC9', 'UC4', 'UC7', 'UC3', 'UC6', 'UC5'])
  expect(evidence['answers']! + evidence['withheld']!).toBe(6)
})

test('Of a whole store it is about the pipelines that ran last, in at most nine lines', async () => {
  const { answer } = await over(undefined, (questions) => advise(questions, { now }))
  expect(answer?.pipelines.toSorted()).toEqual(['cooling', 'ranking'])
  expect(answer?.matters.length).toBeLessThanOrEqual(9)
  expect(answer?.tried).toHaveLength(12)
})

test('An empty store has nothing to advise on, and an unknown pipeline is answered with the nearest name', async () => {
  const { abstained } = await over([], (questions) => advise(questions, { now }))
  expect(abstained?.because).toBe('the store has no runs')
  await expect(
    over(['ranking'], (questions) => advise(questions, { now, pipeline: 'rankin' })),
  ).rejects.toMatchObject({ message: 'There is no run of rankin', advice: 'Did you mean ranking?' })
})
