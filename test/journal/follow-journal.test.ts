import {
  appendFileSync,
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { followJournal } from '../../src/journal/follow-journal.ts'
import type { FollowedLine } from '../../src/journal/follow-journal.ts'

const memory = (resident: number) => `{"kind":"memory","at":1,"resident":${resident}}\n`
const folderOf = () => mkdtempSync(join(tmpdir(), 'vampira-follow-'))
const seen = ({ spool, line }: FollowedLine) => `${spool} ${'resident' in line ? line.resident : line.kind}`

/** Does each step when the lines before it have been followed, and gives all lines in the end. */
async function follow(folder: string, steps: [after: number, step: () => void][]): Promise<string[]> {
  const abort = new AbortController()
  const lines: string[] = []
  const advance = () => {
    while (steps[0] !== undefined && steps[0][0] <= lines.length) steps.shift()?.[1]()
    if (steps.length === 0) abort.abort()
  }
  advance()
  for await (const line of followJournal(folder, { signal: abort.signal, pause: 1 })) {
    lines.push(seen(line))
    advance()
  }
  return lines
}

test('lines are followed as they are appended, in spools old and new, and after the end has been called', async () => {
  const folder = folderOf()
  const write = (name: string, text: string) => () => appendFileSync(join(folder, name), text)
  const lines = await follow(folder, [
    [0, write('a.jsonl', memory(1))],
    [0, write('recorder.jsonl', memory(99))],
    [1, write('b.jsonl', memory(2))],
    [2, write('a.jsonl', `${memory(3)}{"kind":"mem`)],
    [3, write('a.jsonl', memory(4).slice('{"kind":"mem'.length))],
    [4, write('b.jsonl', `${memory(5)}${memory(6)}{"kind":"torn`)],
  ])
  expect(lines).toEqual(['a 1', 'b 2', 'a 3', 'a 4', 'b 5', 'b 6'])
})

test('a preallocated spool shows its lines as they take the place of zero bytes', async () => {
  const folder = folderOf()
  const descriptor = openSync(join(folder, 'a.jsonl'), 'w')
  ftruncateSync(descriptor, 100_000)
  let position = 0
  const write = (text: string) => () => void (position += writeSync(descriptor, text, position))
  const lines = await follow(folder, [
    [0, write(memory(1))],
    [1, write(memory(2).slice(0, 10))],
    [1, write(memory(2).slice(10))],
    [2, write(memory(3))],
    [3, () => ftruncateSync(descriptor, position)],
  ])
  closeSync(descriptor)
  expect(lines).toEqual(['a 1', 'a 2', 'a 3'])
})

test('following ends at once when it was aborted before, with what there is', async () => {
  const folder = folderOf()
  writeFileSync(join(folder, 'a.jsonl'), memory(1) + memory(2))
  expect(await follow(folder, [])).toEqual(['a 1', 'a 2'])
})

test('a whole line that breaks the contract ends the following with its place', async () => {
  const folder = folderOf()
  writeFileSync(join(folder, 'a.jsonl'), `${memory(1)}{}\n`)
  await expect(follow(folder, [])).rejects.toThrow(/a\.jsonl: line 2/)
})
