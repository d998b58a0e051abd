import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lockJournal } from '../../src/capture/journal-lock.ts'
import { keepJournal } from '../../src/recorder/keep-journal.ts'
import { recoverJournals } from '../../src/recorder/recover-journals.ts'
import type { Recovery, RecoverOptions } from '../../src/recorder/recover-journals.ts'
import type { Workplace } from '../../src/recorder/workplace.ts'
import type { Store } from '../../src/store/store.ts'
import { id, leaveJournal, makePlace, otherId } from './left-journal.ts'
import { memoryStore } from '../store/memory-store.ts'

async function recoverAll(workplace: Workplace, store: Store, options?: RecoverOptions): Promise<Recovery[]> {
  const recoveries: Recovery[] = []
  for await (const recovery of recoverJournals(workplace, store, options)) recoveries.push(recovery)
  return recoveries
}

/** Changes the lock that this process has put on a journal. */
function changeLock(journal: string, changes: object): void {
  lockJournal(journal)
  const file = join(journal, 'recorder.lock')
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...changes }))
}

test('Where no run was ever recorded there is nothing to recover', async () => {
  const { workplace, store } = await makePlace()
  expect(await recoverAll(workplace, store)).toEqual([])
})

test('Journals that killed recorders left become runs, the oldest first, and nothing is left to do', async () => {
  const { workplace } = await makePlace()
  const store = memoryStore()
  const journals = [otherId, id].map((run) => leaveJournal(workplace, { run, lines: [] }))
  const steps: string[] = []
  const recoveries = await recoverAll(workplace, store, { progress: (step) => steps.push(step) })
  expect(recoveries).toMatchObject([
    {
      id,
      journal: journals[1],
      outcome: 'recovered',
      entry: { id: `urn:uuid:${id}`, status: 'Interrupted' },
    },
    { id: otherId, journal: journals[0], outcome: 'recovered' },
  ])
  expect('damaged' in recoveries[0]!).toBe(false)
  expect(steps.filter((step) => step === 'syncing')).toHaveLength(2)
  expect(await store.runs()).toHaveLength(2)
  expect(journals.filter((journal) => existsSync(journal))).toEqual([])
  expect(await recoverAll(workplace, store)).toEqual([])
})

test('The damaged parts of a journal are put aside, and the recovery says where', async () => {
  const { workplace, store } = await makePlace()
  const journal = leaveJournal(workplace)
  writeFileSync(join(journal, '2-b.jsonl'), 'garbage\n')
  expect(await recoverAll(workplace, store)).toMatchObject([
    { outcome: 'recovered', damaged: join(workplace.damaged, id) },
  ])
  expect(readFileSync(join(workplace.damaged, id, '2-b.jsonl'), 'utf8')).toBe('garbage\n')
})

test('A journal that somebody still writes is left alone', async () => {
  const { workplace, store } = await makePlace()
  const journal = leaveJournal(workplace)
  lockJournal(journal)
  expect(await recoverAll(workplace, store)).toEqual([
    { id, journal, outcome: 'living', writer: `its recorder (process ${process.pid})` },
  ])
  expect(existsSync(journal)).toBe(true)
  expect(await store.runs()).toEqual([])
})

test('A journal is not taken for living because another process has the id of its recorder now', async () => {
  const { workplace, store } = await makePlace()
  changeLock(leaveJournal(workplace), { start: '1' })
  expect(await recoverAll(workplace, store)).toMatchObject([{ outcome: 'recovered' }])
})

test('A journal of another host is left alone until somebody says that its recorder has ended', async () => {
  const { workplace, store } = await makePlace()
  changeLock(leaveJournal(workplace), { host: `not-${hostname()}` })
  expect(await recoverAll(workplace, store)).toMatchObject([{ outcome: 'living' }])
  expect(await recoverAll(workplace, store, { otherHosts: false })).toMatchObject([{ outcome: 'living' }])
  expect(await recoverAll(workplace, store, { otherHosts: true })).toMatchObject([{ outcome: 'recovered' }])
})

test('Of a run that is stored the journal that was left is removed, and the run stays as it is', async () => {
  const { workplace, store } = await makePlace()
  const { entry } = await keepJournal(workplace, store, leaveJournal(workplace))
  const journal = leaveJournal(workplace, { lines: [] })
  expect(await recoverAll(workplace, store)).toEqual([{ id, journal, outcome: 'stored' }])
  expect(existsSync(journal)).toBe(false)
  expect(await store.runs()).toEqual([entry])
})

test('A journal is removed when its recorder wrote nothing whole and no program ran', async () => {
  const { workplace, store } = await makePlace()
  const journal = join(workplace.journals, id)
  mkdirSync(journal, { recursive: true })
  writeFileSync(join(journal, 'recorder.jsonl'), '{"kind":"run","ver')
  expect(await recoverAll(workplace, store)).toEqual([{ id, journal, outcome: 'empty' }])
  expect(existsSync(journal)).toBe(false)
})

test('A journal of which only the programs wrote is kept, with the reason, and the others are recovered', async () => {
  const { workplace, store } = await makePlace()
  const journal = leaveJournal(workplace)
  rmSync(join(journal, 'recorder.jsonl'))
  writeFileSync(join(journal, 'recorder.lock'), '{"host":')
  leaveJournal(workplace, { run: otherId })
  expect(await recoverAll(workplace, store)).toMatchObject([
    { id, journal, outcome: 'failed', error: expect.any(Error) },
    { id: otherId, outcome: 'recovered' },
  ])
  expect(existsSync(join(journal, '1-a.jsonl'))).toBe(true)
})

test('Only folders are journals', async () => {
  const { workplace, store } = await makePlace()
  mkdirSync(workplace.journals)
  writeFileSync(join(workplace.journals, 'README'), 'not a journal')
  expect(await recoverAll(workplace, store)).toEqual([])
})

test('A folder of journals that cannot be read is an error', async () => {
  const { workplace, store } = await makePlace()
  writeFileSync(workplace.journals, 'in the way')
  await expect(recoverAll(workplace, store)).rejects.toMatchObject({ code: 'ENOTDIR' })
})
