import { execFile, execFileSync } from 'node:child_process'
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { StoreError, UsageError } from '../../../src/errors.ts'
import { DirectoryStore } from '../../../src/store/directory/directory-store.ts'
import { openStore } from '../../../src/store/open-store.ts'
import type { RunEntry } from '../../../src/store/store.ts'
import { runId } from '../../prov/example-run.ts'
import { idOf, sampleTexts, storeSample, type SampleTexts } from '../sample-run.ts'

const run = promisify(execFile)
const child = fileURLToPath(new URL('store-process.mjs', import.meta.url))
let texts: SampleTexts
let folder: string
let store: DirectoryStore

beforeAll(async () => {
  texts = await sampleTexts()
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vampira-store-'))
  store = await DirectoryStore.create(inStore())
})
afterEach(() => rm(folder, { recursive: true }))

const inStore = (...names: string[]) => join(folder, '.vampira', ...names)
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )
const ids = (runs: readonly RunEntry[]) => runs.map((entry) => entry.id)

async function textOf(id: string, part: 'record' | 'summary'): Promise<string> {
  let text = ''
  for await (const chunk of (await store.graph(id, part)).text()) text += chunk
  return text
}

describe('the digests of a run', () => {
  test('are those that sha256sum finds', async () => {
    await storeSample(store, 1, texts)
    const { stdout } = await run('sha256sum', ['-c', 'SHA256SUMS'], { cwd: inStore('runs', idOf(1)) })
    expect(stdout).toBe('record.trig: OK\nsummary.nq: OK\n')
  })

  test('make an error of a file that was changed and can still be parsed', async () => {
    await storeSample(store, 1, texts)
    const file = inStore('runs', idOf(1), 'record.trig')
    await writeFile(file, texts.record.replace('vam:Completed', 'vam:Failed'))
    const error = await failure(textOf(idOf(1), 'record'))
    expect(error).toBeInstanceOf(StoreError)
    expect(error).toMatchObject({
      message: 'A stored file was changed or damaged: its SHA-256 is not the one in SHA256SUMS',
      place: { file },
      advice: expect.stringContaining('Restore it from a copy'),
    })
    expect(await textOf(idOf(1), 'summary')).toContain(idOf(1))
  })

  test('are not missed in a run of before there were any', async () => {
    await storeSample(store, 1, texts)
    await rm(inStore('runs', idOf(1), 'SHA256SUMS'))
    await writeFile(inStore('runs', idOf(1), 'record.trig'), 'another text')
    expect(await textOf(idOf(1), 'record')).toBe('another text')
  })
})

describe('making and opening a store', () => {
  test('making one twice changes nothing', async () => {
    const stored = await storeSample(store, 1, texts)
    const again = await DirectoryStore.create(inStore())
    expect(await again.runs()).toEqual([stored])
  })

  test('it is found from any folder below it, by its folder, and by its own path', async () => {
    await mkdir(join(folder, 'a', 'b'), { recursive: true })
    for (const opened of [
      await openStore(undefined, join(folder, 'a', 'b')),
      await openStore(folder),
      await openStore('.', folder),
      await openStore(inStore()),
    ]) {
      expect(opened.location).toBe(inStore())
    }
  })

  test('a store whose folder of runs was removed has no runs', async () => {
    await rm(inStore('runs'), { recursive: true })
    expect(await store.runs()).toEqual([])
  })

  test('a folder of runs that cannot be read is an error', async () => {
    await rm(inStore('runs'), { recursive: true })
    await writeFile(inStore('runs'), '')
    expect(await failure(store.runs())).toMatchObject({
      message: 'Cannot list the runs: a part of its path is not a folder',
      place: { file: inStore('runs') },
    })
    expect(await failure(store.has(idOf(1)))).toBeInstanceOf(StoreError)
    expect(await failure(store.graph(idOf(1), 'record'))).toMatchObject({
      message: `Cannot read run ${idOf(1)}: a part of its path is not a folder`,
    })
  })

  test('what cannot be made is an error', async () => {
    await writeFile(join(folder, 'file'), '')
    expect(await failure(DirectoryStore.create(join(folder, 'file')))).toMatchObject({
      message: expect.stringMatching(/^Cannot make a store: /),
      place: { file: join(folder, 'file') },
    })
  })
})

describe('keeping runs', () => {
  test('nothing of a run is seen before it is committed, and all of it after', async () => {
    const writer = await store.begin(idOf(1))
    await writer.write('record', texts.record)
    expect(await store.runs()).toEqual([])
    await writer.write('summary', texts.summary)
    await writer.commit({ ...texts.line, id: `urn:uuid:${idOf(1)}` })
    expect(await store.runs()).toEqual([{ ...texts.line, id: `urn:uuid:${idOf(1)}` }])
    expect(await textOf(`urn:uuid:${idOf(1)}`, 'record')).toBe(texts.record)
    expect(await textOf(idOf(1), 'summary')).toBe(texts.summary)
    expect((await readdir(inStore('runs', idOf(1)))).sort()).toEqual([
      'SHA256SUMS',
      'record.trig',
      'summary.nq',
    ])
  })

  test('an abandoned run leaves no trace', async () => {
    const writer = await store.begin(idOf(1))
    await writer.write('record', 'x')
    await writer.abandon()
    expect(await readdir(inStore('runs'))).toEqual([])
  })

  test('a run that is committed twice is kept once', async () => {
    await storeSample(store, 1, texts)
    await storeSample(store, 1, texts)
    expect(await store.runs()).toHaveLength(1)
    expect(await readdir(inStore('runs'))).toEqual([idOf(1)])
  })

  test('runs are listed oldest first, whatever the order in which they were stored', async () => {
    for (const n of [3, 1, 2]) await storeSample(store, n, texts)
    expect(ids(await store.runs())).toEqual([1, 2, 3].map((n) => `urn:uuid:${idOf(n)}`))
  })

  test('drafts of dead processes are removed, those of living ones are not', async () => {
    const living = await store.begin(idOf(1))
    const [draft] = await readdir(inStore('runs'))
    const dead = run(process.execPath, ['--version'])
    await dead
    const { pid } = dead.child
    await mkdir(inStore('runs', draft!.replace(`-${process.pid}-`, `-${pid}-`)))
    await (await store.begin(idOf(2))).abandon()
    expect(await readdir(inStore('runs'))).toEqual([draft])
    await living.abandon()
  })

  test('a run that is not there is an error that names its place', async () => {
    const error = {
      message: `Run ${idOf(9)} is not in the store, or a file of it is missing`,
      advice: '`vampira list` shows the runs that are there.',
    }
    const place = { file: inStore('runs', idOf(9), 'record.trig') }
    expect(await failure(store.graph(idOf(9), 'record'))).toMatchObject({ ...error, place })
    expect(await failure(store.notes(idOf(9)))).toMatchObject(error)
  })

  test.each(['../../etc', 'last', '', `${idOf(1)}/..`, `x${idOf(1)}`, idOf(1).slice(1)])(
    '%j names no run',
    async (name) => {
      for (const asked of [
        store.graph(name, 'record'),
        store.notes(name),
        store.has(name),
        store.begin(name),
      ]) {
        expect(await failure(asked)).toBeInstanceOf(UsageError)
      }
    },
  )

  test('a run is there once it is committed, by whichever of its names one asks', async () => {
    expect(await store.has(idOf(1))).toBe(false)
    const writer = await store.begin(idOf(1))
    expect(await store.has(idOf(1))).toBe(false)
    await writer.abandon()
    await storeSample(store, 1, texts)
    for (const name of [idOf(1), `urn:uuid:${idOf(1)}`, `URN:UUID:${idOf(1).toUpperCase()}`]) {
      expect(await store.has(name)).toBe(true)
      expect((await store.graph(name, 'record')).graph).toBe(`urn:uuid:${idOf(1)}#record`)
    }
    await writeFile(inStore('runs', idOf(1), 'summary.nq'), 'damaged')
    expect(await store.has(idOf(1))).toBe(true)
    expect(await store.has(idOf(2))).toBe(false)
  })

  test('a graph is described without reading it', async () => {
    await storeSample(store, 1, texts)
    const file = inStore('runs', idOf(1), 'record.trig')
    const record = await store.graph(idOf(1), 'record')
    expect(record).toMatchObject({
      graph: `urn:uuid:${idOf(1)}#record`,
      mediaType: 'application/trig',
      size: (await readFile(file)).length,
      file,
    })
    expect(await store.graph(idOf(1), 'summary')).toMatchObject({ mediaType: 'application/n-quads' })
    await rm(file)
    expect(await failure(record.text()[Symbol.asyncIterator]().next())).toMatchObject({
      message: 'Cannot read a stored graph: it is not there',
      place: { file },
    })
  })

  test('notes are graphs of their own, in their order', async () => {
    await storeSample(store, 1, texts)
    for (const name of [
      'notes-10.trig',
      'notes-2.trig',
      'notes-3.trig.tmp',
      'old-notes-4.trig',
      'notes-.trig',
    ]) {
      await writeFile(inStore('runs', idOf(1), name), 'text')
    }
    expect(await store.notes(idOf(1))).toMatchObject(
      [2, 10].map((n) => ({
        graph: `urn:uuid:${idOf(1)}#notes-${n}`,
        mediaType: 'application/trig',
        size: 4,
        file: inStore('runs', idOf(1), `notes-${n}.trig`),
      })),
    )
  })
})

describe('the index of runs', () => {
  let stored: RunEntry[]
  const index = () => readFile(inStore('runs.jsonl'), 'utf8')
  const lines = async () =>
    (await index())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)

  beforeEach(async () => {
    stored = [await storeSample(store, 1, texts), await storeSample(store, 2, texts)]
  })

  test('is a line a run, and listing reads no graph', async () => {
    expect(await lines()).toEqual(stored)
    for (const n of [1, 2]) await rm(inStore('runs', idOf(n), 'summary.nq'))
    expect(await store.runs()).toEqual(stored)
  })

  test('is made again from the summaries when it is absent', async () => {
    await rm(inStore('runs.jsonl'))
    expect(await store.runs()).toEqual(stored)
    expect((await index()).split('\n')).toHaveLength(3)
  })

  test.each([
    ['a last line that is torn', async (text: string) => text.slice(0, -40)],
    ['a line that is no JSON', async (text: string) => `{{{{\n${text}`],
    ['a line that is no run', async (text: string) => `${text}{"id":1}\n`],
    ['a line that is missing', async (text: string) => text.slice(text.indexOf('\n') + 1)],
    ['bytes that are no text', async (text: string) => `${text}\u0000\u0000\u0000`],
  ])('survives %s', async (_, damage) => {
    await writeFile(inStore('runs.jsonl'), await damage(await index()))
    expect(await store.runs()).toEqual(stored)
    // The reader has made the index again; a line that is missing was added at its end.
    expect(await lines()).toEqual(expect.arrayContaining(stored))
    const third = await storeSample(store, 3, texts)
    expect(await lines()).toHaveLength(3)
    expect((await lines()).at(-1)).toEqual(third)
    expect(await store.runs()).toEqual([...stored, third])
  })

  test('takes a new line after a torn one', async () => {
    await appendFile(inStore('runs.jsonl'), '{"id":"urn:uu')
    const third = await storeSample(store, 3, texts)
    // Before anybody reads the store, since a reader makes a damaged index again.
    expect((await index()).split('\n').slice(2)).toEqual(['{"id":"urn:uu', JSON.stringify(third), ''])
    expect(await store.runs()).toEqual([...stored, third])
  })

  test('does not list a run whose folder is gone', async () => {
    await rm(inStore('runs', idOf(1)), { recursive: true })
    expect(await store.runs()).toEqual(stored.slice(1))
  })

  test('a damaged summary is a problem with file and line, and the other runs are listed', async () => {
    const file = inStore('runs', idOf(1), 'summary.nq')
    const lines = (await readFile(file, 'utf8')).split('\n')
    lines[4] = '<urn:a> <urn:b> oops'
    await writeFile(file, lines.join('\n'))
    await rm(inStore('runs.jsonl'))
    expect(await store.runs()).toEqual(stored.slice(1))
    expect(store.problems).toHaveLength(1)
    expect(store.problems[0]!.place).toEqual({ file, line: 5 })
    expect(store.problems[0]!.advice).toContain('other runs')
  })

  test('a summary that lost its end is a problem too', async () => {
    const file = inStore('runs', idOf(1), 'summary.nq')
    await writeFile(file, '')
    await rm(inStore('runs.jsonl'))
    expect(await store.runs()).toEqual(stored.slice(1))
    expect(store.problems[0]!.place?.file).toBe(file)
  })
})

describe('several processes at once', () => {
  test('each run that any of them stored is listed, also while others make the index again', async () => {
    const sample = join(folder, 'texts.json')
    await writeFile(sample, JSON.stringify({ template: runId, ...texts }))
    const writers = [0, 1, 2].map((n) =>
      run(process.execPath, [child, 'write', folder, sample, `${n * 20}`, '20']),
    )
    const listers = (async () => {
      for (let n = 0; n < 3; n++) {
        await rm(inStore('runs.jsonl'), { force: true })
        await Promise.all([0, 1].map(() => run(process.execPath, [child, 'list', folder])))
      }
    })()
    await Promise.all([...writers, listers])
    const wanted = Array.from({ length: 60 }, (_, n) => `urn:uuid:${idOf(n)}`)
    expect(ids(await store.runs())).toEqual(wanted)
    await rm(inStore('runs.jsonl'))
    const lists = await Promise.all([0, 1, 2].map(() => run(process.execPath, [child, 'list', folder])))
    for (const { stdout } of lists) expect(ids(JSON.parse(stdout) as RunEntry[])).toEqual(wanted)
    expect(ids(await store.runs())).toEqual(wanted)
  })
})

/** Mounts a file system of 512 KiB, in a namespace of its own, and runs Node in it. */
const inSmallFileSystem = ['-Urm', 'sh', '-c', 'mount -t tmpfs -o size=512k tmpfs "$0" && exec "$@"']

function canMount(): boolean {
  try {
    execFileSync('unshare', [...inSmallFileSystem, tmpdir(), 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe('a full disk', () => {
  // Skipped where this system lets nobody mount a small file system (user namespaces are off, or it is not Linux).
  test.skipIf(!canMount())('loses nothing that was stored, and says what to do', async () => {
    const { stdout } = await run('unshare', [
      ...inSmallFileSystem,
      folder,
      process.execPath,
      child,
      'fill',
      folder,
    ])
    const { error, runs, left } = JSON.parse(stdout) as { error: StoreError; runs: unknown[]; left: string[] }
    expect(error.name).toBe('StoreError')
    expect(error.message).toMatch(/^Cannot save run .*: the disk is full$/)
    expect(error.advice).toContain('vampira recover')
    expect(runs).toEqual([])
    expect(left).toEqual([])
  })
})
