import { describe, expect, test } from 'vitest'
import { recordJournal, SpoolBuilder, stat, wall, writeJournal } from './journal-builder.ts'
import type { RecordedRun } from './journal-builder.ts'

const summaryOf = (recorded: RecordedRun, name: string) =>
  recorded.summaries.find(({ component }) => component.name === name)

describe('the summary of a component', () => {
  test.each([
    { costs: [{}, {}], cpu: undefined, measured: 0, peak: undefined },
    { costs: [{ cpu: 3 }, {}, { cpu: 4 }], cpu: 7n, measured: 2, peak: undefined },
    { costs: [{ peak: 50 }, { peak: 90 }, { peak: 70 }, {}], cpu: undefined, measured: 0, peak: 90 },
    { costs: [{ cpu: 0, peak: 0 }], cpu: 0n, measured: 1, peak: 0 },
    {
      costs: [
        { peak: 50, level: 30 },
        { peak: 90, level: 85 },
      ],
      cpu: undefined,
      measured: 0,
      peak: 90,
      added: 20,
    },
  ])('adds up processor time and keeps the highest peak: $costs', async ({ costs, ...expected }) => {
    const spool = new SpoolBuilder()
    const f = spool.component('f')
    for (const cost of costs) spool.return(spool.start(f), 1, cost)
    const recorded = await recordJournal(writeJournal([spool]))
    const { cpu, measured, peak, added } = expected
    expect(summaryOf(recorded, 'swep.f')).toMatchObject({
      callCount: costs.length,
      cpu,
      measuredCount: measured,
      peakMemory: peak,
      addedMemory: added,
    })
  })

  test('has each file version once, however often it was used, and the sum of their bytes', async () => {
    const spool = new SpoolBuilder()
    const f = spool.component('f')
    for (const [name, size] of [
      ['a', 3],
      ['b', 4],
      ['a', 3],
    ] as const) {
      const call = spool.start(f)
      spool.file('read', name, { call, stat: stat(size, 1) }).return(call)
    }
    const recorded = await recordJournal(writeJournal([spool]))
    const summary = summaryOf(recorded, 'swep.f')
    expect(summary?.used.map(({ file }) => file.path)).toEqual(['a', 'b'])
    expect(summary).toMatchObject({ inputBytes: 7, outputBytes: 0, generated: [] })
  })

  test('counts failures, and knows by whom it was informed, itself left out', async () => {
    const spool = new SpoolBuilder()
    const f = spool.component('f')
    const value = { $: 'object', type: 'T', id: 1 } as const
    spool.call(f, [], value)
    spool.call(f, [value])
    spool.call(spool.component('g'), [value])
    spool.add({ kind: 'raise', call: spool.start(f), type: 'E' })
    const recorded = await recordJournal(writeJournal([spool]))
    const [ofF, ofG] = ['swep.f', 'swep.g'].map((name) => summaryOf(recorded, name))
    expect(ofF).toMatchObject({ callCount: 3, failureCount: 1, informedBy: [] })
    expect(ofG).toMatchObject({ failureCount: 0, informedBy: [ofF?.n] })
  })

  test('stands apart for each component that called it, and for none', async () => {
    const spool = new SpoolBuilder()
    const [main, g, f] = [spool.component(''), spool.component('g'), spool.component('f')] as const
    const outer = spool.start(main)
    const inner = spool.start(g, [], { caller: outer })
    spool.call(f, [], 1, { caller: inner })
    spool.call(f, [], 1, { caller: inner })
    spool.return(inner)
    spool.call(f, [], 1, { caller: outer })
    spool.return(outer)
    spool.call(f, [], 1)
    const recorded = await recordJournal(writeJournal([spool]))
    const found = recorded.summaries.filter(({ component }) => component.name === 'swep.f')
    expect(found.map(({ caller, callCount }) => [caller?.name, callCount])).toEqual([
      ['swep.g', 2],
      ['swep', 1],
      [undefined, 1],
    ])
  })
})

test('A group lasts from the start of its first call to the end of its last', async () => {
  const spool = new SpoolBuilder()
  const f = spool.component('f')
  for (let i = 0; i < 20; i++)
    spool.return(spool.start(f, [], { at: 1000 + i * 10 }), 1, { at: 1005 + i * 10 })
  const recorded = await recordJournal(writeJournal([spool]), { first: 5 })
  const kept = new Set([...recorded.calls.values()].map(({ n }) => n))
  const folded = Array.from({ length: 20 }, (_, i) => i).filter((i) => !kept.has(i + 1))
  const [first = 0, last = 0] = [folded[0], folded.at(-1)]
  const zero = wall + 1000n
  expect(recorded.groups).toMatchObject([
    {
      callCount: folded.length,
      startedAt: zero + BigInt(1000 + first * 10),
      endedAt: zero + BigInt(1005 + last * 10),
      wall: BigInt(folded.length * 5),
    },
  ])
})
