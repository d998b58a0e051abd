import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { systemClock } from '../../src/capture/clock.ts'
import { openJournal } from '../../src/capture/open-journal.ts'
import { RecorderSpool } from '../../src/capture/recorder-spool.ts'
import { StoreError } from '../../src/errors.ts'
import { makeFolder } from './temporary-folder.ts'

const line = { kind: 'gap', at: 0, reason: 'a test' } as const

test('A journal is a folder for its owner only, locked, with the recorder’s spool', () => {
  const journal = join(makeFolder(), 'journal', 'id')
  const spool = openJournal(journal, systemClock)
  spool.append(line)
  spool.append(line)
  spool.close()
  expect(spool.failure).toBeUndefined()
  expect(statSync(journal).mode & 0o777).toBe(0o700)
  expect(readdirSync(journal).toSorted()).toEqual(['recorder.jsonl', 'recorder.lock'])
  expect(readFileSync(spool.path, 'utf8')).toBe(`${JSON.stringify(line)}\n`.repeat(2))
})

test('A journal that cannot be made is refused with its place and what to do', () => {
  const folder = makeFolder()
  writeFileSync(join(folder, 'file'), '')
  const journal = join(folder, 'file', 'id')
  const open = () => openJournal(journal, systemClock)
  expect(open).toThrow(StoreError)
  expect(open).toThrow(`Cannot write a journal in ${join(folder, 'file')}: `)
  expect(open).toThrow(
    expect.objectContaining({
      place: { file: journal },
      advice: expect.stringContaining('--store'),
      cause: expect.objectContaining({ code: 'ENOTDIR' }),
    }) as Error,
  )
})

test('A spool that cannot be written keeps its first reason and stops nobody', () => {
  const spool = new RecorderSpool(makeFolder(), systemClock)
  spool.close()
  spool.append(line)
  const first = spool.failure
  expect(first).toMatchObject({ code: 'EBADF' })
  spool.append(line)
  expect(spool.failure).toBe(first)
})

test('Times are counted in nanoseconds from the beginning', () => {
  let now = 5_000n
  const spool = new RecorderSpool(makeFolder(), { ...systemClock, monotonic: () => now })
  now = 7_000n
  expect(spool.at()).toBe(2_000)
  expect(spool.begin()).toBe(7_000n)
  now = 7_300n
  expect(spool.at()).toBe(300)
  spool.close()
})
