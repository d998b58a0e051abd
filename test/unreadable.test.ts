import { expect, test } from 'vitest'
import { whyUnreadable } from '../src/unreadable.ts'

test.each([
  [Object.assign(new Error('…'), { code: 'ENOENT' }), 'there is no such file'],
  [Object.assign(new Error('…'), { code: 'EISDIR' }), 'it is a folder'],
  [Object.assign(new Error('…'), { code: 'EACCES' }), 'permission denied'],
  [Object.assign(new Error('…'), { code: 'EMFILE' }), 'EMFILE'],
  [new Error('no code'), 'Error: no code'],
])('%s: %s', (error, reason) => expect(whyUnreadable(error)).toBe(reason))
