import { expect, test } from 'vitest'
import type { QualityRule } from '../../src/journal/line.ts'
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

const dict = (v: object) => ({ $: 'object', type: 'dict', v }) as const

test.each([
  [{}, 0.5, 0.5],
  [{}, { $: 'double', v: '2.0' }, 2],
  [{}, dict({ r2: 0.5, n: 3 }), 0.5],
  [{ pointer: '/test/r2' }, dict({ test: { r2: 0.25 } }), 0.25],
  [{ pointer: '/0' }, { $: 'object', type: 'tuple', v: [7, 8] }, 7],
  [{}, object(4, { fields: { r2: 0.75 } }), 0.75],
  [{}, 'high', undefined],
  [{}, dict({ r3: 1 }), undefined],
  [{ pointer: '/r2' }, dict({ r2: 'high' }), undefined],
] as const)('a component measures by the rule %j what it returns: %j', async (more, returned, value) => {
  const spool = new SpoolBuilder()
  const main = spool.start(spool.component(''))
  spool.call(spool.component('evaluate'), [], returned, { caller: main })
  spool.return(main)
  const rule: QualityRule = { metric: 'r2', component: 'swep.evaluate', ...more }
  const recorded = await recordJournal(writeJournal([spool], [runLine({ quality: [rule] }), finished]))
  const call = { call: callOf(recorded, 'swep.evaluate').n }
  expect(recorded.run.quality.map(({ value: { lexical }, on, by }) => [Number(lexical), on, by])).toEqual(
    value === undefined ? [] : [[value, call, call]],
  )
})

test('A file measures what the run wrote, by the call that wrote it, and nothing that was there before', async () => {
  const spool = new SpoolBuilder()
  const main = spool.start(spool.component(''))
  spool.file('write', 'metrics.json', { call: main })
  spool.file('read', 'old.json', { call: main, stat: stat(3, 1) })
  spool.file('final', 'metrics.json', { stat: stat(9, 5) }).return(main)
  const measurement = (file: string, size: number, modified: number) =>
    ({
      kind: 'measurement',
      path: `/data/survey/${file}`,
      stat: stat(size, modified),
      metric: 'r2',
      value: 0.5,
      unit: 'dB',
    }) as const
  const recorded = await recordJournal(
    writeJournal(
      [spool],
      [
        runLine(),
        measurement('metrics.json', 9, 5),
        measurement('metrics.json', 9, 6),
        measurement('old.json', 3, 1),
        measurement('none.json', 3, 1),
        finished,
      ],
    ),
  )
  const file = [...recorded.files.values()].find(({ path }) => path === 'metrics.json')
  expect(recorded.run.quality).toEqual([
    {
      metric: 'r2',
      value: { lexical: '5.0E-1', type: 'double' },
      unit: 'dB',
      on: { file: file?.n },
      by: { call: callOf(recorded, 'swep').n },
      settings: [],
    },
  ])
  expect(recorded.run.gaps.map(({ reason }) => reason)).toEqual([
    'quality r2 was not measured: the run did not write /data/survey/metrics.json',
    'quality r2 was not measured: the run did not write /data/survey/old.json',
    'quality r2 was not measured: the run did not write /data/survey/none.json',
  ])
})

/** Two folds at once, each in its thread: the second has begun to fit when the first measures. */
function foldsAtOnce(): SpoolBuilder {
  const spool = new SpoolBuilder()
  const [fold, fit, evaluate] = ['fold', 'fit', 'evaluate'].map((name) => spool.component(name))
  const main = spool.start(spool.component(''))
  spool.call(spool.component('prepare'), [9], undefined, { caller: main })
  const first = spool.start(fold!, [], { caller: main })
  spool.call(fit!, [1], undefined, { caller: first })
  const second = spool.start(fold!, [], { caller: main })
  spool.call(fit!, [2], undefined, { caller: second })
  spool.call(evaluate!, [], 0.5, { caller: first })
  spool.call(evaluate!, [], 0.75, { caller: second })
  return spool.return(first).return(second).return(main)
}

test('What one thread measures is not paired with what another set', async () => {
  const rule: QualityRule = { metric: 'r2', component: 'swep.evaluate' }
  const recorded = await recordJournal(
    writeJournal([foldsAtOnce()], [runLine({ quality: [rule] }), finished]),
  )
  const pairs = recorded.run.quality.map(({ value, settings = [] }) => [
    Number(value.lexical),
    settings.map(({ literal }) => literal.lexical),
  ])
  expect(pairs).toEqual([
    [0.5, ['9']],
    [0.75, ['9', '2']],
  ])
})
