import { mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { StoreError, UsageError } from '../../../src/errors.ts'
import { DirectoryStore } from '../../../src/store/directory/directory-store.ts'
import { findStoreFolder, locateStore } from '../../../src/store/directory/find-store.ts'
import { makeFolder } from '../../capture/temporary-folder.ts'

let folder: string
let store: string
beforeEach(async () => {
  folder = realpathSync(makeFolder())
  store = join(folder, '.vampira')
  mkdirSync(join(folder, 'a', 'b'), { recursive: true })
  await DirectoryStore.create(store)
})

test('A store is found from its folder and from every folder below, but not from above', async () => {
  expect(await findStoreFolder(folder)).toBe(store)
  expect(await findStoreFolder(join(folder, 'a', 'b'))).toBe(store)
  expect(await findStoreFolder(join(folder, '..'))).toBeUndefined()
  expect(await findStoreFolder('/')).toBeUndefined()
})

test('Of two stores the nearer is found', async () => {
  const nearer = join(folder, 'a', '.vampira')
  await DirectoryStore.create(nearer)
  expect(await findStoreFolder(join(folder, 'a', 'b'))).toBe(nearer)
})

test('A folder of that name without a format is no store, and neither is a format that is a folder', async () => {
  const other = join(folder, 'a', 'b', '.vampira')
  mkdirSync(join(other, 'runs'), { recursive: true })
  expect(await findStoreFolder(join(folder, 'a', 'b'))).toBe(store)
  mkdirSync(join(other, 'format'))
  expect(await findStoreFolder(join(folder, 'a', 'b'))).toBe(store)
})

test('A path means the store in that folder, or that folder itself', async () => {
  expect(await locateStore('.', folder)).toBe(store)
  expect(await locateStore('..', join(folder, 'a'))).toBe(store)
  expect(await locateStore(store, '/')).toBe(store)
  expect(await locateStore(undefined, join(folder, 'a'))).toBe(store)
})

test('A path is not searched upwards: where it has no store, the error names it', async () => {
  const located = locateStore('b', join(folder, 'a'))
  await expect(located).rejects.toThrow(StoreError)
  await expect(located).rejects.toMatchObject({
    message: `There is no store at ${join(folder, 'a', 'b')}`,
    place: { file: join(folder, 'a', 'b') },
    advice: expect.stringContaining('vampira init'),
  })
})

test('Where there is no store at all, the error names the folder and says how to make one', async () => {
  await expect(locateStore(undefined, '/')).rejects.toMatchObject({
    message: 'There is no store in / or any folder above it',
    place: { file: '/' },
    advice: expect.stringContaining('vampira init'),
  })
})

test.each(['https://example.org/sparql', 'HTTP://example.org'])(
  '%s is a server, and no folder',
  async (url) => {
    const located = locateStore(url, folder)
    await expect(located).rejects.toThrow(UsageError)
    await expect(located).rejects.toMatchObject({
      message: `${url} is a server, and runs are kept in a folder`,
      advice: expect.stringContaining('vampira push'),
    })
  },
)

test('A folder whose name begins like a URL is a folder', async () => {
  await DirectoryStore.create(join(folder, 'https', '.vampira'))
  expect(await locateStore('https', folder)).toBe(join(folder, 'https', '.vampira'))
})

test.each([
  ['vampira store 2\n', /format 2, and this vampira knows format 1/, /Upgrade/],
  ['vampira store 12', /format 12/, /Upgrade/],
  ['vampira store 2 beta', /not the format file/, /Check/],
  ['my vampira store 2', /not the format file/, /Check/],
  ['', /not the format file/, /Check/],
])('A format file that holds %j is refused with advice', async (format, message, advice) => {
  writeFileSync(join(store, 'format'), format)
  await expect(DirectoryStore.open(store)).rejects.toMatchObject({
    message: expect.stringMatching(message),
    advice: expect.stringMatching(advice),
    place: { file: join(store, 'format') },
  })
})

test('A folder without a format file cannot be opened', async () => {
  await expect(DirectoryStore.open(join(folder, 'a'))).rejects.toThrow(
    'Cannot open the store: it is not there',
  )
})
