import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { JournalError } from '../../src/errors.ts'
import { readRecorder } from '../../src/record/recorder-facts.ts'
import { runLine } from './journal-builder.ts'

function journal(...lines: readonly object[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'vampira-recorder-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  if (lines.length > 0) {
    writeFileSync(join(folder, 'recorder.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  }
  return folder
}

test('Each kind of line goes to its place', () => {
  const gap = { kind: 'gap', at: 3, reason: 'the disk was full', dropped: 4 }
  const finish = { kind: 'finish', at: 5, status: 0 }
  const peak = { kind: 'peak', spool: 'main', at: 4, spawn: 1, peak: 9 }
  const kept = { kind: 'kept', sha256: 'a'.repeat(64), as: 'redacted' }
  const facts = readRecorder(journal(runLine(), gap, kept, peak, finish), undefined)
  expect(facts).toEqual({
    run: runLine(),
    environment: undefined,
    repositories: [],
    digests: [],
    kept: new Map([['a'.repeat(64), { as: 'redacted', because: undefined }]]),
    peaks: [peak],
    measurements: [],
    gaps: [gap],
    finish,
  })
})

test('Where the recorder wrote nothing, what it would have written can be given', () => {
  expect(readRecorder(journal(), runLine()).run).toEqual(runLine())
})

test('Where nobody knows what was run the error says so, with the file', () => {
  const folder = journal()
  const place = { file: join(folder, 'recorder.jsonl'), line: 1 }
  expect(() => readRecorder(folder, undefined)).toThrow(JournalError)
  expect(() => readRecorder(folder, undefined)).toThrow(
    expect.objectContaining({ place, advice: expect.stringContaining('nothing to recover') }),
  )
})
