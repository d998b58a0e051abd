import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { captureRun } from '../../src/capture/capture-run.ts'
import type { CaptureRequest } from '../../src/capture/capture-request.ts'
import type { Clock } from '../../src/capture/clock.ts'
import { LaunchError, StoreError } from '../../src/errors.ts'
import { parseLine } from '../../src/journal/parse-line.ts'
import type { JournalLine, RecorderLine } from '../../src/journal/line.ts'
import { makeFolder } from './temporary-folder.ts'

function readSpool(file: string): JournalLine[] {
  const texts = readFileSync(file, 'utf8').trimEnd().split('\n')
  return texts.map((text, index) => parseLine(text, file, index + 1))
}

function readLines(journal: string): RecorderLine[] {
  return readSpool(join(journal, 'recorder.jsonl')) as RecorderLine[]
}

/** The spool that the recorder writes for a command without an agent; empty where there is none. */
function readCommand(journal: string): JournalLine[] {
  const name = readdirSync(journal).find((file) => file.endsWith('-recorder.jsonl'))
  return name === undefined ? [] : readSpool(join(journal, name))
}

async function capture(directory: string, command: string[], more: Partial<CaptureRequest> = {}) {
  const journals = join(directory, 'journals')
  const run = await captureRun({ ...request, command, directory, journals, ...more })
  await run.complete(() => {})
  return run
}

const request = { base: 'urn:vampira:', detail: 'adaptive', recorder: '0.1.0' } as const

test('A file that the program changes after it read it has the digest of what was read', async () => {
  const directory = makeFolder()
  writeFileSync(join(directory, 'input'), 'as it was')
  // An agent in six lines of shell: it says what was read, waits for the recorder to have read it too, and goes on.
  const script = `
    size=$(stat -c %s input); modified=$(date -r input +%s%N)
    printf '{"kind":"file","at":1,"op":"read","path":"%s/input","stat":{"size":%s,"modified":"%s"}}\\n' \\
      "$PWD" "$size" "$modified" >> "$VAMPIRA_JOURNAL/1-a.jsonl"
    for _ in $(seq 200); do grep -q '"kind":"digest"' "$VAMPIRA_JOURNAL/recorder.jsonl" && break; sleep 0.05; done
    echo changed > input`
  const run = await captureRun({
    ...request,
    command: ['sh', '-c', script],
    directory,
    journals: join(directory, 'journals'),
  })
  await run.complete(() => {})
  expect(run.ending).toEqual({ status: 0, signal: undefined })
  const digests = readLines(run.journal).filter((line) => line.kind === 'digest')
  expect(digests.find(({ path }) => path === join(directory, 'input'))).toMatchObject({
    stat: { size: 9, sha256: createHash('sha256').update('as it was').digest('hex') },
  })
})

test('The recorder’s lines follow the contract, and times and names come from the clock that it is given', async () => {
  const directory = makeFolder()
  let now = 1_795_721_930_880_811_282n
  const clock: Clock = {
    wall: () => now,
    monotonic: () => (now += 1000n),
    random: (size) => new Uint8Array(size).fill(7),
  }
  const run = await captureRun({
    ...request,
    command: ['sh', '-c', 'exit 3'],
    name: 'survey',
    metadata: [['telescope', 'test']],
    directory,
    journals: join(directory, 'journals'),
    environment: { PATH: process.env['PATH'], TZ: 'UTC', API_KEY: 'abc' },
    clock,
  })
  await run.complete(() => {})
  expect(run.id).toMatch(/^01a2195e-[0-9a-f]{4}-7/)
  const lines = readLines(run.journal)
  expect(lines.map(({ kind }) => kind)).toEqual(['run', 'environment', 'finish', 'repository', 'environment'])
  expect(lines[0]).toMatchObject({
    id: run.id,
    wall: '1795721930880812282',
    name: 'survey',
    arguments: ['sh', '-c', 'exit 3'],
    metadata: [{ name: 'telescope', value: 'test' }],
  })
  expect(lines[2]).toMatchObject({ status: 3 })
  expect(lines[4]).toMatchObject({ variables: { TZ: 'UTC' } })
})

test('A command without an agent is in the journal as it looked from outside', async () => {
  const directory = makeFolder()
  writeFileSync(join(directory, 'in'), 'b\na\n')
  const run = await capture(directory, ['sort', '-o', 'out', 'in'], {
    environment: { PATH: '/usr/bin:/bin' },
  })
  const [process, spawn, wait, exit, ...rest] = readCommand(run.journal)
  expect(process).toMatchObject({
    kind: 'process',
    version: 1,
    agent: { name: 'vampira', version: '0.1.0' },
    interpreter: { name: 'node' },
    directory,
  })
  expect(spawn).toMatchObject({
    kind: 'spawn',
    id: 1,
    at: 0,
    arguments: ['sort', '-o', 'out', 'in'],
    program: expect.stringMatching(/^(\/usr)?\/bin\/sort$/),
    directory,
  })
  expect(wait).toMatchObject({
    kind: 'wait',
    spawn: 1,
    status: 0,
    files: [
      { path: join(directory, 'out'), op: 'write', seen: 'argument' },
      { path: join(directory, 'in'), op: 'read', seen: 'argument' },
    ],
  })
  expect(wait).not.toHaveProperty('signal')
  expect(exit).toMatchObject({ kind: 'exit' })
  expect(rest).toEqual([])
  const digests = readLines(run.journal).filter((line) => line.kind === 'digest')
  expect(Object.fromEntries(digests.map(({ path, stat }) => [String(path), stat.sha256]))).toEqual({
    [join(directory, 'out')]: createHash('sha256').update('a\nb\n').digest('hex'),
    [join(directory, 'in')]: createHash('sha256').update('b\na\n').digest('hex'),
  })
})

test('The environment of a finished run has the program that no package brought', async () => {
  const directory = makeFolder()
  const tool = join(directory, 'tool')
  writeFileSync(tool, '#!/bin/sh\nexit 0\n', { mode: 0o755 })
  const run = await capture(directory, ['./tool'])
  const environment = readLines(run.journal).findLast((line) => line.kind === 'environment')
  expect(environment?.programs).toEqual([
    { path: tool, sha256: createHash('sha256').update('#!/bin/sh\nexit 0\n').digest('hex') },
  ])
  expect(environment?.facts).not.toHaveProperty('interpreter')
})

test('What an agent says of its process completes the environment and the end of the run', async () => {
  const directory = makeFolder()
  const process = {
    kind: 'process',
    version: 1,
    spool: '1-a',
    pid: '$$',
    parentPid: 1,
    wall: '0',
    monotonic: '0',
    agent: { name: 'vampira-test', version: '1' },
    interpreter: { name: 'CPython', version: '3.11.7' },
    executable: '/bin/sh',
    arguments: [],
    directory,
  }
  const exit = { kind: 'exit', at: 5, cpu: 7e15, peak: 9e15 }
  const lines = [process, exit].map((line) => JSON.stringify(line).replace('"$$"', '%s')).join('\\n')
  const script = `printf '${lines}\\n' "$$" >> "$VAMPIRA_JOURNAL/1-a.jsonl"`
  const run = await capture(directory, ['sh', '-c', script])
  expect(readCommand(run.journal)).toEqual([])
  const recorded = readLines(run.journal)
  expect(recorded.findLast((line) => line.kind === 'environment')).toMatchObject({
    facts: { interpreter: 'pkg:generic/cpython@3.11.7' },
    packages: [{ purl: 'pkg:generic/cpython@3.11.7', name: 'cpython', version: '3.11.7' }],
  })
  expect(recorded.findLast((line) => line.kind === 'finish')).toMatchObject({ cpu: 7e15, peak: 9e15 })
})

test('A program that a signal killed has no status', async () => {
  const run = await capture(makeFolder(), ['sh', '-c', 'kill -TERM $$'])
  expect(run.ending).toEqual({ status: undefined, signal: 'SIGTERM' })
  const finish = readLines(run.journal).find((line) => line.kind === 'finish')
  expect(finish).toMatchObject({ signal: 'SIGTERM' })
  expect(finish).not.toHaveProperty('status')
  expect(readCommand(run.journal).find(({ kind }) => kind === 'wait')).toMatchObject({ signal: 15 })
})

test('The run’s line has all that was asked for, and none of its secrets', async () => {
  const directory = makeFolder()
  const run = await capture(directory, ['sh', '-c', 'exit 0', 'sh', '--token', 'abc'], {
    operator: 'https://orcid.org/0000-0002-1825-0097',
    include: ['numpy'],
    exclude: ['a.b'],
    quality: [{ metric: 'completeness', component: 'f' }],
    generators: ['simulate'],
    metadata: [['password', 'x']],
  })
  const [line] = readLines(run.journal)
  expect(line).toMatchObject({
    name: 'sh',
    arguments: ['sh', '-c', 'exit 0', 'sh', '--token', '[redacted]'],
    operator: { iri: 'https://orcid.org/0000-0002-1825-0097' },
    include: ['numpy'],
    exclude: ['a.b'],
    quality: [{ metric: 'completeness', component: 'f' }],
    generators: ['simulate'],
    metadata: [{ name: 'password', value: { $: 'redacted' } }],
    redacted: 2,
  })
  const plain = readLines((await capture(directory, ['true'])).journal)[0]
  for (const field of ['include', 'exclude', 'quality', 'generators', 'metadata']) {
    expect(plain).not.toHaveProperty(field)
  }
  expect(plain).toMatchObject({ redacted: 0 })
  expect((plain as { operator?: object }).operator).not.toHaveProperty('iri')
})

test('A process that outlives the program is named, because what it does later is not recorded', async () => {
  const directory = makeFolder()
  const run = await capture(directory, ['sh', '-c', 'sleep 30 & echo $! > pid'])
  const pid = Number(readFileSync(join(directory, 'pid'), 'utf8'))
  process.kill(pid)
  const gap = readLines(run.journal).find((line) => line.kind === 'gap')
  expect(gap?.reason).toMatch(`Process ${pid} was still running when the program ended`)
})

test('A Python script that is not there is refused before a journal is made', async () => {
  const directory = makeFolder()
  await expect(capture(directory, ['python3', 'none.py'])).rejects.toThrow(
    `Cannot run ${join(directory, 'none.py')}: there is no such file`,
  )
  expect(existsSync(join(directory, 'journals'))).toBe(false)
})

test('Of Python without its agent the journal says why nothing is known of its inside', async () => {
  const directory = makeFolder()
  writeFileSync(join(directory, 'a.py'), '')
  const run = await capture(directory, ['python3', '-I', 'a.py'])
  expect(readCommand(run.journal).find(({ kind }) => kind === 'gap')).toMatchObject({
    reason: "Python's -I keeps the agent from starting, so nothing is known of what happened inside.",
  })
})

test('A program that cannot be started leaves no journal behind', async () => {
  const directory = makeFolder()
  await expect(capture(directory, ['./none'])).rejects.toThrow(LaunchError)
  expect(readdirSync(join(directory, 'journals'))).toEqual([])
})

test('Without a place for the journal the program is not started', async () => {
  const directory = makeFolder()
  writeFileSync(join(directory, 'journals'), 'a file')
  await expect(capture(directory, ['touch', 'started'])).rejects.toThrow(StoreError)
  expect(existsSync(join(directory, 'started'))).toBe(false)
})

test('The one who asked is called when the program has been started, and while it runs', async () => {
  const directory = makeFolder()
  const run = await capture(directory, ['sh', '-c', 'while ! test -e go; do sleep 0.02; done'], {
    onStart: () => writeFileSync(join(directory, 'go'), ''),
  })
  expect(run.ending.status).toBe(0)
})
