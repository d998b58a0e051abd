import { expect, test } from 'vitest'
import { callOf, recordJournal, SpoolBuilder, writeJournal } from './journal-builder.ts'

/** The main module runs from 0 to 1000 in thread 1; a call in it from 100 to 400, with these fields. */
async function selfTimes(callee: object) {
  const spool = new SpoolBuilder()
  const main = spool.start(spool.component(''), [], { thread: 1, at: 0 })
  const call = spool.start(spool.component('f'), [], { caller: main, at: 100, ...callee })
  spool.return(call, 1, { at: 400 }).return(main, undefined, { at: 1000 })
  const recorded = await recordJournal(writeJournal([spool]))
  return Object.fromEntries(recorded.summaries.map(({ component, self }) => [component.name, Number(self)]))
}

test.each([
  { where: 'its own thread is waited for', callee: { thread: 1 }, expected: 700 },
  { where: 'another thread runs beside it', callee: { thread: 2 }, expected: 1000 },
])('A call that is made in $where', async ({ callee, expected }) => {
  expect(await selfTimes(callee)).toEqual({ swep: expected, 'swep.f': 300 })
})

test.each([
  { thread: 1, expected: 700 },
  { thread: 2, expected: 700 },
])('A program is waited for by the call that starts it, in thread $thread', async ({ thread, expected }) => {
  const spool = new SpoolBuilder()
  const main = spool.start(spool.component(''), [], { thread, at: 0 })
  const spawn = spool.spawn(['ls'], { call: main, at: 100 })
  spool.add({ kind: 'wait', spawn, status: 0, at: 400 }).return(main, undefined, { at: 1000 })
  const recorded = await recordJournal(writeJournal([spool]))
  expect(recorded.summaries.find(({ component }) => component.name === 'swep')?.self).toBe(BigInt(expected))
})

test('A generator does not work while it is suspended', async () => {
  const spool = new SpoolBuilder()
  const call = spool.start(spool.component('numbers'), [], { at: 0 })
  spool
    .add({ kind: 'suspend', call, value: 1, at: 100 })
    .add({ kind: 'resume', call, at: 500 })
    .add({ kind: 'suspend', call, value: 2, at: 550 })
    .return(call, undefined, { at: 950 })
  const recorded = await recordJournal(writeJournal([spool]))
  expect(recorded.summaries[0]).toMatchObject({ wall: 950n, self: 150n })
  expect(callOf(recorded, 'swep.numbers').wall).toBe(950n)
})

test('Callees that together took longer than their caller leave it no time of its own, not less', async () => {
  const spool = new SpoolBuilder()
  const main = spool.start(spool.component(''), [], { at: 0 })
  const f = spool.component('f')
  const calls = [0, 1].map(() => spool.start(f, [], { caller: main, at: 10 }))
  for (const call of calls) spool.return(call, 1, { at: 90 })
  spool.return(main, undefined, { at: 100 })
  const recorded = await recordJournal(writeJournal([spool]))
  expect(recorded.summaries.map(({ self }) => self)).toEqual([0n, 160n])
})
