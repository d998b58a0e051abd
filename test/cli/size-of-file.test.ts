import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { sizeOfFile } from '../../cli/size-of-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'vampira-sizes-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('A file has its bytes; a folder, what is gone, and what is no file of this machine have none', async () => {
  writeFileSync(join(folder, 'a b.txt'), 'seven..')
  expect(await sizeOfFile(pathToFileURL(join(folder, 'a b.txt')).href)).toBe(7)
  expect(await sizeOfFile(pathToFileURL(folder).href)).toBeUndefined()
  expect(await sizeOfFile(pathToFileURL(join(folder, 'gone')).href)).toBeUndefined()
  expect(await sizeOfFile('https://example.org/a.txt')).toBeUndefined()
})
