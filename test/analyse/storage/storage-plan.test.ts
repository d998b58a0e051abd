import { afterEach, describe, expect, test } from 'vitest'
import { Questions } from '../../../src/analyse/questions.ts'
import type { PlannedFile, StoragePlan } from '../../../src/analyse/storage/planned-file.ts'
import { planStorage } from '../../../src/analyse/storage/storage-plan.ts'
import { UsageError } from '../../../src/errors.ts'
import { repeatedStore } from '../repeated-store.ts'

type Which = Partial<Parameters<typeof planStorage>[1]>

const now = new Date('2027-05-29T18:00:00Z')
let close: (() => Promise<void>) | undefined
afterEach(async () => {
  await close?.()
  close = undefined
})

async function ask(runs: readonly string[], which: Which = {}) {
  const opened = await repeatedStore(runs)
  close = opened.close
  return planStorage(new Questions(opened.engine), { now, ...which })
}

async function plan(runs: readonly string[], which: Which = {}): Promise<StoragePlan> {
  return (await ask(runs, which)).answer!
}

function named({ files }: StoragePlan, name: string): PlannedFile {
  return files.find(({ places }) => places.some((place) => place.endsWith(`/${name}`)))!
}

const twice = ['cooling-default', 'cooling-default'] as const

describe('What can be made again', () => {
  test('is what a repeat has made again: dropped where keeping costs more', async () => {
    const answer = await plan(twice, { prices: { keep: 1e9 } })
    expect(answer.files.length).toBeGreaterThan(3)
    for (const { decision, mustKeep, equalRepeats } of answer.files)
      expect({ decision, mustKeep, equalRepeats }).toEqual({ decision: 'drop', equalRepeats: 1 })
    expect(answer.keptBytes).toBe(0)
    expect(answer.costs.plan).toBe(answer.costs.dropAll)
  })

  test('is nothing, where no run was repeated', async () => {
    const answer = await plan(['cooling-default'], { prices: { keep: 1e9 } })
    expect(new Set(answer.files.map(({ mustKeep }) => mustKeep))).toEqual(new Set(['no equal repeats']))
    expect(answer.droppedBytes).toBe(0)
  })

  test('is not what an input is gone for', async () => {
    const answer = await plan(twice, { prices: { keep: 1e9 }, lookAt: await without('measurements.csv') })
    expect(new Set(answer.files.map(({ mustKeep }) => mustKeep))).toEqual(new Set(['made from what is gone']))
  })

  test('is made through what is gone and can be made again itself, and costs its steps too', async () => {
    const all = await plan(twice)
    await close!()
    const gone = await plan(twice, { lookAt: await without('cleaned.tsv') })
    expect(named(gone, 'cleaned.tsv')).toBeUndefined()
    const [before, after] = [named(all, 'residuals.tsv'), named(gone, 'residuals.tsv')]
    expect(after.mustKeep).toBeUndefined()
    expect(after.remake!.steps).toBeGreaterThanOrEqual(before.remake!.steps)
  })
})

/** Files as the runs left them, but for one. */
async function without(name: string): Promise<(url: string) => Promise<number | undefined>> {
  const opened = await repeatedStore(twice)
  const { answer } = await planStorage(new Questions(opened.engine), { now })
  await opened.close()
  const sizes = new Map(
    answer!.files.flatMap(({ places, sizeBytes }) => places.map((place) => [place, sizeBytes])),
  )
  return async (url) => (url.endsWith(`/${name}`) ? undefined : (sizes.get(url) ?? sizeOfInput))
}

/** Of measurements.csv, in bytes. */
const sizeOfInput = 171

test('Uses are counted from runs that read it and did not make it, with an interval', async () => {
  const answer = await plan(['cooling-keeps-glitches', 'ranking'])
  const { uses, kind } = named(answer, 'residuals.tsv')
  expect(kind).toBe('intermediate')
  expect(uses.reads).toBe(1)
  expect(uses.months).toBeCloseTo(5.98, 1)
  expect(uses.perMonth).toBeCloseTo(1.5 / uses.months, 9)
  // Chi-square with 3 degrees of freedom, by half, at 5 % and 95 %: 0.1759 and 3.907.
  expect(uses.interval![0] * uses.months).toBeCloseTo(0.1759, 3)
  expect(uses.interval![1] * uses.months).toBeCloseTo(3.907, 2)
})

test('A rate of use that is given stands for all', async () => {
  const answer = await plan(twice, { prices: { uses: 3 } })
  expect(answer.files.map(({ uses }) => uses.perMonth)).toEqual(answer.files.map(() => 3))
})

test('Just below and above the price at which the plan changes, it is another one', async () => {
  const { holds, droppedBytes } = await plan(twice)
  await close!()
  const at = async (keep: number) => {
    const answer = await plan(twice, { prices: { keep } })
    await close!()
    return answer.droppedBytes
  }
  expect(await at(holds.keep.from * 1.001)).toBe(droppedBytes)
  expect(await at(holds.keep.to! * 0.999)).toBe(droppedBytes)
  expect(await at(holds.keep.to! * 1.001)).toBeGreaterThan(droppedBytes)
  close = undefined
})

test('Where nothing is left that runs made, there is no plan', async () => {
  const { answer, abstained } = await ask(twice, { lookAt: async () => undefined })
  expect(answer).toBeUndefined()
  expect(abstained!.because).toMatch(/^none of the \d files that these runs made is still where it was/)
})

test.each([
  [{ keep: -1 }, 'The price of keeping must be a number from 0, and is -1'],
  [{ compute: Number.NaN }, 'The price of computing must be a number from 0, and is NaN'],
  [{ uses: -2 }, 'The rate of use must be a number from 0, and is -2'],
])('%j is refused', async (prices, message) => {
  await expect(ask(twice, { prices })).rejects.toThrow(new UsageError(message))
})
