import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { captureRun } from '../../src/capture/capture-run.ts'
import type { Clock } from '../../src/capture/clock.ts'
import { parseLine } from '../../src/journal/parse-line.ts'
import type { RecorderLine } from '../../src/journal/line.ts'
import { makeFolder } from './temporary-folder.ts'

function readLines(journal: string): RecorderLine[] {
  const file = join(journal, 'recorder.jsonl')
  const texts = readFileSync(file, 'utf8').trimEnd().split('\n')
  return texts.map((text, index) => parseLine(text, file, index + 1) as RecorderLine)
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
