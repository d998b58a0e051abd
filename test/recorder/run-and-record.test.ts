import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LaunchError } from '../../src/errors.ts'
import { packageRoot } from '../../src/package-root.ts'
import { runAndRecord } from '../../src/recorder/run-and-record.ts'
import { makeFolder } from '../capture/temporary-folder.ts'
import { makePlace } from './left-journal.ts'
import { memoryStore } from '../store/memory-store.ts'

const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }
const shell = (script: string) =>
  ({ command: ['sh', '-c', script], directory: makeFolder(), detail: 'adaptive' }) as const

test('A program is run, and its run is stored when the caller says so', async () => {
  const { workplace } = await makePlace()
  const store = memoryStore()
  const ended = await runAndRecord(workplace, store, { ...shell('echo x > out; exit 3'), name: 'survey' })
  expect(ended).toMatchObject({ name: 'survey', ending: { status: 3, signal: undefined } })
  expect(ended.journal).toBe(join(workplace.journals, ended.id))
  expect(await store.runs()).toEqual([])

  const steps: string[] = []
  const kept = await ended.store((step) => steps.push(step))
  expect(kept).toMatchObject({ fault: undefined, damaged: undefined, products: 1 })
  expect(kept.entry).toMatchObject({ id: `urn:uuid:${ended.id}`, name: 'survey', exitCode: 3 })
  expect(steps.at(-1)).toBe('syncing')
  expect(await store.runs()).toEqual([kept.entry])
  expect(existsSync(ended.journal)).toBe(false)
})

test('The journal says what the settings of the workplace are, and which vampira recorded it', async () => {
  const { workplace: place, store } = await makePlace()
  const settings = {
    base: 'https://example.org/',
    quality: [{ metric: 'snr', component: 'survey.snr', unit: 'dB' }],
    generators: ['survey.random'],
    include: ['json'],
    exclude: ['survey.plots'],
    ignore: ['*.log'],
    keep: 'texts' as const,
  }
  const { journal } = await runAndRecord({ ...place, settings }, store, {
    ...shell('true'),
    include: ['re'],
    quality: [{ metric: 'snr', file: 'snr.json' }],
  })
  const { keep: _, ...withoutKeep } = settings
  const [run = ''] = readFileSync(join(journal, 'recorder.jsonl'), 'utf8').split('\n')
  expect(JSON.parse(run)).toMatchObject({
    kind: 'run',
    recorder: version,
    ...withoutKeep,
    include: ['re', 'json'],
    quality: [{ metric: 'snr', file: 'snr.json' }],
  })
})

test('What keeps the journal from being whole is handed over beside the run, which says less', async () => {
  const { workplace, store } = await makePlace()
  // The recorder writes a spool of this name for a program without an agent; this device is always full.
  const ended = await runAndRecord(
    workplace,
    store,
    shell('ln -s /dev/full "$VAMPIRA_JOURNAL/$PPID-recorder.jsonl"'),
  )
  const kept = await ended.store(() => {})
  expect(kept.fault).toMatchObject({ code: 'ENOSPC' })
  expect(kept.gaps).toBeGreaterThan(0)
  expect(await store.runs()).toEqual([kept.entry])
})

test('A program that cannot be started leaves nothing behind', async () => {
  const { workplace, store } = await makePlace()
  const request = { ...shell(''), command: ['./no-such-program'] }
  await expect(runAndRecord(workplace, store, request)).rejects.toThrow(LaunchError)
  expect(await store.runs()).toEqual([])
})
