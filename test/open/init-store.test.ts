import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { StoreError, UsageError } from '../../src/errors.ts'
import { initStore } from '../../src/open/init-store.ts'
import { openWorkplace } from '../../src/open/open-workplace.ts'
import { makeFolder } from '../capture/temporary-folder.ts'
import { defaultSettings } from './default-settings.ts'

test('A new store is empty, and its settings hold what was asked for', async () => {
  const folder = makeFolder()
  const { location } = await initStore(folder, { base: 'https://example.org/lab/' })
  expect(location).toBe(join(folder, '.vampira'))
  const { store, settings, workplace } = await openWorkplace(folder)
  expect(await store.runs()).toEqual([])
  expect(settings).toEqual({ ...defaultSettings, base: 'https://example.org/lab/' })
  expect(existsSync(workplace.journals)).toBe(true)
  expect(existsSync(join(location, 'cache'))).toBe(true)
})

test('Names begin with urn:vampira: unless the user says otherwise', async () => {
  const folder = makeFolder()
  await initStore(folder)
  expect((await openWorkplace(folder)).settings.base).toBe('urn:vampira:')
})

test('Making a store where one is changes nothing, and another base is refused', async () => {
  const folder = makeFolder()
  await initStore(folder)
  const file = join(folder, '.vampira', 'vampira.toml')
  writeFileSync(file, 'base = "https://example.org/"\n')
  await initStore(folder)
  await initStore(folder, { base: 'https://example.org/' })
  expect(readFileSync(file, 'utf8')).toBe('base = "https://example.org/"\n')
  const other = initStore(folder, { base: 'urn:other:' })
  await expect(other).rejects.toThrow('The store has the base https://example.org/ already')
  await expect(other).rejects.toMatchObject({
    place: { file },
    advice: expect.stringContaining('edit the file'),
  })
})

test('A base that is no IRI is refused before anything is made', async () => {
  const folder = makeFolder()
  const made = initStore(folder, { base: 'not an iri' })
  await expect(made).rejects.toThrow(UsageError)
  await expect(made).rejects.toMatchObject({
    message: '‹not an iri› cannot be a base: it must be an absolute IRI that ends in : / or #',
    advice: 'Write for example --base https://example.org/provenance/',
  })
  expect(existsSync(join(folder, '.vampira'))).toBe(false)
})

test('A folder that cannot be made is an error that says which and why', async () => {
  const folder = makeFolder()
  writeFileSync(join(folder, 'file'), '')
  const made = initStore(join(folder, 'file'))
  await expect(made).rejects.toThrow(StoreError)
  await expect(made).rejects.toMatchObject({
    message: 'Cannot make a store: a part of its path is not a folder',
    place: { file: join(folder, 'file', '.vampira') },
  })
})

test('Without the file of settings the defaults hold; one that cannot be read is an error', async () => {
  const folder = makeFolder()
  await initStore(folder)
  const file = join(folder, '.vampira', 'vampira.toml')
  rmSync(file)
  expect((await openWorkplace(folder)).settings).toEqual(defaultSettings)
  mkdirSync(file)
  const opened = openWorkplace(folder)
  await expect(opened).rejects.toThrow(StoreError)
  await expect(opened).rejects.toThrow('Cannot read the settings: it is a folder')
})
