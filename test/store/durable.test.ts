import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { replaceFile, syncFolder, writeOnce } from '../../src/store/durable.ts'
import { makeFolder } from '../capture/temporary-folder.ts'

test('A file is replaced as a whole, and nothing else is left in its folder', async () => {
  const folder = makeFolder()
  const file = join(folder, 'index')
  writeFileSync(file, 'a long text that was there before')
  await replaceFile(file, 'new')
  expect(readFileSync(file, 'utf8')).toBe('new')
  expect(readdirSync(folder)).toEqual(['index'])
})

test('Several that replace a file at once do not disturb each other', async () => {
  const folder = makeFolder()
  const texts = Array.from({ length: 20 }, (_, n) => String(n).repeat(10_000))
  await Promise.all(texts.map((text) => replaceFile(join(folder, 'index'), text)))
  expect(texts).toContain(readFileSync(join(folder, 'index'), 'utf8'))
  expect(readdirSync(folder)).toEqual(['index'])
})

test('What cannot be replaced is an error, and nothing is left of the try', async () => {
  const folder = makeFolder()
  mkdirSync(join(folder, 'index', 'full'), { recursive: true })
  await expect(replaceFile(join(folder, 'index'), 'new')).rejects.toMatchObject({ syscall: 'rename' })
  await expect(replaceFile(join(folder, 'no', 'index'), 'new')).rejects.toMatchObject({ code: 'ENOENT' })
  expect(readdirSync(folder)).toEqual(['index'])
})

test('A file that is there is not written again', async () => {
  const file = join(makeFolder(), 'format')
  await writeOnce(file, 'first')
  await writeOnce(file, 'second')
  expect(readFileSync(file, 'utf8')).toBe('first')
  await expect(writeOnce(join(file, 'below'), 'x')).rejects.toMatchObject({ code: 'ENOTDIR' })
})

test('A folder that is not there cannot be synced', async () => {
  await syncFolder(makeFolder())
  await expect(syncFolder(join(makeFolder(), 'no'))).rejects.toMatchObject({ code: 'ENOENT' })
})
