import { cpSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readSpool } from '../../src/journal/read-spool.ts'
import { packageRoot } from '../../src/package-root.ts'
import { recordJournal } from './journal-builder.ts'

test('the journal that a real agent wrote, kept as the contract’s sample, becomes a run with all of it', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'vampira-samples-')), 'journal')
  cpSync(join(packageRoot, 'contract', 'samples', 'accepted'), folder, { recursive: true })
  const lines = readdirSync(folder).flatMap((file) => [...readSpool(join(folder, file))])
  const began = lines.filter((line) => line.kind === 'start' || line.kind === 'spawn').length
  const counted = lines.reduce((sum, line) => sum + (line.kind === 'count' ? line.calls : 0), 0)
  const recorded = await recordJournal(folder)
  expect(began).toBeGreaterThan(20)
  expect(recorded.calls.size + recorded.groups.reduce((sum, group) => sum + group.callCount, 0)).toBe(
    began + counted,
  )
  expect(recorded.processes.length).toBeGreaterThan(1)
  expect(recorded.files.size).toBeGreaterThan(0)
})
