import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { StoreError } from '../../../src/errors.ts'
import { hashHost } from '../../../src/host-hash.ts'
import { DirectoryStore } from '../../../src/store/directory/directory-store.ts'
import { RunDraft } from '../../../src/store/directory/run-draft.ts'
import { makeFolder } from '../../capture/temporary-folder.ts'
import { idOf, sampleTexts, storeSample } from '../sample-run.ts'
import type { SampleTexts } from '../sample-run.ts'

const day = 24 * 3600
const here = hashHost()
const elsewhere = here.replace(/./, (digit) => (digit === '0' ? '1' : '0'))
let texts: SampleTexts
let folder: string
let runs: string
let store: DirectoryStore

beforeAll(async () => {
  texts = await sampleTexts()
})
beforeEach(async () => {
  folder = makeFolder()
  store = await DirectoryStore.create(folder)
  runs = join(folder, 'runs')
})

/** The id of a process that has ended. */
function deadProcess(): string {
  return execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }).trim()
}

/** A draft that was last changed so many days ago. */
function leaveDraft(host: string, pid: number | string, days: number): string {
  const draft = `tmp-${idOf(7)}-${host}-${pid}-0a1b2c3d`
  mkdirSync(join(runs, draft))
  writeFileSync(join(runs, draft, 'record.trig'), 'half a rec')
  const then = Date.now() / 1000 - days * day
  utimesSync(join(runs, draft), then, then)
  return draft
}

test.each<[whose: string, host: string, pid: () => string, days: number]>([
  ['a process on another host that cannot be seen from here', elsewhere, deadProcess, 0],
  ['a process on another host that was seen six days ago', elsewhere, deadProcess, 6],
  ['a host named by eight digits, as older versions did', `${elsewhere}0f`, deadProcess, 6],
  ['this process', here, () => String(process.pid), 8],
])('The draft of %s stays', async (_, host, pid, days) => {
  const draft = leaveDraft(host, pid(), days)
  await (await store.begin(idOf(1))).abandon()
  expect(readdirSync(runs)).toEqual([draft])
  expect(readFileSync(join(runs, draft, 'record.trig'), 'utf8')).toBe('half a rec')
})

test.each<[whose: string, host: string, days: number]>([
  ['a process of this host that has ended', here, 0],
  ['a process on another host that nobody has seen for eight days', elsewhere, 8],
  ['a host named by eight digits, eight days old', `${elsewhere}0f`, 8],
])('The draft of %s is removed', async (_, host, days) => {
  leaveDraft(host, deadProcess(), days)
  await (await store.begin(idOf(1))).abandon()
  expect(readdirSync(runs)).toEqual([])
})

test('What is no draft of ours stays, however old', async () => {
  const names = ['tmp-notes', `tmp-${idOf(1)}-nohost-1-ab`, `old-tmp-${idOf(1)}-${here}-1-ab`]
  for (const name of names) {
    mkdirSync(join(runs, name))
    utimesSync(join(runs, name), 0, 0)
  }
  await (await store.begin(idOf(1))).abandon()
  expect(readdirSync(runs).sort()).toEqual(names.sort())
})

test('A run that cannot be begun is an error with the folder', async () => {
  rmSync(runs, { recursive: true })
  writeFileSync(runs, 'in the way')
  const begun = store.begin(idOf(1))
  await expect(begun).rejects.toThrow(StoreError)
  await expect(begun).rejects.toMatchObject({ place: { file: runs } })
  await expect(
    RunDraft.begin({ runs: join(folder, 'nowhere'), id: idOf(1), onStored: async () => {} }),
  ).rejects.toThrow(`Cannot begin run ${idOf(1)}: it is not there`)
})

test('The folder of runs is made again if it was removed', async () => {
  rmSync(runs, { recursive: true })
  const entry = await storeSample(store, 1, texts)
  expect(await store.runs()).toEqual([entry])
})

test('A commit that fails is an error, and leaves neither a run nor a draft', async () => {
  const writer = await store.begin(idOf(1))
  await writer.write('record', texts.record)
  const [draft = ''] = readdirSync(runs)
  // The name of the run is taken by something that is no run.
  mkdirSync(join(runs, idOf(1), 'in the way'), { recursive: true })
  const committed = writer.commit({ ...texts.line, id: `urn:uuid:${idOf(1)}` })
  await expect(committed).rejects.toThrow(`Cannot save run ${idOf(1)}: it is not there`)
  await expect(committed).rejects.toMatchObject({ place: { file: join(runs, draft) } })
  expect(readdirSync(runs)).toEqual([idOf(1)])
  expect(existsSync(join(folder, 'runs.jsonl'))).toBe(false)
  await writer.abandon()
})

test('Of two that commit the same run at once the first is kept, as it was written', async () => {
  const [first, second] = [await store.begin(idOf(1)), await store.begin(idOf(1))]
  const entry = { ...texts.line, id: `urn:uuid:${idOf(1)}` }
  await first.write('record', 'first')
  await second.write('record', 'second')
  await first.commit(entry)
  await second.commit(entry)
  expect(readdirSync(runs)).toEqual([idOf(1)])
  expect(readFileSync(join(runs, idOf(1), 'record.trig'), 'utf8')).toBe('first')
  expect(await store.runs()).toEqual([entry])
})

test('A run is stored also when its line cannot be added to the index', async () => {
  mkdirSync(join(folder, 'runs.jsonl'))
  const entry = await storeSample(store, 1, texts)
  await expect(store.runs()).rejects.toThrow('Cannot read the index of runs: it is a folder')
  rmSync(join(folder, 'runs.jsonl'), { recursive: true })
  expect(await store.runs()).toEqual([entry])
})

test('After an abandoned run nothing can be written to it any more', async () => {
  const writer = await store.begin(idOf(1))
  await writer.abandon()
  await expect(writer.write('record', 'x')).rejects.toThrow(StoreError)
  await writer.abandon()
  expect(readdirSync(runs)).toEqual([])
})
