import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { JournalError, StoreError } from '../../src/errors.ts'
import { keepJournal } from '../../src/recorder/keep-journal.ts'
import { SpoolBuilder } from '../record/journal-builder.ts'
import { id, leaveJournal, makePlace, smallSpool, textOf } from './left-journal.ts'
import { memoryStore } from '../store/memory-store.ts'

const run = `urn:uuid:${id}`

test('A journal becomes a run of the store, and is removed after that', async () => {
  const { workplace, store } = await makePlace()
  const journal = leaveJournal(workplace)
  const steps: string[] = []
  const kept = await keepJournal(workplace, store, journal, (step) => {
    steps.push(step)
    expect(existsSync(journal)).toBe(true)
  })
  expect(kept).toMatchObject({ sources: 1, products: 1, gaps: 0, damaged: undefined })
  expect(kept.entry).toMatchObject({ id: run, name: 'astronomy', status: 'Completed', callCount: 1 })
  expect(await store.runs()).toEqual([kept.entry])
  expect(await textOf(store, id, 'summary')).toContain('ComponentSummary')
  expect(existsSync(journal)).toBe(false)
  expect(steps).toEqual(['syncing'])
})

test('Names that people use begin with the base that is set', async () => {
  const { workplace, store } = await makePlace()
  await keepJournal(workplace, store, leaveJournal(workplace))
  expect(await textOf(store, id, 'record')).toContain('<https://example.org/lab/pipeline/')
})

test('Any store takes the run, not only one in a folder', async () => {
  const { workplace } = await makePlace()
  const store = memoryStore()
  const { entry } = await keepJournal(workplace, store, leaveJournal(workplace))
  expect(await store.runs()).toEqual([entry])
  expect(await textOf(store, run, 'record')).toContain(`GRAPH run:record`)
})

test('How far a long journal is read is reported in events', async () => {
  const { workplace, store } = await makePlace()
  const spool = new SpoolBuilder({ spool: '1-a' })
  const component = spool.component('step')
  for (let n = 0; n < 10_000; n++) spool.call(component, [])
  const steps: string[] = []
  await keepJournal(workplace, store, leaveJournal(workplace, { spools: [spool] }), (step) =>
    steps.push(step),
  )
  expect(steps).toEqual(['20,000 events', 'syncing'])
})

test('A run that the store does not take stays in its journal, and nothing of it is seen', async () => {
  const { workplace } = await makePlace()
  const journal = leaveJournal(workplace)
  const store = memoryStore()
  let abandoned = 0
  const full = {
    ...store,
    begin: async (name: string) => ({
      ...(await store.begin(name)),
      commit: () => Promise.reject(new StoreError('the disk is full')),
      abandon: async () => void abandoned++,
    }),
  }
  await expect(keepJournal(workplace, full, journal)).rejects.toThrow('the disk is full')
  expect(abandoned).toBe(1)
  expect(existsSync(journal)).toBe(true)
  expect(await store.runs()).toEqual([])
  await keepJournal(workplace, store, journal)
  expect(await store.runs()).toHaveLength(1)
})

test('Spools that are damaged are kept up to the damage, put aside as they were, and the record says so', async () => {
  const { workplace, store } = await makePlace()
  const spools = [smallSpool('1-a'), smallSpool('2-b')]
  const journal = leaveJournal(workplace, { spools })
  for (const { name } of spools) appendFileSync(join(journal, `${name}.jsonl`), 'garbage\n')
  const damaged = spools.map(({ name }) => readFileSync(join(journal, `${name}.jsonl`), 'utf8'))
  const kept = await keepJournal(workplace, store, journal)
  expect(kept.damaged).toBe(join(workplace.damaged, id))
  expect(kept.gaps).toBe(2)
  expect(readdirSync(kept.damaged ?? '').sort()).toEqual(['1-a.jsonl', '2-b.jsonl'])
  expect(spools.map(({ name }) => readFileSync(join(kept.damaged ?? '', `${name}.jsonl`), 'utf8'))).toEqual(
    damaged,
  )
  expect(await textOf(store, id, 'record')).toContain('The journal is damaged at line 8 of 1-a.jsonl')
  // What was begun before the damage was found is gone.
  expect(readdirSync(join(store.location, 'runs'))).toEqual([id])
  expect(existsSync(journal)).toBe(false)
})

test('A journal that does not say what was run cannot be kept, and stays as it is', async () => {
  const { workplace, store } = await makePlace()
  const journal = leaveJournal(workplace)
  writeFileSync(join(journal, 'recorder.jsonl'), 'garbage\n')
  await expect(keepJournal(workplace, store, journal)).rejects.toThrow(JournalError)
  expect(readdirSync(journal).sort()).toEqual(['1-a.jsonl', 'recorder.jsonl'])
  expect(readFileSync(join(journal, 'recorder.jsonl'), 'utf8')).toBe('garbage\n')
  expect(existsSync(workplace.damaged)).toBe(false)
  expect(readdirSync(join(store.location, 'runs'))).toEqual([])
})

test('A journal without the recorder’s spool is not stored', async () => {
  const { workplace, store } = await makePlace()
  const journal = leaveJournal(workplace)
  rmSync(join(journal, 'recorder.jsonl'))
  await expect(keepJournal(workplace, store, journal)).rejects.toThrow(/recorder\.jsonl/)
  expect(await store.runs()).toEqual([])
})
