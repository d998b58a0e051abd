import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findJournalWriter, lockJournal, processesOf } from '../../src/capture/journal-lock.ts'
import { makeFolder } from './temporary-folder.ts'

/** A journal that this process records, but for the changed fields of its lock. */
function lockedJournal(changes: object = {}): string {
  const journal = makeFolder()
  lockJournal(journal)
  const file = join(journal, 'recorder.lock')
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...changes }))
  return journal
}

test('A journal is written by the recorder that locked it, while that runs', () => {
  expect(findJournalWriter(lockedJournal())).toBe(`its recorder (process ${process.pid})`)
})

test.each<[what: string, changes: object]>([
  ['whose process id another process has now', { start: '1' }],
  ['that ran before the system was started again', { boot: 'another' }],
  ['whose process is gone', { pid: 2 ** 22 + 1 }],
  ['whose process is gone, on a system without /proc', { pid: 2 ** 22 + 1, start: '' }],
])('A recorder %s writes no journal any more', (_, changes) => {
  expect(findJournalWriter(lockedJournal(changes))).toBeUndefined()
})

test('A recorder that lives is one on a system without /proc too', () => {
  expect(findJournalWriter(lockedJournal({ start: '' }))).toContain('its recorder')
})

test('A recorder on another host may still write, unless somebody says that it has ended', () => {
  const journal = lockedJournal({ host: `not-${hostname()}`, boot: 'another' })
  expect(findJournalWriter(journal)).toBe(`a recorder on not-${hostname()}`)
  expect(findJournalWriter(journal, { otherHosts: false })).toBeDefined()
  expect(findJournalWriter(journal, { otherHosts: true })).toBeUndefined()
})

test('A journal without a whole lock has no recorder', () => {
  const journal = makeFolder()
  expect(findJournalWriter(journal)).toBeUndefined()
  writeFileSync(join(journal, 'recorder.lock'), '{"host":')
  expect(findJournalWriter(journal)).toBeUndefined()
})

test('A program that outlived its recorder still writes', async () => {
  const journal = lockedJournal({ start: '1' })
  const program = spawn('sleep', ['60'], { env: { ...process.env, VAMPIRA_JOURNAL: journal } })
  await once(program, 'spawn')
  try {
    expect(processesOf(journal)).toEqual([program.pid])
    expect(findJournalWriter(journal)).toBe(`the recorded program (process ${program.pid})`)
    expect(processesOf(`${journal}2`)).toEqual([])
  } finally {
    program.kill()
    await once(program, 'exit')
  }
  expect(findJournalWriter(journal)).toBeUndefined()
})
