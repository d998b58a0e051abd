import { expect, test } from 'vitest'
import { StoreError } from '../../src/errors.ts'
import { hasCode, storeError } from '../../src/store/store-error.ts'

const systemError = (code: string) => Object.assign(new Error(`${code}: refused`), { code })

test.each([
  ['ENOSPC', 'the disk is full', /vampira recover/],
  ['EDQUOT', 'the disk quota is used up', /vampira recover/],
  ['EACCES', 'permission is denied', /permissions/],
  ['EPERM', 'it is not permitted', /permissions/],
  ['EROFS', 'the file system is read-only', /--store/],
  ['EMFILE', 'too many files are open', /ulimit -n/],
  ['ENOENT', 'it is not there', /Check the path/],
  ['ENOTDIR', 'a part of its path is not a folder', /Check the path/],
  ['EISDIR', 'it is a folder', /Check the path/],
])('%s means: %s', (code, because, advice) => {
  const cause = systemError(code)
  const error = storeError('save run 1', '/store/runs', cause)
  expect(error).toBeInstanceOf(StoreError)
  expect(error.message).toBe(`Cannot save run 1: ${because}`)
  expect(error.place).toEqual({ file: '/store/runs' })
  expect(error.advice).toMatch(advice)
  expect(error.cause).toBe(cause)
})

test('Another error is given in its own words, without advice', () => {
  const error = storeError('save run 1', '/store', systemError('EIO'))
  expect(error).toMatchObject({ message: 'Cannot save run 1: EIO: refused', advice: undefined })
  expect(storeError('save run 1', '/store', new Error('no code')).message).toContain('no code')
})

test('An error of the store is passed on as it is', () => {
  const error = new StoreError('It is damaged')
  expect(storeError('save run 1', '/store', error)).toBe(error)
})

test('A code is one of several, or none', () => {
  expect(hasCode(systemError('EPERM'), 'EEXIST', 'EPERM')).toBe(true)
  expect(hasCode(systemError('EIO'), 'EEXIST', 'EPERM')).toBe(false)
  expect(hasCode(new Error('no code'), 'EEXIST')).toBe(false)
})
