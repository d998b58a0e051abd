import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { JournalError } from '../../src/errors.ts'
import type { FinishLine, RecorderLine, RepositoryLine } from '../../src/journal/line.ts'
import {
  callOf,
  finished,
  recordJournal,
  runLine,
  sha,
  SpoolBuilder,
  stat,
  wall,
  writeJournal,
} from './journal-builder.ts'

const small = () => {
  const spool = new SpoolBuilder()
  const main = spool.start(spool.component(''))
  spool.call(spool.component('f'), [1], 2, { caller: main, from: [1, 4] })
  return spool.return(main)
}

describe('the run as a whole', () => {
  test('it is named after the pipeline and the minute it began', async () => {
    const recorded = await recordJournal(writeJournal([small()]))
    expect(recorded.run).toMatchObject({
      label: 'astronomy, 23 Nov 2026 20:14',
      status: 'Completed',
      exitCode: 0,
      startedAt: wall,
      endedAt: wall + 1_000_000n,
      wall: 1_000_000n,
      agents: [{ name: 'vampira-python', version: '0.1.0' }],
    })
  })

  const endings: [string, FinishLine | undefined, object][] = [
    ['completed', { kind: 'finish', at: 5, status: 0 }, { status: 'Completed', exitCode: 0 }],
    ['failed by its exit code', { kind: 'finish', at: 5, status: 3 }, { status: 'Failed', exitCode: 3 }],
    ['failed by a fault of its own', { kind: 'finish', at: 5, signal: 'SIGSEGV' }, { status: 'Failed' }],
    [
      'interrupted from outside',
      { kind: 'finish', at: 5, signal: 'SIGKILL' },
      { status: 'Interrupted', signal: 'SIGKILL', endedAt: wall + 5n },
    ],
    [
      'interrupted with its recorder',
      undefined,
      { status: 'Interrupted', endedAt: undefined, wall: undefined },
    ],
  ]
  test.each(endings)('a run has %s', async (_, finish, expected) => {
    const recorded = await recordJournal(writeJournal([small()], finish ? [runLine(), finish] : [runLine()]))
    expect(recorded.run).toMatchObject(expected)
  })

  test('what the recorder dropped is counted with what the agents dropped, and every gap is kept', async () => {
    const spool = small().add({ kind: 'gap', reason: 'too many calls', dropped: 5 })
    const lines = [runLine(), { kind: 'gap', at: 2, reason: 'the disk was full', dropped: 4 } as const]
    const { run } = await recordJournal(writeJournal([spool], lines))
    expect(run.droppedEvents).toBe(9)
    expect(run.gaps.map(({ reason }) => reason)).toEqual(['the disk was full', 'too many calls'])
  })

  test('a call that never ended is interrupted and has no end', async () => {
    const spool = new SpoolBuilder()
    const main = spool.start(spool.component(''))
    spool.start(spool.component('f'), [1], { caller: main })
    const recorded = await recordJournal(writeJournal([spool], [runLine()]))
    for (const name of ['swep', 'swep.f']) {
      expect(callOf(recorded, name)).toMatchObject({
        status: 'Interrupted',
        endedAt: undefined,
        wall: undefined,
      })
    }
  })

  test('a call that raised says what and where', async () => {
    const spool = new SpoolBuilder()
    const call = spool.start(spool.component('f'), [], { from: [1, 4] })
    spool.add({ kind: 'raise', call, type: 'ValueError', message: 'no stars', raisedAt: [1, 2] })
    const recorded = await recordJournal(writeJournal([spool]))
    expect(callOf(recorded, 'swep.f')).toMatchObject({
      status: 'Failed',
      calledFrom: 'swep.py:4',
      exception: { type: 'ValueError', message: 'no stars', raisedAt: 'swep.py:2' },
    })
  })

  test('metadata, notes, variables, gaps and dropped events are recorded', async () => {
    const spool = small()
    spool.add({ kind: 'note', type: 'metadata', name: 'filter', value: 'r' })
    spool.add({ kind: 'gap', reason: 'fork without a journal', dropped: 3 })
    const recorder: RecorderLine[] = [
      runLine({ metadata: [{ name: 'telescope', value: 'test' }], redacted: 1 }),
      {
        kind: 'environment',
        facts: {
          os: 'Linux',
          machine: 'x86_64',
          cpuCount: 2,
          memoryBytes: 5,
          interpreter: 'pkg:generic/cpython@3.11.7',
        },
        packages: [{ purl: 'pkg:pypi/numpy@1.24.2', name: 'numpy', version: '1.24.2', modules: ['numpy'] }],
        variables: { PYTHONHASHSEED: '0' },
      },
      finished,
    ]
    spool.add({ kind: 'library', name: 'numpy', version: '1.24.2' })
    const { run } = await recordJournal(writeJournal([spool], recorder))
    expect(run).toMatchObject({
      metadata: [{ name: 'telescope' }, { name: 'filter' }],
      gaps: [{ reason: 'fork without a journal' }],
      droppedEvents: 3,
      redacted: 1,
      variables: [{ name: 'PYTHONHASHSEED', value: { lexical: '0' } }],
      environment: { os: 'Linux', packages: [{ purl: 'pkg:pypi/numpy@1.24.2' }] },
    })
  })

  test('a declared quality metric is what the component returned, each time', async () => {
    const spool = new SpoolBuilder()
    const f = spool.component('completeness')
    // The first call is recorded one by one anyway.
    spool.call(f, [], 'not a number')
    for (let i = 0; i < 4; i++) spool.call(f, [], i / 8)
    const quality = [{ metric: 'completeness', component: 'swep.completeness', unit: '1' }]
    const recorded = await recordJournal(writeJournal([spool], [runLine({ quality }), finished]), {
      first: 1,
    })
    expect(recorded.run.quality).toHaveLength(4)
    for (const { on, by } of recorded.run.quality) {
      expect(on).toEqual(by)
      expect(recorded.calls.has((on as { call: number }).call)).toBe(true)
    }
  })

  test('a measurement is listed for the calls that are recorded one by one, not for those of a group', async () => {
    const spool = new SpoolBuilder()
    const main = spool.start(spool.component(''))
    const f = spool.component('completeness')
    for (let i = 0; i < 8; i++) {
      const call = spool.start(f, [], { caller: main })
      spool.add({ kind: 'suspend', call, value: 'step' }).add({ kind: 'resume', call }).return(call, 0.5)
    }
    spool.return(main)
    const quality = [{ metric: 'completeness', component: 'swep.completeness' }]
    const recorded = await recordJournal(writeJournal([spool], [runLine({ quality }), finished]), {
      first: 2,
    })
    expect(recorded.groups).toMatchObject([{ callCount: 4 }])
    expect(recorded.run.quality.map(({ on }) => on)).toEqual([2, 3, 4, 5].map((call) => ({ call })))
  })

  test('the memory curve adds processes up, keeps its peak and at most 200 points', async () => {
    const spool = small()
    for (let i = 0; i < 5000; i++) {
      spool.add({ kind: 'memory', at: 1000 + i * 1_000_000, resident: i === 3210 ? 2 ** 30 : 2 ** 20 })
    }
    const { run } = await recordJournal(writeJournal([spool]))
    expect(run.memoryCurve.length).toBeLessThanOrEqual(200)
    expect(run.memoryCurve.length).toBeGreaterThan(90)
    expect(Math.max(...run.memoryCurve.map(([, mebibytes]) => mebibytes))).toBe(1024)
  })

  const repository: RepositoryLine = {
    kind: 'repository',
    project: 'survey',
    root: '/data/survey',
    origin: 'https://example.org/survey.git',
    commit: '9f2c1e7',
    dirty: false,
    files: { 'other.py': sha('1'), 'swep.py': sha('2') },
  }
  test('a pipeline version is the files that git tracks, as they were loaded', async () => {
    const { run, components } = await recordJournal(
      writeJournal([small()], [runLine(), repository, finished]),
    )
    expect(run.pipeline).toMatchObject({
      name: 'astronomy',
      entry: 'swep.py',
      commit: '9f2c1e7',
      uncommittedChanges: false,
    })
    expect(run.pipeline.sources.map((source) => source.path)).toEqual(['other.py', 'swep.py'])
    expect(run.pipeline.sources[1]?.sha256).toBe(components[0]?.code?.file.sha256)
    expect(components[0]?.code?.project).toBe('survey')
  })

  test('without git it is the files that were loaded', async () => {
    const { run, components } = await recordJournal(writeJournal([small()]))
    expect(run.pipeline.sources).toEqual([components[0]?.code?.file])
    expect(components[0]?.code?.project).toBe('survey')
  })

  test('a spool cut in its first line is a gap, not a failure', async () => {
    const folder = writeJournal([small()])
    writeFileSync(join(folder, 'other.jsonl'), '{"kind":"proc')
    const { run } = await recordJournal(folder)
    expect(run.gaps).toEqual([{ reason: 'other.jsonl was cut before its first line was whole' }])
  })

  test('a journal that says nowhere what was run is refused', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vampira-journal-'))
    await expect(recordJournal(folder)).rejects.toThrow(JournalError)
    expect((await recordJournal(folder, { run: runLine() })).run.status).toBe('Interrupted')
  })

  test('of a journal cut at any byte, every call that had finished is recorded', async () => {
    const spool = new SpoolBuilder()
    const main = spool.start(spool.component(''))
    const f = spool.component('f')
    for (let i = 0; i < 2; i++) {
      const call = spool.start(f, ['ä', i], { caller: main })
      spool.file('write', `${i}.txt`, { call, old: stat(1, 1) })
      spool.add({ kind: 'suspend', call, value: i })
      spool.return(call, 'ü')
    }
    spool.add({ kind: 'wait', spawn: spool.spawn(['ls'], { call: main }), status: 0 })
    spool.add({ kind: 'exit' })
    const folder = writeJournal([spool], [runLine()])
    const file = join(folder, 'main.jsonl')
    const bytes = readFileSync(file)
    for (let size = bytes.length; size >= 0; size--) {
      truncateSync(file, size)
      const recorded = await recordJournal(folder)
      const whole = bytes.subarray(0, size).toString().split('\n').slice(0, -1)
      const ended = whole.filter((line) => /"kind":"(return|wait)"/.test(line)).length
      expect([...recorded.calls.values()].filter((call) => call.status === 'Completed')).toHaveLength(ended)
    }
  })
})
