import { afterAll, expect, test } from 'vitest'
import { readPipelineFacts } from '../../../src/analyse/anomalies/pipeline-facts.ts'
import { Questions } from '../../../src/analyse/questions.ts'
import { engineOf } from '../../queries/cases.ts'

const { engine, close } = await engineOf()
afterAll(close)

test('What a run made and read again is no input of it, and is described where it was made', async () => {
  const { runs, aspects } = await readPipelineFacts(new Questions(engine), 'cooling')
  // Bytes of the measurements, which are all that it reads from outside; the latest run failed on short ones.
  expect(runs.map(({ inputBytes }) => inputBytes)).toEqual([35, 171, 171])
  const contents = [...aspects.values()].filter(({ kind }) => kind === 'content').map(({ of }) => of)
  expect(contents.filter((of) => of.includes('tab-separated')).every((of) => of.includes('made by'))).toBe(
    true,
  )
  expect(new Set(contents.filter((of) => of.endsWith(' read')))).toEqual(new Set(['text/csv read']))
})
