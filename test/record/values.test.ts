import { describe, expect, test } from 'vitest'
import type { JournalValue } from '../../src/journal/line.ts'
import { callOf, object, recordJournal, SpoolBuilder, writeJournal } from './journal-builder.ts'

describe('values that calls return and get', () => {
  test('an object that a call returned is the very value that a later call gets', async () => {
    const spool = new SpoolBuilder()
    const main = spool.start(spool.component(''))
    const load = spool.component('load')
    const show = spool.component('show')
    spool.call(load, ['a.fits'], object(7, { length: 3 }), { caller: main })
    spool.call(show, [object(7, { length: 3 })], null, { caller: main })
    spool.return(main)
    const recorded = await recordJournal(writeJournal([spool]))
    const [output] = callOf(recorded, 'swep.load').outputs
    expect(callOf(recorded, 'swep.show').arguments).toEqual([
      { position: 0, value: output, isDefault: false },
    ])
    expect(callOf(recorded, 'swep').received).toEqual([output])
    expect(recorded.values.get(output ?? 0)).toMatchObject({
      type: 'Thing',
      length: 3,
      generatedBy: { call: callOf(recorded, 'swep.load').n },
      generatedAs: -1,
    })
    const summary = recorded.summaries.find((one) => one.component.name === 'swep.show')
    expect(summary?.informedBy).toEqual([
      recorded.summaries.find((one) => one.component.name === 'swep.load')?.n,
    ])
  })

  test('equal scalars that no call returned are one node, each returned scalar is its own', async () => {
    const spool = new SpoolBuilder()
    const f = spool.component('f')
    const main = spool.start(spool.component(''))
    for (let i = 0; i < 2; i++) spool.call(f, [5, 'x', true, null], 5, { caller: main })
    spool.return(main)
    const recorded = await recordJournal(writeJournal([spool]))
    const [, one, other] = [...recorded.calls.values()].sort((a, b) => a.n - b.n)
    expect(one?.arguments).toEqual(other?.arguments)
    expect(new Set([...(one?.outputs ?? []), ...(other?.outputs ?? []), one?.arguments[0]?.value]).size).toBe(
      3,
    )
    expect(recorded.values.size).toBe(6)
  })

  test('integer 5, float 5.0 and text "5" are three values', async () => {
    const spool = new SpoolBuilder()
    spool.call(spool.component('f'), [5, { $: 'double', v: '5.0' }, '5'])
    const recorded = await recordJournal(writeJournal([spool]))
    expect([...recorded.values.values()].map((value) => [value.type, value.literal])).toEqual([
      ['int', { lexical: '5', type: 'integer' }],
      ['float', { lexical: '5.0E0', type: 'double' }],
      ['str', { lexical: '5', type: 'string' }],
    ])
  })

  test('a default is marked as one', async () => {
    const spool = new SpoolBuilder()
    spool.call(spool.component('f'), [1, 2], undefined, { defaults: [1] })
    const recorded = await recordJournal(writeJournal([spool]))
    expect(callOf(recorded, 'swep.f').arguments.map((argument) => argument.isDefault)).toEqual([false, true])
  })

  test('an argument changed in place becomes a revision that later calls get', async () => {
    const spool = new SpoolBuilder()
    const list = (length: number) => object(3, { length })
    const fill = spool.component('fill')
    const call = spool.start(fill, [list(0)])
    spool.return(call, null, { changed: [[0, list(9)]] })
    spool.call(spool.component('show'), [list(9)])
    const recorded = await recordJournal(writeJournal([spool]))
    const filled = callOf(recorded, 'swep.fill')
    const [revision] = filled.outputs
    expect(recorded.values.get(revision ?? 0)).toMatchObject({
      revisionOf: filled.arguments[0]?.value,
      generatedBy: { call: filled.n },
      generatedAs: 0,
      length: 9,
    })
    expect(callOf(recorded, 'swep.show').arguments[0]?.value).toBe(revision)
  })

  test('each argument changed in place is a revision of what stood at its position', async () => {
    const spool = new SpoolBuilder()
    const call = spool.start(spool.component('swap'), [object(1, { length: 1 }), object(2, { length: 2 })])
    const changed = [
      [0, object(1, { length: 8 })],
      [1, object(2, { length: 9 })],
    ]
    spool.return(call, null, { changed })
    const recorded = await recordJournal(writeJournal([spool]))
    const swap = callOf(recorded, 'swep.swap')
    expect(swap.outputs.map((n) => recorded.values.get(n)?.revisionOf)).toEqual(
      swap.arguments.map(({ value }) => value),
    )
  })

  test.each([
    { known: 'nothing', before: {}, after: {}, isSame: true },
    { known: 'nothing at first', before: {}, after: { length: 2 }, isSame: true },
    { known: 'nothing later', before: { length: 2 }, after: {}, isSame: true },
    { known: 'the same length', before: { length: 2 }, after: { length: 2 }, isSame: true },
    { known: 'another length', before: { length: 2 }, after: { length: 3 }, isSame: false },
    { known: 'another shape', before: { shape: [1, 2] }, after: { shape: [2, 1] }, isSame: false },
    {
      known: 'other columns',
      before: { columns: ['a'], length: 1 },
      after: { columns: ['b'], length: 1 },
      isSame: false,
    },
  ])('an object of which $known is known is the same value: $isSame', async ({ before, after, isSame }) => {
    const spool = new SpoolBuilder()
    spool.call(spool.component('load'), [], object(3, before))
    spool.call(spool.component('show'), [object(3, after)])
    const recorded = await recordJournal(writeJournal([spool]))
    const [loaded] = callOf(recorded, 'swep.load').outputs
    expect(callOf(recorded, 'swep.show').arguments[0]?.value === loaded).toBe(isSame)
  })

  test('an object comes from the constructor that made it, also where that calls another', async () => {
    const spool = new SpoolBuilder()
    const main = spool.start(spool.component(''))
    const outer = spool.start(spool.component('Curve.__init__', { type: 'method' }), [object(5)], {
      caller: main,
    })
    spool.call(spool.component('Base.__init__', { type: 'method' }), [object(5)], null, { caller: outer })
    spool.return(outer, null)
    spool.call(spool.component('Curve.at', { type: 'method' }), [object(5)], 1.5, { caller: main })
    spool.return(main)
    const recorded = await recordJournal(writeJournal([spool]))
    const made = callOf(recorded, 'swep.Curve.at').arguments[0]?.value ?? 0
    expect(recorded.values.get(made)).toMatchObject({
      generatedBy: { call: callOf(recorded, 'swep.Curve.__init__').n },
    })
    expect(callOf(recorded, 'swep').received).toContain(made)
  })

  test('an object that code outside changed is another value, made by nobody', async () => {
    const spool = new SpoolBuilder()
    spool.call(spool.component('load'), [], object(3, { digest: 'crc32:1' }))
    spool.call(spool.component('show'), [object(3, { digest: 'crc32:2' })])
    const recorded = await recordJournal(writeJournal([spool]))
    const [loaded] = callOf(recorded, 'swep.load').outputs
    const shown = recorded.values.get(callOf(recorded, 'swep.show').arguments[0]?.value ?? 0)
    expect(shown).toMatchObject({ revisionOf: loaded, generatedBy: undefined })
  })

  test('an object that a call only passes on keeps its maker', async () => {
    const spool = new SpoolBuilder()
    const outer = spool.start(spool.component('outer'))
    spool.call(spool.component('inner'), [], object(3), { caller: outer })
    spool.return(outer, object(3))
    spool.call(spool.component('show'), [object(3)])
    const recorded = await recordJournal(writeJournal([spool]))
    const [made] = callOf(recorded, 'swep.inner').outputs
    expect(callOf(recorded, 'swep.outer')).toMatchObject({ outputs: [], received: [made] })
    expect(callOf(recorded, 'swep.show').arguments[0]?.value).toBe(made)
  })

  test('a secret is a value of its own that says nothing', async () => {
    const spool = new SpoolBuilder()
    spool.call(spool.component('f'), [{ $: 'redacted' }, { $: 'redacted' }])
    const recorded = await recordJournal(writeJournal([spool]))
    expect([...recorded.values.values()].map((value) => [value.redacted, value.literal])).toEqual([
      [true, undefined],
      [true, undefined],
    ])
    expect(recorded.run.redacted).toBe(2)
    expect(recorded.summaries[0]?.settings[0]).toMatchObject({ redacted: true, values: [] })
  })

  test('an argument that was not captured is a gap, not a value', async () => {
    const spool = new SpoolBuilder()
    spool.call(spool.component('f'), [{ $: 'unseen' }, 1])
    const recorded = await recordJournal(writeJournal([spool]))
    const call = callOf(recorded, 'swep.f')
    expect(call.arguments.map((argument) => argument.position)).toEqual([1])
    expect(call.gaps).toEqual([{ reason: 'argument a was not captured' }])
  })

  test('a text that was cut has no literal and is never taken for an equal one', async () => {
    const spool = new SpoolBuilder()
    const cut: JournalValue = { $: 'text', v: 'abc', length: 5000 }
    spool.call(spool.component('f'), [cut, cut])
    const recorded = await recordJournal(writeJournal([spool]))
    expect([...recorded.values.values()].map((value) => [value.literal, value.length])).toEqual([
      [undefined, 5000],
      [undefined, 5000],
    ])
  })

  test('what a generator yields is its output', async () => {
    const spool = new SpoolBuilder()
    const main = spool.start(spool.component(''))
    const call = spool.start(spool.component('each', { generator: true }), [], { caller: main })
    spool.add({ kind: 'suspend', call, value: object(1) }).add({ kind: 'resume', call })
    spool.call(spool.component('use'), [object(1)], null, { caller: main })
    spool.return(call).return(main)
    const recorded = await recordJournal(writeJournal([spool]))
    const each = callOf(recorded, 'swep.each')
    expect(callOf(recorded, 'swep.use').arguments[0]?.value).toBe(each.outputs[0])
    expect(recorded.values.get(each.outputs[0] ?? 0)?.generatedBy).toEqual({ call: each.n })
  })
})
