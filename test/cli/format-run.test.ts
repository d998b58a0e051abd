import { expect, test } from 'vitest'
import { formatRun } from '../../cli/format-run.ts'
import type { RunInspection } from '../../src/index.ts'
import { openScreen } from './screen.ts'

const empty: RunInspection = { id: 'urn:uuid:1', facts: {}, functions: [], files: [], packages: [] }
const linesOf = (run: Partial<RunInspection>) =>
  formatRun(openScreen().terminal, { ...empty, ...run }).map((line) =>
    line.replace(/‹\/?\w*›/g, '').trimEnd(),
  )

test('Of a run of which nothing is known, that much is said', () => {
  expect(linesOf({})).toEqual([
    'urn:uuid:1  ! interrupted',
    'run  urn:uuid:1',
    ...['', 'Functions', 'none', '', 'Files', 'none', '', 'Path taken', '', 'Packages (0)'],
  ])
})

test.each([
  [
    { commit: '0123456789abcdef', uncommittedChanges: 'true' },
    'commit 0123456789ab with uncommitted changes',
  ],
  [{ name: 'a', commit: '0123456789abcdef', uncommittedChanges: 'false' }, 'a, commit 0123456789ab'],
])('A pipeline has its commit: %j', (pipeline, text) => {
  expect(linesOf({ facts: { pipeline } }).find((line) => line.startsWith('pipeline'))).toBe(
    `pipeline  ${text}`,
  )
})

test('What was not seen or kept is said', () => {
  const lines = linesOf({
    facts: {
      gap: { reason: 'the disk was full' },
      record: { detail: 'Adaptive', droppedEventCount: '1200', redactedCount: '0', excludedCount: '2' },
    },
  })
  expect(lines).toContain('not seen  the disk was full')
  expect(lines).toContain('detail    adaptive, 1,200 events dropped, 2 modules excluded')
})

test.each([
  [0, undefined],
  [1, '1 call'],
  [1200, '1,200 calls'],
])('A file that was read %d times says so', (uses, text) => {
  const lines = linesOf({ files: [{ path: 'a.csv', role: 'source', uses }] })
  const row = lines.find((line) => line.startsWith('a.csv'))
  expect(row).toBe(text === undefined ? 'a.csv  source' : `a.csv  source  ${text}`)
})
