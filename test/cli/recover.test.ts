import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lockJournal } from '../../src/capture/journal-lock.ts'
import { workplaceIn, type Workplace } from '../../src/recorder/workplace.ts'
import { DirectoryStore } from '../../src/store/directory/directory-store.ts'
import { makeFolder } from '../capture/temporary-folder.ts'
import { id, leaveJournal, otherId, settings } from '../recorder/left-journal.ts'
import { vampiraHere } from './here.ts'
import { parseAnswer } from './recorded.ts'

async function storeWith(leave: (workplace: Workplace) => void) {
  const folder = realpathSync(makeFolder())
  const at = join(folder, '.vampira')
  mkdirSync(at)
  await DirectoryStore.create(at)
  const workplace = workplaceIn(at, settings)
  leave(workplace)
  const recover = (...more: string[]) => vampiraHere(['recover', '--store', folder, ...more])
  const recoverJson = async (...more: string[]) => {
    const { code, stdout } = await recover('--json', ...more)
    return { code, answer: parseAnswer('recover', stdout) }
  }
  return { workplace, recover, recoverJson }
}
const journalOf = ({ journals }: Workplace, run: string) => join(journals, run)

test('Nothing is recovered where nothing was left', async () => {
  const { recover, recoverJson } = await storeWith(() => {})
  expect(await recover()).toEqual({ code: 0, stdout: 'Nothing to recover.\n', stderr: '' })
  expect(await recoverJson()).toEqual({ code: 0, answer: [] })
})

describe('A journal that was left', () => {
  const leave = (workplace: Workplace) => void leaveJournal(workplace, { lines: [] })

  test('becomes a run', async () => {
    const { recover } = await storeWith(leave)
    const { code, stdout } = await recover()
    expect(code).toBe(0)
    expect(stdout).toMatch(new RegExp(`^${id}  recovered \\S+: Interrupted, 1 call\\n$`))
    expect((await recover()).stdout).toBe('Nothing to recover.\n')
  })

  test('becomes a run, as JSON', async () => {
    const { workplace, recoverJson } = await storeWith(leave)
    const { code, answer } = await recoverJson()
    expect(code).toBe(0)
    expect(answer).toEqual([
      {
        id: `urn:uuid:${id}`,
        journal: journalOf(workplace, id),
        outcome: 'recovered',
        run: expect.objectContaining({ id: `urn:uuid:${id}`, status: 'Interrupted', callCount: 1 }),
      },
    ])
  })
})

describe('A damaged journal becomes a run, with the place of what could not be read', () => {
  const leave = (workplace: Workplace) =>
    writeFileSync(join(leaveJournal(workplace), '2-b.jsonl'), 'garbage\n')

  test('in words', async () => {
    const { workplace, recover } = await storeWith(leave)
    expect((await recover()).stdout).toContain(
      `; what could not be read of it is in ${join(workplace.damaged, id)}\n`,
    )
  })

  test('as JSON', async () => {
    const { workplace, recoverJson } = await storeWith(leave)
    expect((await recoverJson()).answer).toMatchObject([{ damaged: join(workplace.damaged, id) }])
  })
})

describe('A journal that somebody still writes is left alone, which is a finding', () => {
  const leave = (workplace: Workplace) => lockJournal(leaveJournal(workplace))
  const writer = `its recorder (process ${process.pid})`

  test('in words', async () => {
    const { recover } = await storeWith(leave)
    expect(await recover()).toEqual({
      code: 1,
      stdout: `${id}  left alone: ${writer} still writes it\n`,
      stderr: '',
    })
  })

  test('as JSON', async () => {
    const { workplace, recoverJson } = await storeWith(leave)
    const living = { id: `urn:uuid:${id}`, journal: journalOf(workplace, id), outcome: 'living', writer }
    expect(await recoverJson()).toEqual({ code: 1, answer: [living] })
  })
})

test('A journal of another host is recovered when somebody says that its recorder has ended', async () => {
  const { recover } = await storeWith((workplace) => {
    const journal = leaveJournal(workplace)
    lockJournal(journal)
    const lock = join(journal, 'recorder.lock')
    writeFileSync(
      lock,
      JSON.stringify({ ...JSON.parse(readFileSync(lock, 'utf8')), host: `not-${hostname()}` }),
    )
  })
  expect((await recover()).code).toBe(1)
  expect(await recover('--other-hosts')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('recovered'),
  })
})

test('A journal that cannot become a run is kept, and the others are recovered all the same', async () => {
  const leave = (workplace: Workplace) => {
    rmSync(join(leaveJournal(workplace), 'recorder.jsonl'))
    lockJournal(leaveJournal(workplace, { run: otherId }))
  }
  const first = await storeWith(leave)
  const { code, stdout } = await first.recover()
  expect(code).toBe(3)
  expect(stdout).toMatch(
    new RegExp(`^${id}  kept in ${journalOf(first.workplace, id)}: vampira: .+\\.\\n${otherId}`),
  )
  expect((await first.recoverJson()).answer).toEqual([
    {
      id: `urn:uuid:${id}`,
      journal: journalOf(first.workplace, id),
      outcome: 'failed',
      error: expect.stringMatching(/^vampira: /),
    },
    expect.objectContaining({ outcome: 'living' }),
  ])
})

test('A journal whose run is stored, or that holds nothing, is removed', async () => {
  const { workplace, recover, recoverJson } = await storeWith((place) => void leaveJournal(place))
  await recover()
  leaveJournal(workplace)
  mkdirSync(journalOf(workplace, otherId))
  writeFileSync(join(journalOf(workplace, otherId), 'recorder.jsonl'), '{"kind":"run","ver')
  expect(await recover()).toEqual({
    code: 0,
    stdout:
      `${id}  was stored already; its journal is removed\n` +
      `${otherId}  held nothing: its recorder was killed before the program started; removed\n`,
    stderr: '',
  })
  leaveJournal(workplace)
  const stored = { id: `urn:uuid:${id}`, journal: journalOf(workplace, id), outcome: 'stored' }
  expect((await recoverJson()).answer).toEqual([stored])
})
