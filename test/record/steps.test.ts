import { expect, test } from 'vitest'
import { recordJournal, SpoolBuilder, stat, writeJournal } from './journal-builder.ts'
import type { RecordedRun } from './journal-builder.ts'

/** `a → b` for each component and one that followed it, and the names of what is no step. */
function orderOf({ summaries }: RecordedRun) {
  const nameOf = (n: number) => summaries.find((one) => one.n === n)?.component.name.replace('swep.', '')
  return {
    followed: summaries.flatMap(({ n, followedBy }) =>
      followedBy.map((next) => `${nameOf(n)} → ${nameOf(next)}`),
    ),
    noSteps: summaries.filter(({ isStep }) => !isStep).map(({ n }) => nameOf(n)),
  }
}

/** The body of the program and three functions. */
const components = (spool: SpoolBuilder) =>
  ['', 'f', 'g', 'h'].map((name) => spool.component(name)) as [number, number, number, number]

test('Each call has an order of its own, and a loop shows that of its body', async () => {
  const spool = new SpoolBuilder()
  const [main, f, g, h] = components(spool)
  const outer = spool.start(main)
  for (let turn = 0; turn < 3; turn++) {
    spool.call(f, [], 1, { caller: outer })
    spool.call(f, [], 1, { caller: outer })
    const inner = spool.start(g, [], { caller: outer })
    spool.call(h, [], 1, { caller: inner })
    spool.return(inner)
  }
  spool.return(outer)
  const recorded = await recordJournal(writeJournal([spool]))
  expect(orderOf(recorded)).toEqual({ followed: ['f → g', 'g → f'], noSteps: [] })
})

test('A program that a library started is a step when it touched data, else what came before it goes on', async () => {
  const spool = new SpoolBuilder()
  const [main, f, g] = components(spool)
  const outer = spool.start(main)
  const program = (name: string, files: object[]) => {
    const spawn = spool.spawn([name], { call: outer, program: `/bin/${name}`, by: 'library' })
    spool.add({ kind: 'wait', spawn, status: 0, files })
  }
  spool.call(f, [], 1, { caller: outer })
  program('fc-list', [])
  spool.call(g, [], 1, { caller: outer })
  program('sex', [{ path: '/data/survey/a.cat', op: 'write', stat: stat(1, 1), seen: 'argument' }])
  spool.call(f, [], 1, { caller: outer })
  spool.return(outer)
  const recorded = await recordJournal(writeJournal([spool]))
  expect(orderOf(recorded)).toEqual({ followed: ['f → g', 'g → sex', 'sex → f'], noSteps: ['fc-list'] })
})

test('From where calls were only counted nobody knows the order', async () => {
  const spool = new SpoolBuilder()
  const [main, f, g, h] = components(spool)
  const outer = spool.start(main, [], { at: 100 })
  spool.call(f, [], 1, { caller: outer, at: 110 })
  spool.call(g, [], 1, { caller: outer, at: 120 })
  // g goes on, uncounted until the next line.
  spool.call(f, [], 1, { caller: outer, at: 140 })
  spool.call(h, [], 1, { caller: outer, at: 150 })
  spool.add({ kind: 'count', component: g, caller: outer, calls: 9, since: 130, at: 160 })
  spool.return(outer, 1, { at: 170 })
  const recorded = await recordJournal(writeJournal([spool]))
  expect(orderOf(recorded).followed).toEqual(['f → g'])
})

test('The body of a module that was imported is no step, that of the program is', async () => {
  const spool = new SpoolBuilder()
  const main = spool.start(spool.component('', { type: 'module' }))
  spool.module('other', 'x = 1\n')
  spool.call(spool.component('', { type: 'module' }), [], null, { caller: main })
  spool.return(main)
  const recorded = await recordJournal(writeJournal([spool]))
  expect(orderOf(recorded).noSteps).toEqual(['other'])
})
