import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import { expect, test } from 'vitest'
import { hashHost } from '../src/host-hash.ts'

test('A host is called by six digits of a digest of its name, this host when none is named', () => {
  const digest = createHash('sha256').update('vampira host node17').digest('hex')
  expect(hashHost('node17')).toBe(digest.slice(0, 6))
  expect(hashHost('node18')).not.toBe(hashHost('node17'))
  expect(hashHost()).toBe(hashHost(hostname()))
})
