import { describe, expect, test } from 'vitest'
import type { EnvironmentLine } from '../../src/journal/line.ts'
import {
  callOf,
  fileAt,
  finished,
  recordJournal,
  runLine,
  SpoolBuilder,
  stat,
  wall,
  writeJournal,
} from './journal-builder.ts'

const environment: EnvironmentLine = {
  kind: 'environment',
  facts: { os: 'Linux 6.1', machine: 'x86_64', cpuCount: 2, memoryBytes: 1 << 30 },
  packages: [
    {
      purl: 'pkg:deb/debian/source-extractor@2.25.0',
      name: 'source-extractor',
      version: '2.25.0',
      programs: ['/usr/bin/source-extractor'],
    },
  ],
  programs: [{ path: '/opt/tool', sha256: 'f'.repeat(64) }],
}
const recorder = [runLine(), environment, finished]

/** A call of `swep.sextractor` that runs a program and waits for it. */
function spoolOf(args: string[], spawned: object, waited: object): SpoolBuilder {
  const spool = new SpoolBuilder()
  const main = spool.start(spool.component(''))
  const call = spool.start(spool.component('sextractor'), [], { caller: main })
  const spawn = spool.spawn(args, { call, ...spawned })
  spool.add({ kind: 'wait', spawn, ...waited })
  return spool.return(call).return(main)
}

describe('programs that calls start', () => {
  test.each([
    { says: {}, saw: { peak: 500, at: 1105 }, peak: 500 },
    { says: {}, saw: { peak: 500, at: 1104 }, peak: undefined },
    { says: { peak: 900 }, saw: { peak: 500, at: 1109 }, peak: 900 },
    { says: { peak: 900 }, saw: undefined, peak: 900 },
  ])(
    'the memory of a program is what its starter knows, or the recorder saw late enough: $says, $saw',
    async ({ says, saw, peak }) => {
      const spool = spoolOf(['tool'], { at: 100 }, { at: 110, status: 0, ...says })
      const lines = saw === undefined ? [] : [{ kind: 'peak' as const, spool: 'main', spawn: 1, ...saw }]
      const recorded = await recordJournal(writeJournal([spool], [runLine(), ...lines, finished]))
      expect(callOf(recorded, 'tool').peakMemory).toBe(peak)
    },
  )

  test('a program is a call of a command, with the files it read and wrote', async () => {
    const files = [
      { path: '/data/survey/a.cat', op: 'write', stat: stat(9, 9), seen: 'argument' },
      { path: '/data/survey/a.fits', op: 'read', stat: stat(4, 4), seen: 'argument' },
    ]
    const recorded = await recordJournal(
      writeJournal(
        [
          spoolOf(
            ['source-extractor', 'a.fits'],
            { program: '/usr/bin/source-extractor', pid: 4133 },
            { status: 0, cpu: 5, peak: 1000, files },
          ),
        ],
        recorder,
      ),
    )
    const program = callOf(recorded, 'source-extractor')
    expect(program).toMatchObject({
      caller: { call: callOf(recorded, 'swep.sextractor').n },
      commandLine: ['source-extractor', 'a.fits'],
      exitCode: 0,
      status: 'Completed',
      cpu: 5n,
      peakMemory: 1000,
      component: { kind: 'Command', package: { purl: 'pkg:deb/debian/source-extractor@2.25.0' } },
      process: {
        pid: 4133,
        label: 'source-extractor (pid 4133)',
        package: 'pkg:deb/debian/source-extractor@2.25.0',
      },
    })
    expect(program.usedFiles).toEqual([fileAt(recorded, 'a.fits')[0]?.n])
    expect(fileAt(recorded, 'a.cat')).toMatchObject([{ generatedBy: { call: program.n }, size: 9 }])
    expect(recorded.summaries.find((one) => one.component.kind === 'Command')).toMatchObject({
      inputBytes: 4,
      outputBytes: 9,
      process: program.process,
    })
  })

  test('a program of no package is known by its digest, and fails by its exit code or its signal', async () => {
    const recorded = await recordJournal(
      writeJournal([spoolOf(['./tool'], { program: '/opt/tool' }, { signal: 9 })], recorder),
    )
    expect(callOf(recorded, 'tool')).toMatchObject({
      status: 'Failed',
      exitCode: 137,
      component: { package: undefined, program: { path: '/opt/tool', sha256: 'f'.repeat(64) } },
    })
  })

  test('a file that a call opened for a program to write is the program’s in the end', async () => {
    const spool = new SpoolBuilder()
    const main = spool.start(spool.component(''))
    spool.file('write', 'out.txt', { call: main })
    const spawn = spool.spawn(['sort'], { call: main, output: '/data/survey/out.txt' })
    const written = {
      path: '/data/survey/out.txt',
      op: 'write',
      stat: stat(7, 7),
      old: stat(0, 1),
      seen: 'redirection',
    }
    spool.add({ kind: 'wait', spawn, status: 0, files: [written] }).return(main)
    spool.file('final', 'out.txt', { stat: stat(7, 7) })
    const recorded = await recordJournal(writeJournal([spool], recorder))
    const sort = { call: callOf(recorded, 'sort').n }
    expect(fileAt(recorded, 'out.txt')).toMatchObject([
      { generatedBy: { call: callOf(recorded, 'swep').n }, invalidatedBy: sort },
      { generatedBy: sort, invalidatedBy: undefined, size: 7 },
    ])
  })

  test('the time of a program is not its caller’s own, in any thread', async () => {
    const spool = new SpoolBuilder()
    const call = spool.start(spool.component('run'), [], { thread: 2, at: 1000 })
    const spawn = spool.spawn(['sleep'], { call, at: 1100 })
    spool.add({ kind: 'wait', spawn, status: 0, at: 1900 }).return(call, null, { at: 2000 })
    const recorded = await recordJournal(writeJournal([spool], recorder))
    const summary = recorded.summaries.find((one) => one.component.name === 'swep.run')
    expect(summary).toMatchObject({ wall: 1000n, self: 200n })
  })

  test('a program that nobody waited for is an open call with a gap', async () => {
    const spool = new SpoolBuilder()
    const main = spool.start(spool.component(''))
    spool.spawn(['daemon'], { call: main })
    spool.return(main)
    const recorded = await recordJournal(writeJournal([spool], recorder))
    expect(callOf(recorded, 'daemon')).toMatchObject({
      endedAt: undefined,
      status: 'Interrupted',
      gaps: [{ reason: 'nobody saw this program end' }],
    })
  })
})

/** python main.py → sh -c … → python step.py, whose clock is behind its parent's. */
test.each([
  { seen: 'change', wrote: [], made: false },
  { seen: 'change', wrote: ['/data/survey/a.cat'], made: true },
  { seen: 'open', wrote: [], made: true },
])('a file that $seen tells of, and $wrote, is seen as made: $made', async ({ seen, wrote, made }) => {
  const files = [{ path: '/data/survey/a.cat', op: 'write', stat: stat(9, 9), seen }]
  const peak = { kind: 'peak' as const, spool: 'main', at: 1, spawn: 1, peak: 1, wrote }
  const recorded = await recordJournal(
    writeJournal([spoolOf(['tool'], {}, { status: 0, files })], [runLine(), peak, finished]),
  )
  const tool = callOf(recorded, 'tool')
  const by = { call: tool.n }
  const [file] = recorded.files.values()
  expect(file?.generatedBy).toEqual(made ? by : undefined)
  expect(file?.possiblyGeneratedBy).toEqual(made ? undefined : by)
  expect(tool.gaps).toEqual(
    made ? [] : [{ reason: 'a.cat changed while this program ran; another program may have changed it' }],
  )
})

function family(): SpoolBuilder[] {
  const parent = new SpoolBuilder()
  const main = parent.start(parent.component(''))
  const spawn = parent.spawn(['sh', '-c', 'python step.py'], {
    call: main,
    pid: 200,
    program: '/bin/sh',
    at: 5000,
  })
  const files = [
    { path: '/data/survey/step.txt', op: 'write', stat: stat(3, 3), seen: 'change' },
    { path: '/data/survey/step.txt', op: 'read', stat: stat(3, 3), seen: 'argument' },
  ]
  parent.add({ kind: 'wait', spawn, status: 0, at: 9000, files }).return(main)
  const child = new SpoolBuilder({
    spool: 'child',
    pid: 201,
    parentPid: 200,
    parent: { spool: 'main', spawn },
    wall: String(wall - 1_000_000n),
  })
  child.module('step', 'x = 1\n')
  const step = child.start(child.component(''))
  child.file('write', 'step.txt', { call: step }).return(step)
  return [child, parent]
}

describe('processes that keep a journal', () => {
  test('what a child interpreter does is called by the program that its parent started', async () => {
    const recorded = await recordJournal(writeJournal(family(), recorder))
    const shell = callOf(recorded, 'sh')
    expect(shell.caller).toEqual({ call: callOf(recorded, 'swep').n })
    expect(callOf(recorded, 'step').caller).toEqual({ call: shell.n })
    expect(callOf(recorded, 'step').n).toBeGreaterThan(shell.n)
    expect(recorded.processes.map((process) => process.label)).toEqual([
      'python 3.11.7 (pid 100)',
      'python 3.11.7 (pid 201)',
      'sh (pid 200)',
    ])
  })

  test('what a recorded child wrote is its own, though its parent saw the change too', async () => {
    const recorded = await recordJournal(writeJournal(family(), recorder))
    expect(fileAt(recorded, 'step.txt')).toMatchObject([
      { generatedBy: { call: callOf(recorded, 'step').n }, size: 3 },
    ])
    expect(callOf(recorded, 'sh').usedFiles).toEqual([])
  })

  test('an interpreter that was started directly is one process with its program', async () => {
    const parent = new SpoolBuilder()
    const main = parent.start(parent.component(''))
    const spawn = parent.spawn(['python3', 'step.py'], { call: main })
    const child = new SpoolBuilder({
      spool: 'child',
      pid: 201,
      parentPid: 100,
      parent: { spool: 'main', spawn },
    })
    child.module('step', '')
    child.return(child.start(child.component('')))
    parent.add({ kind: 'wait', spawn, status: 0 }).return(main)
    const recorded = await recordJournal(writeJournal([parent, child], recorder))
    expect(recorded.processes).toHaveLength(2)
    expect(callOf(recorded, 'python3').process).toBe(callOf(recorded, 'step').process)
  })

  test('a forked child’s calls are called by the call that forked', async () => {
    const parent = new SpoolBuilder()
    const main = parent.start(parent.component(''))
    const pool = parent.start(parent.component('pool'), [], { caller: main })
    const children = [1, 2, 3].map((n) => {
      const child = new SpoolBuilder({
        spool: `child${n}`,
        pid: 200 + n,
        parent: { spool: 'main', call: pool },
        wall: String(wall + BigInt(2000 + n)),
      })
      child.call(child.component('work'), [n], n)
      return child
    })
    parent.return(pool, null, { at: 9000 }).return(main)
    const recorded = await recordJournal(writeJournal([...children, parent], recorder))
    const work = [...recorded.calls.values()].filter((call) => call.component.name === 'swep.work')
    expect(work.map((call) => call.caller)).toEqual(
      [1, 2, 3].map(() => ({ call: callOf(recorded, 'swep.pool').n })),
    )
    expect(recorded.components).toHaveLength(3)
    expect(recorded.summaries.find((one) => one.component.name === 'swep.work')).toMatchObject({
      callCount: 3,
    })
  })

  test.each([
    ['a child of it', { pid: 300, parentPid: 200 }],
    ['a child of its children', { pid: 301, parentPid: 300 }],
  ])('an interpreter inside a command that has no agent is called by it: %s', async (_, child) => {
    const command = new SpoolBuilder({ spool: 'command', interpreter: { name: 'node', version: '20.19.0' } })
    const spawn = command.spawn(['make'], { pid: 200 })
    command.add({ kind: 'wait', spawn, status: 0, at: 9000 })
    const inside = new SpoolBuilder({ spool: 'inside', wall: String(wall + 2000n), ...child })
    inside.return(inside.start(inside.component('')))
    const recorded = await recordJournal(writeJournal([command, inside], recorder))
    expect(callOf(recorded, 'swep').caller).toEqual({ call: callOf(recorded, 'make').n })
    expect(callOf(recorded, 'make').caller).toBeUndefined()
    expect(recorded.run.environment.interpreter).toBeUndefined()
    expect(recorded.run.pipeline.entry).toBe('python')
  })

  test('calls are numbered as they start, across processes', async () => {
    const one = new SpoolBuilder({ spool: 'one', wall: String(wall) })
    const other = new SpoolBuilder({ spool: 'other', pid: 2, wall: String(wall + 50n) })
    const [f, g] = [one.component('f'), other.component('g')]
    for (let i = 1; i < 4; i++) {
      one.call(f, [i], null, { at: 100 * i })
      other.call(g, [i], null, { at: 100 * i })
    }
    const recorded = await recordJournal(writeJournal([other, one], recorder))
    const names = [...recorded.calls.values()].sort((a, b) => a.n - b.n).map((call) => call.component.name)
    expect(names).toEqual(['swep.f', 'swep.g', 'swep.f', 'swep.g', 'swep.f', 'swep.g'])
  })
})
