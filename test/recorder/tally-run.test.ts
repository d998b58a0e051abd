import { rmSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import type { RecorderLine } from '../../src/journal/line.ts'
import { recordRun } from '../../src/record/record-run.ts'
import type { RunListener } from '../../src/record/run.ts'
import { tallyRun } from '../../src/recorder/tally-run.ts'
import { finished, runLine, SpoolBuilder, stat, writeJournal } from '../record/journal-builder.ts'

/** Counts what a journal has, with how often each method of the listener behind was called. */
async function tally(spool: SpoolBuilder, lines: RecorderLine[] = []) {
  const folder = writeJournal([spool], [runLine(), ...lines, finished])
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const emitted: Record<string, number> = {}
  const count = (what: string) => () => void (emitted[what] = (emitted[what] ?? 0) + 1)
  const listener: RunListener = {
    process: count('process'),
    component: count('component'),
    option: count('option'),
    value: count('value'),
    file: count('file'),
    call: count('call'),
    group: count('group'),
    summary: count('summary'),
    run: count('run'),
  }
  const counted = tallyRun(listener)
  await recordRun(folder, counted.listener)
  return { ...counted.tally, emitted }
}

test('A file that was there and was read is a source; one that was made and left is a product', async () => {
  const spool = new SpoolBuilder()
  const call = spool.start(spool.component('reduce'), [1])
  spool.file('read', 'a.txt').file('read', 'b.txt').file('read', 'a.txt').file('write', 'out.txt')
  spool.return(call, 2)
  expect(await tally(spool)).toMatchObject({ sources: 2, products: 1, gaps: 0 })
})

test('A file that was only written over is no source', async () => {
  const spool = new SpoolBuilder()
  const call = spool.start(spool.component('reduce'))
  spool.file('write', 'old.txt', { old: { size: 3, modified: '1' } })
  expect(await tally(spool.return(call))).toMatchObject({ sources: 0, products: 1 })
})

test('A file that the run made and read is a product and no source; one that it removed again is neither', async () => {
  const spool = new SpoolBuilder()
  const call = spool.start(spool.component('reduce'))
  spool.file('write', 'between.txt').file('read', 'between.txt')
  spool.file('write', 'scratch.txt').file('remove', 'scratch.txt')
  expect(await tally(spool.return(call))).toMatchObject({ sources: 0, products: 1 })
})

test('Gaps of calls and of the run are counted together', async () => {
  const spool = new SpoolBuilder()
  const call = spool.start(spool.component('reduce'))
  spool.add({ kind: 'gap', call, reason: 'An argument could not be read.' })
  const lines: RecorderLine[] = [{ kind: 'gap', at: 5, reason: 'A process could not be followed.' }]
  expect(await tally(spool.return(call), lines)).toMatchObject({ gaps: 2 })
})

test('A file that changed while a program ran is a possible product, unless it is gone', async () => {
  const changed = (path: string, more: object = {}) => ({
    path: `/data/survey/${path}`,
    op: 'write',
    stat: stat(9, 9),
    seen: 'change',
    ...more,
  })
  const spool = new SpoolBuilder()
  const call = spool.start(spool.component('reduce'))
  const sort = spool.spawn(['sort'], { call })
  spool.add({ kind: 'wait', spawn: sort, status: 0, files: [changed('a.cat'), changed('b.cat')] })
  spool.file('remove', 'b.cat')
  expect(await tally(spool.return(call))).toMatchObject({ products: 0, possibleProducts: 1 })
})

test('Files that calls of a group read are sources too', async () => {
  const spool = new SpoolBuilder()
  const component = spool.component('reduce')
  for (let n = 0; n < 250; n++) {
    const call = spool.start(component)
    spool.file('read', 'catalogue.txt')
    spool.return(call)
  }
  const { emitted, ...counts } = await tally(spool)
  expect(counts).toEqual({ sources: 1, products: 0, possibleProducts: 0, gaps: 0 })
  expect(emitted['group']).toBeGreaterThan(0)
})

test('Everything that is counted goes on to the listener', async () => {
  const spool = new SpoolBuilder()
  const component = spool.component('reduce')
  for (let n = 0; n < 250; n++) spool.call(component, [n], n + 1)
  spool.file('write', 'out.txt')
  const { emitted } = await tally(spool)
  expect(Object.keys(emitted).sort()).toEqual(
    ['process', 'component', 'value', 'file', 'call', 'group', 'summary', 'run'].sort(),
  )
  expect(emitted['run']).toBe(1)
})
