import { expect, test } from 'vitest'
import { describeRunAsQuads } from '../../src/prov/describe-run.ts'
import { recordRun } from '../../src/record/record-run.ts'
import {
  callOf,
  finished,
  object,
  recordJournal,
  runLine,
  SpoolBuilder,
  writeJournal,
} from './journal-builder.ts'
import { DataFactory } from 'n3'

const options = (by: string, ...list: object[]) => ({ kind: 'options', by, options: list }) as const

function command(spool: SpoolBuilder, ending: (spool: SpoolBuilder, main: number) => void): SpoolBuilder {
  const module = spool.component('')
  spool.add(options('arguments', { name: 'alpha', value: '2' }, { name: 'x', value: 'y' }))
  const main = spool.start(module)
  spool.add(
    options(
      'argparse',
      { name: 'alpha', value: { $: 'double', v: '2.0' } },
      { name: 'seed', value: 7, default: true },
      { name: 'token', value: { $: 'redacted' } },
      { name: 'config', value: object(3, { fields: { depth: 1 } }) },
    ),
  )
  ending(spool, main)
  return spool
}

test('What the command line says is a parameter of the component that the process began with', async () => {
  const recorded = await recordJournal(
    writeJournal([command(new SpoolBuilder(), (spool, main) => spool.return(main))]),
  )
  const call = callOf(recorded, 'swep')
  expect(call.component.parameters).toEqual([
    { name: 'alpha', position: 0, isOption: true },
    { name: 'seed', position: 1, isOption: true },
    { name: 'token', position: 2, isOption: true },
    { name: 'config', position: 3, isOption: true },
  ])
  expect(
    call.arguments.map(({ value, isDefault }) => [recorded.values.get(value)?.literal?.lexical, isDefault]),
  ).toEqual([
    ['2.0E0', false],
    ['7', true],
    [undefined, false],
    [undefined, false],
  ])
  expect(recorded.run.redacted).toBe(1)
  const [summary] = recorded.summaries
  expect(summary?.settings.map(({ parameter, field, values }) => [parameter, field, values.length])).toEqual([
    [0, undefined, 1],
    [1, undefined, 1],
    [2, undefined, 0],
    [3, 'depth', 1],
  ])
})

test('A process that was killed had a command line too', async () => {
  const recorded = await recordJournal(writeJournal([command(new SpoolBuilder(), () => undefined)]))
  expect(callOf(recorded, 'swep').arguments).toHaveLength(4)
})

test('Each option is written once as a port, also where two processes begin with the same component', async () => {
  const first = command(new SpoolBuilder(), (spool, main) => spool.return(main))
  const second = command(new SpoolBuilder({ spool: 'other', pid: 101 }), (spool, main) => {
    spool.add(options('argparse', { name: 'more', value: true })).return(main)
  })
  const { listener, quads } = describeRunAsQuads(DataFactory, { id: '019343c2-8a10-7c3e-9d55-3f2b7a1c0001' })
  await recordRun(writeJournal([first, second]), listener)
  const record = quads.filter(({ graph }) => graph.value.endsWith('#record'))
  const ports = record.filter(({ predicate }) => predicate.value.endsWith('hasInPort'))
  expect(ports.map(({ object }) => object.value.replace(/^.*\./, ''))).toEqual([
    'alpha',
    'seed',
    'token',
    'config',
    'more',
  ])
  const typed = record.filter(({ object }) => object.value.endsWith('#Option'))
  expect(typed).toHaveLength(5)
})

test('What was measured in a run was measured with the options of its command line', async () => {
  const spool = command(new SpoolBuilder(), (each, main) => {
    each.call(each.component('evaluate'), [], 0.5, { caller: main })
    each.return(main)
  })
  const quality = [{ metric: 'r2', component: 'swep.evaluate' }]
  const { run } = await recordJournal(writeJournal([spool], [runLine({ quality }), finished]))
  const [measured] = run.quality
  expect(measured?.settings?.map(({ literal }) => literal.lexical)).toEqual(['2.0E0', '7', '1'])
})
