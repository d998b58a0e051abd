import { afterEach, expect, test } from 'vitest'
import { Questions } from '../../../src/analyse/questions.ts'
import { findSuspects } from '../../../src/analyse/trace/suspects.ts'
import { UsageError } from '../../../src/errors.ts'
import { entryOf } from '../../queries/cases.ts'
import { repeatedStore } from '../repeated-store.ts'

let close: (() => Promise<void>) | undefined
afterEach(async () => {
  await close?.()
  close = undefined
})

async function suspects(runs: readonly string[], file: string, good?: readonly string[]) {
  const opened = await repeatedStore(runs)
  close = opened.close
  return findSuspects(new Questions(opened.engine), file, good)
}

const usual = entryOf('cooling-default').id
const kept = entryOf('cooling-keeps-glitches').id
/** results/residuals.tsv of the run that kept the glitches. */
const residuals = 'ni:///sha-256;GoYX3BXzoY1OuV9uiFFKi9WOLonUBYkV-diOyVs6HDw'

test('What differs from good runs is suspect, if the file came from it', async () => {
  const { answer, evidence } = await suspects(
    ['cooling-default', 'cooling-default', 'cooling-keeps-glitches'],
    residuals,
  )
  expect(answer).toMatchObject({ run: kept, pipeline: 'cooling' })
  expect(answer!.siblings).toContain(usual)
  expect(evidence).toEqual({ runs: 3, siblings: 2 })
  const threshold = answer!.causes.find(({ of }) => of === 'pipeline.remove_glitches threshold')
  expect(threshold).toMatchObject({
    aspect: 'parameter',
    value: '1000',
    usual: [{ value: '8', runs: 2 }],
    strength: 'seen',
    same: 0,
    score: 1,
  })
  // Equal inputs are not suspect, nor is what was drawn from it later.
  expect(answer!.causes.filter(({ aspect }) => aspect === 'input' || aspect === 'contents')).toEqual([])
  expect(answer!.causes.filter(({ of }) => of.startsWith('pipeline.draw_chart'))).toEqual([])
})

test('Runs that made the same bytes are no good ones, whatever they are called', async () => {
  const { abstained } = await suspects(
    ['cooling-default', 'cooling-keeps-glitches', 'cooling-keeps-glitches'],
    residuals,
  )
  expect(abstained).toEqual({
    because: '1 good run of cooling made something else, and at least 2 are needed to say what is usual',
    record: 'Record runs of cooling that are right, or name some with --good.',
  })
})

test('Runs that are named are good, although they failed', async () => {
  const fails = entryOf('cooling-fails').id
  const { answer } = await suspects(
    ['cooling-default', 'cooling-fails', 'cooling-keeps-glitches'],
    residuals,
    [usual, fails],
  )
  expect(answer!.siblings.toSorted()).toEqual([usual, fails].toSorted())
})

test('A file that no run made is refused', async () => {
  await expect(suspects(['cooling-default'], 'ni:///sha-256;AAAA')).rejects.toThrow(UsageError)
})
