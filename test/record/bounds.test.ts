import { describe, expect, test } from 'vitest'
import type { Detail } from '../../src/record/run.ts'
import {
  callOf,
  finished,
  object,
  recordJournal,
  runLine,
  SpoolBuilder,
  stat,
  writeJournal,
} from './journal-builder.ts'
import type { RecordedRun } from './journal-builder.ts'

/** A main that calls f `times`, each 10 ns unless `each` does more; K is 5. */
async function loop(
  times: number,
  each: (spool: SpoolBuilder, call: number, i: number) => void,
  detail: Detail = 'adaptive',
): Promise<RecordedRun> {
  const spool = new SpoolBuilder()
  const main = spool.start(spool.component(''))
  const f = spool.component('f')
  for (let i = 0; i < times; i++) {
    const call = spool.start(f, [i], { caller: main, peak: undefined })
    each(spool, call, i)
  }
  spool.return(main)
  return recordJournal(writeJournal([spool], [runLine({ detail }), finished]), { first: 5 })
}

const calls = (recorded: RecordedRun, name = 'swep.f') =>
  [...recorded.calls.values()].filter((call) => call.component.name === name).sort((a, b) => a.n - b.n)

describe('what is kept of many calls', () => {
  test('the first K calls, the slowest three and those that fail are kept, the rest is one group', async () => {
    const recorded = await loop(100, (spool, call, i) => {
      if (i === 50) spool.add({ kind: 'raise', call, type: 'ValueError' })
      else spool.return(call, null, i >= 90 && i < 94 ? { at: (spool.lines.length + i) * 1000 } : {})
    })
    const kept = calls(recorded)
    expect(kept).toHaveLength(5 + 3 + 1)
    expect(kept.filter((call) => call.status === 'Failed')).toHaveLength(1)
    expect(recorded.groups).toMatchObject([
      { callCount: 91, totalCallCount: 100, failureCount: 0, caller: { call: callOf(recorded, 'swep').n } },
    ])
    const summary = recorded.summaries.find((one) => one.component.name === 'swep.f')
    expect(summary).toMatchObject({ callCount: 100, failureCount: 1, firstStart: 2 })
    expect(recorded.groups[0]?.wallQuantiles?.[2]).toBeCloseTo(1e-8, 9)
  })

  test('a call with files or programs is kept however many there are', async () => {
    const recorded = await loop(20, (spool, call, i) => {
      if (i === 12) spool.file('read', 'a.txt', { call, stat: stat(1, 1) })
      if (i === 13) spool.spawn(['ls'], { call })
      spool.return(call)
    })
    const numbers = calls(recorded).map((call) => call.n)
    expect(numbers).toEqual(expect.arrayContaining([14, 15]))
  })

  test('full detail keeps every call', async () => {
    const recorded = await loop(50, (spool, call, i) => void spool.return(call, i), 'full')
    expect(calls(recorded)).toHaveLength(50)
    expect(recorded.groups).toEqual([])
    expect(callOf(recorded, 'swep').received).toHaveLength(50)
  })

  test('summary detail keeps the module, and calls with files, programs or failures', async () => {
    const recorded = await loop(
      50,
      (spool, call, i) => {
        if (i === 3) spool.file('write', 'a.txt', { call })
        spool.return(call, i)
      },
      'summary',
    )
    expect(calls(recorded)).toHaveLength(1)
    expect(calls(recorded, 'swep')).toHaveLength(1)
    expect(recorded.groups).toMatchObject([{ callCount: 49 }])
    expect(recorded.summaries.find((one) => one.component.name === 'swep.f')?.callCount).toBe(50)
  })

  test('a value of a folded call that a kept call gets was made by the group', async () => {
    const recorded = await loop(30, (spool, call, i) => {
      spool.return(call, object(i + 1))
      if (i === 20) spool.call(spool.component('show'), [object(21)], null, { caller: 1 })
    })
    const shown = recorded.values.get(callOf(recorded, 'swep.show').arguments[0]?.value ?? 0)
    expect(shown?.generatedBy).toEqual({ group: 1 })
  })

  test('what folded calls returned reaches their caller as one value that stands for all', async () => {
    const recorded = await loop(30, (spool, call, i) => void spool.return(call, object(i + 1)))
    const stand = [...recorded.values.values()].find((value) => value.represents !== undefined)
    const folded = recorded.groups[0]?.callCount ?? 0
    expect(stand).toMatchObject({
      represents: folded,
      generatedBy: { group: 1 },
      generatedAs: -1,
      type: 'Thing',
    })
    expect(callOf(recorded, 'swep').received).toContain(stand?.n)
    expect(callOf(recorded, 'swep').received).toHaveLength(30 - folded + 1)
  })

  test('a group uses the values that its calls got', async () => {
    const spool = new SpoolBuilder()
    const main = spool.start(spool.component(''))
    spool.call(spool.component('load'), [], object(1), { caller: main })
    const f = spool.component('f')
    for (let i = 0; i < 20; i++) spool.call(f, [object(1), object(100 + i), 'x'], i, { caller: main })
    spool.return(main)
    const recorded = await recordJournal(writeJournal([spool]), { first: 5 })
    const [loaded] = callOf(recorded, 'swep.load').outputs
    const used = recorded.groups[0]?.usedValues ?? []
    expect(used).toContain(loaded)
    const stands = used.map((n) => recorded.values.get(n)).filter((value) => value?.represents !== undefined)
    expect(stands).toMatchObject([{ represents: recorded.groups[0]?.callCount, generatedBy: undefined }])
  })

  test('a kept call inside a folded one is called by the group', async () => {
    const recorded = await loop(30, (spool, call, i) => {
      if (i === 10) {
        const inner = spool.start(spool.component('inner'), [], { caller: call })
        spool.file('read', 'a.txt', { call: inner, stat: stat(1, 1) }).return(inner)
        spool.add({ kind: 'return', call })
      } else spool.return(call, null, i > 20 ? { at: spool.lines.length * 1000 } : {})
    })
    expect(callOf(recorded, 'swep.inner').caller).toEqual({ group: 1 })
  })

  test('calls that the agent counted join the group, their settings known by sample', async () => {
    const recorded = await loop(10, (spool, call, i) => {
      spool.return(call, i)
      if (i !== 9) return
      const samples = [
        { nanoseconds: 100, arguments: [7] },
        { nanoseconds: 300, arguments: [8] },
      ]
      spool.add({ kind: 'count', component: 2, caller: 1, calls: 5000, failures: 2, samples })
      spool.add({ kind: 'count', component: 2, caller: 1, calls: 1000 })
    })
    const summary = recorded.summaries.find((one) => one.component.name === 'swep.f')
    expect(summary).toMatchObject({ callCount: 6010, failureCount: 2 })
    expect(summary?.settings[0]?.sampledCount).toBe(12)
    expect(Number(summary?.wall)).toBe(10 * 10 + 6000 * 200)
    const kept = calls(recorded).length
    expect(recorded.groups).toMatchObject([{ callCount: 6010 - kept, totalCallCount: 6010, failureCount: 2 }])
    expect(recorded.groups[0]?.settings[0]?.sampledCount).toBe(12 - kept)
  })

  test('calls that were counted without samples are taken for as long as the recorded ones', async () => {
    const recorded = await loop(4, (spool, call, i) => {
      spool.return(call)
      if (i === 3) spool.add({ kind: 'count', component: 2, caller: 1, calls: 100 })
    })
    expect(recorded.groups[0]).toMatchObject({ callCount: 100, wall: 1000n, wallQuantiles: undefined })
    expect(recorded.summaries[1]?.wall).toBe(1040n)
  })

  test('a failing call is kept even where it changed its arguments first', async () => {
    const recorded = await loop(450, (spool, call, i) => {
      const changed = [[0, object(i + 1)]]
      if (i === 440) spool.add({ kind: 'raise', call, type: 'E', changed })
      else spool.return(call, null, { changed })
    })
    const failed = calls(recorded).find((call) => call.status === 'Failed')
    expect(failed?.outputs).toHaveLength(1)
    expect(recorded.groups[0]?.failureCount).toBe(0)
  })

  test('of the generators beyond the first K, K more are kept when they yield, the rest is one group', async () => {
    const recorded = await loop(20, (spool, call, i) => {
      spool.add({ kind: 'suspend', call, value: i }).add({ kind: 'resume', call }).return(call, null)
    })
    expect(calls(recorded).map((call) => call.n)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(recorded.groups).toMatchObject([{ callCount: 10, totalCallCount: 20 }])
  })

  test('what a call got and gave back as it was is no result of its group', async () => {
    const spool = new SpoolBuilder()
    const main = spool.start(spool.component(''))
    const f = spool.component('f')
    for (let i = 1; i <= 20; i++) spool.call(f, [object(i)], object(i), { caller: main })
    spool.return(main)
    const recorded = await recordJournal(writeJournal([spool]), { first: 5 })
    const kept = calls(recorded)
    expect(recorded.groups).toMatchObject([{ callCount: 20 - kept.length }])
    const made = [...recorded.values.values()].filter(({ generatedBy }) => generatedBy !== undefined)
    expect(made.map(({ type }) => type)).toEqual([])
    expect(callOf(recorded, 'swep').received).toHaveLength(5)
  })

  test('a group of counted calls begins when the agent began to count, else when it had counted', async () => {
    const count = async (more: object) => {
      const spool = new SpoolBuilder()
      const main = spool.start(spool.component(''))
      spool.component('f')
      spool.add({ kind: 'count', component: 2, caller: main, calls: 10, at: 500, ...more }).return(main)
      const [group] = (await recordJournal(writeJournal([spool]))).groups
      return Number((group?.endedAt ?? 0n) - (group?.startedAt ?? 0n))
    }
    expect(await count({ since: 200 })).toBe(300)
    expect(await count({})).toBe(0)
  })

  test('a component that was only counted has a summary and a group', async () => {
    const spool = new SpoolBuilder()
    const main = spool.start(spool.component(''))
    const f = spool.component('f')
    spool.add({ kind: 'count', component: f, caller: main, calls: 10 }).return(main)
    const recorded = await recordJournal(writeJournal([spool]))
    expect(recorded.groups).toMatchObject([{ callCount: 10, wall: undefined, caller: { call: 1 } }])
    expect(recorded.summaries[1]).toMatchObject({ callCount: 10, firstStart: 2, wallQuantiles: undefined })
  })

  test('the same journal gives the same run, in the same order', async () => {
    const spool = new SpoolBuilder()
    const main = spool.start(spool.component(''))
    const f = spool.component('f')
    for (let i = 0; i < 60; i++) {
      spool.call(f, [i, object(i + 1)], object(i + 2), { caller: main, at: i * 100 })
      if (i % 7 === 0) spool.file('read', `${i}.txt`, { stat: stat(i, i) })
    }
    spool.return(main)
    const folder = writeJournal([spool])
    const [one, other] = [
      await recordJournal(folder, { first: 5 }),
      await recordJournal(folder, { first: 5 }),
    ]
    expect(one.order).toEqual(other.order)
  })
})
