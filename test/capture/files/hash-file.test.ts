import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DigestCache } from '../../../src/capture/files/digest-cache.ts'
import { hashFile } from '../../../src/capture/files/hash-file.ts'
import { statOf } from '../../../src/capture/stat.ts'
import type { Stat } from '../../../src/journal/line.ts'
import { makeFolder } from '../temporary-folder.ts'

const now = () => BigInt(Date.now()) * 1_000_000n

function stat(path: string): Stat {
  return statOf(statSync(path, { bigint: true }))
}

test('A file of several chunks has the SHA-256 of all of its bytes', async () => {
  const path = join(makeFolder(), 'big.bin')
  const bytes = Buffer.alloc((3 << 20) + 17, 'vampira')
  writeFileSync(path, bytes)
  const hashed = await hashFile(path, stat(path), { now })
  expect(hashed.stat.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  expect(hashed.stat.size).toBe(bytes.length)
})

test.each<[what: string, change: (path: string) => void, because: string]>([
  ['was written again', (path) => writeFileSync(path, 'other bytes, other size'), 'changed after'],
  ['was touched', (path) => utimesSync(path, 1, 1), 'changed after'],
  [
    'was replaced by one of the same size and time',
    (path) => {
      const { atime, mtime } = statSync(path)
      writeFileSync(`${path}.new`, 'BYTES')
      utimesSync(`${path}.new`, atime, mtime)
      renameSync(`${path}.new`, path)
    },
    'changed after',
  ],
  ['is gone', (path) => renameSync(path, `${path}.away`), 'gone before it could be read'],
  [
    'became a named pipe',
    (path) => {
      renameSync(path, `${path}.away`)
      execFileSync('mkfifo', [path])
    },
    'not a regular file',
  ],
  [
    'became a folder',
    (path) => {
      renameSync(path, `${path}.away`)
      mkdirSync(path)
    },
    'not a regular file',
  ],
])('A file that %s has no digest, and says why', async (_, change, because) => {
  const path = join(makeFolder(), 'file')
  writeFileSync(path, 'bytes')
  utimesSync(path, 1_700_000_000, 1_700_000_000)
  const seen = stat(path)
  change(path)
  const { stat: found, ...rest } = await hashFile(path, seen, { now })
  expect(rest).toEqual({ because })
  expect(found).toEqual(seen)
})

test('A file whose name is not UTF-8 is found by its bytes', async () => {
  const folder = makeFolder()
  const path = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x66, 0xff, 0xfe])])
  writeFileSync(path, 'bytes')
  const hashed = await hashFile({ $: 'bytes', v: path.toString('base64') }, undefined, { now })
  expect(hashed.stat.sha256).toBe(createHash('sha256').update('bytes').digest('hex'))
})

test('A settled big file is read once and then remembered; a changed one is read again', async () => {
  const folder = makeFolder()
  const path = join(folder, 'big.bin')
  writeFileSync(path, Buffer.alloc(2 << 20, 1))
  const later = () => now() + 10_000_000_000n
  const read = async () => {
    let bytes = 0
    const cache = new DigestCache(join(folder, 'cache/digests.jsonl'))
    const { stat: found } = await hashFile(path, undefined, {
      cache,
      now: later,
      progress: (more) => (bytes += more),
    })
    return { bytes, sha256: found.sha256 }
  }
  const first = await read()
  expect(first.bytes).toBe(2 << 20)
  expect(await read()).toEqual({ bytes: 0, sha256: first.sha256 })
  writeFileSync(path, Buffer.alloc(2 << 20, 2))
  const changed = await read()
  expect(changed.bytes).toBe(2 << 20)
  expect(changed.sha256).not.toBe(first.sha256)
})

test('A big file that was changed a moment ago is not remembered', async () => {
  const folder = makeFolder()
  const path = join(folder, 'big.bin')
  writeFileSync(path, Buffer.alloc(2 << 20, 1))
  const cache = new DigestCache(join(folder, 'digests.jsonl'))
  await hashFile(path, undefined, { cache, now })
  expect(cache.find(statSync(path, { bigint: true }))).toBeUndefined()
})
