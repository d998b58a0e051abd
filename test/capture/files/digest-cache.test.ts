import { mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import type { BigIntStats } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DigestCache } from '../../../src/capture/files/digest-cache.ts'
import { makeFolder } from '../temporary-folder.ts'

const content = { sha256: 'a'.repeat(64), format: 'text/plain', describer: 'text', facts: { lines: 3 } }
const second = 1_000_000_000n

/** A sparse file of so many bytes. */
function statsOf(size: number): BigIntStats {
  const path = join(makeFolder(), 'big')
  writeFileSync(path, '')
  truncateSync(path, size)
  return statSync(path, { bigint: true })
}

const big = () => statsOf(1 << 20)
const settledAfter = (stats: BigIntStats) =>
  (stats.ctimeNs > stats.mtimeNs ? stats.ctimeNs : stats.mtimeNs) + 2n * second

test('A big file’s digest and facts are there in the next run', () => {
  const path = join(makeFolder(), 'new/folder/digests.jsonl')
  const stats = big()
  new DigestCache(path).remember(stats, settledAfter(stats), content)
  expect(new DigestCache(path).find(stats)).toEqual(content)
})

test.each(['dev', 'ino', 'size', 'mtimeNs', 'ctimeNs'] as const)(
  'A file whose %s differs is another one or was changed: it is read again',
  (field) => {
    const cache = new DigestCache(join(makeFolder(), 'digests.jsonl'))
    const stats = big()
    cache.remember(stats, settledAfter(stats), content)
    expect(cache.find({ ...stats, [field]: stats[field] + 1n } as BigIntStats)).toBeUndefined()
  },
)

test('A small file is never remembered: reading it is quicker', () => {
  const path = join(makeFolder(), 'digests.jsonl')
  const stats = statsOf((1 << 20) - 1)
  new DigestCache(path).remember(stats, settledAfter(stats), content)
  expect(new DigestCache(path).find(stats)).toBeUndefined()
})

test.each(['mtimeNs', 'ctimeNs'] as const)(
  'A file whose %s is less than two seconds before it was read is not remembered',
  (field) => {
    const cache = new DigestCache(join(makeFolder(), 'digests.jsonl'))
    const stats = big()
    const began = settledAfter(stats)
    const late = { ...stats, [field]: began - 2n * second + 1n } as BigIntStats
    cache.remember(late, began, content)
    expect(cache.find(late)).toBeUndefined()
  },
)

test('Torn lines are passed over', () => {
  const path = join(makeFolder(), 'digests.jsonl')
  const stats = big()
  writeFileSync(path, '["1 2 3\n')
  new DigestCache(path).remember(stats, settledAfter(stats), content)
  expect(new DigestCache(path).find(stats)).toEqual(content)
})

test('A cache that cannot be written is of no use and does no harm', () => {
  const folder = makeFolder()
  const path = join(folder, 'digests.jsonl')
  mkdirSync(path)
  const stats = big()
  const cache = new DigestCache(path)
  cache.remember(stats, settledAfter(stats), content)
  expect(cache.find(stats)).toEqual(content)
  expect(new DigestCache(path).find(stats)).toBeUndefined()
  rmSync(path, { recursive: true })
})

test('Of more than 40,000 digests the last 20,000 are kept', () => {
  const path = join(makeFolder(), 'digests.jsonl')
  const stats = big()
  const lines = Array.from({ length: 40_001 }, (_, at) => JSON.stringify([`file ${at}`, content]))
  writeFileSync(path, `${lines.join('\n')}\n`)
  const cache = new DigestCache(path)
  expect(cache.find(stats)).toBeUndefined()
  const kept = readFileSync(path, 'utf8').trimEnd().split('\n')
  expect(kept).toEqual(lines.slice(-20_000))
  cache.remember(stats, settledAfter(stats), content)
  expect(new DigestCache(path).find(stats)).toEqual(content)
})
