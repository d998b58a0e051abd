import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { statFile } from '../../src/capture/files/command-files.ts'
import { completeAbandonedJournal } from '../../src/capture/reopen-journal.ts'
import { parseLine } from '../../src/journal/parse-line.ts'
import type { JournalLine, RecorderLine } from '../../src/journal/line.ts'
import { makeFolder } from './temporary-folder.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

function runLine(directory: string): RecorderLine {
  return {
    kind: 'run',
    version: 1,
    id: '019343c2-8a10-7c3e-9d55-3f2b7a1c0001',
    wall: '0',
    monotonic: '0',
    name: 'survey',
    arguments: ['python3', 'steps/survey.py'],
    directory,
    base: 'urn:vampira:',
    detail: 'adaptive',
    recorder: '0.1.0',
    operator: { login: 'operator', hostHash: '3f21c0' },
  }
}

/** A folder with an input, a script, and the journal that a killed recorder left: these lines, then this text. */
function abandon(lines: (directory: string) => RecorderLine[], tail = '') {
  const directory = makeFolder()
  mkdirSync(join(directory, 'steps'))
  writeFileSync(join(directory, 'in'), 'input')
  const journal = join(directory, 'journal')
  mkdirSync(journal)
  const spool = join(journal, 'recorder.jsonl')
  writeFileSync(
    spool,
    lines(directory)
      .map((line) => `${JSON.stringify(line)}\n`)
      .join('') + tail,
  )
  const read = {
    kind: 'file',
    op: 'read',
    at: 1,
    path: join(directory, 'in'),
    stat: statFile(join(directory, 'in')),
  }
  appendFileSync(join(journal, '1-a.jsonl'), `${JSON.stringify(read)}\n`)
  const readLines = (): JournalLine[] =>
    readFileSync(spool, 'utf8')
      .trimEnd()
      .split('\n')
      .map((text, at) => parseLine(text, spool, at + 1))
  return { directory, journal, readLines }
}

test('A journal whose recorder was killed gets its files, its project and its environment', async () => {
  const { directory, journal, readLines } = abandon((folder) => [runLine(folder)])
  expect(await completeAbandonedJournal(journal, {})).toEqual(runLine(directory))
  const lines = readLines()
  const [repository, digest] = ['repository', 'digest'].map((kind) =>
    lines.find((line) => line.kind === kind),
  )
  const environment = lines.at(-1)
  expect(repository).toEqual({ kind: 'repository', project: 'steps', root: join(directory, 'steps') })
  expect(digest).toMatchObject({
    kind: 'digest',
    path: join(directory, 'in'),
    stat: { sha256: sha256('input') },
  })
  expect(environment).toMatchObject({ kind: 'environment', packages: [] })
  expect(lines).toHaveLength(4)
})

test('What the recorder had found out already is kept and not repeated', async () => {
  const variables = { TZ: 'UTC' }
  const facts = { os: 'Test', machine: 'x', cpuCount: 1, memoryBytes: 1 }
  const { journal, readLines } = abandon((folder) => [
    runLine(folder),
    { kind: 'environment', facts, packages: [], variables, hostHash: 'a' },
    { kind: 'repository', project: 'known', root: folder },
    {
      kind: 'digest',
      path: join(folder, 'in'),
      stat: statFile(join(folder, 'in')) ?? { size: 0, modified: '0' },
    },
  ])
  await completeAbandonedJournal(journal, {})
  const lines = readLines()
  expect(lines.map(({ kind }) => kind)).toEqual(['run', 'environment', 'repository', 'digest', 'environment'])
  expect(lines[4]).toMatchObject({ facts, variables, hostHash: 'a' })
})

test('A line that was torn is cut off, and a broken one in between is passed over', async () => {
  const { journal, readLines } = abandon((folder) => [runLine(folder)], '{"kind":"environ')
  await completeAbandonedJournal(journal, {})
  // The file is hashed while the project is looked for.
  const kinds = readLines().map(({ kind }) => kind)
  expect(kinds.toSorted()).toEqual(['digest', 'environment', 'repository', 'run'])

  const broken = abandon((folder) => [runLine(folder)], '{"kind":\n')
  expect(await completeAbandonedJournal(broken.journal, {})).toMatchObject({ kind: 'run' })
})

test.each<[what: string, text: string | undefined]>([
  ['no line', ''],
  ['half a line', '{"kind":"run"'],
  ['another line first and no run', '{"kind":"finish","at":1}\n'],
  ['no spool', undefined],
])('A journal with %s of its recorder has no run to complete', async (_, text) => {
  const journal = makeFolder()
  if (text !== undefined) writeFileSync(join(journal, 'recorder.jsonl'), text)
  expect(await completeAbandonedJournal(journal, {})).toBeUndefined()
})

test('A spool that cannot be read is an error', async () => {
  const journal = makeFolder()
  mkdirSync(join(journal, 'recorder.jsonl'))
  await expect(completeAbandonedJournal(journal, {})).rejects.toThrow('EISDIR')
})
