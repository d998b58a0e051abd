import { expect, test } from 'vitest'
import { compareVersions, readVersionRange } from '../../../src/analyse/trace/version-range.ts'

/** In order, from the page of PEP 440 and that of semver, and as Debian writes them. */
test.each([
  ['1.0.dev1 1.0a1 1.0a2 1.0b1 1.0rc1 1.0 1.0.post1 1.1.dev1'],
  ['1.0.0-alpha 1.0.0-beta.2 1.0.0-rc.1 1.0.0'],
  ['0.9 0.10 1.0 1!0.1'],
  ['2.25.0+ds-3 2.26.0-1 2.100'],
])('%s stand in this order', (list) => {
  const versions = list.split(' ')
  for (const [at, version] of versions.entries())
    for (const [other, later] of versions.entries())
      expect(Math.sign(compareVersions(version, later)), `${version} ${later}`).toBe(Math.sign(at - other))
})

test('Final zeros and what follows + make no other version', () => {
  expect(compareVersions('1.0', '1.0.0')).toBe(0)
  expect(compareVersions('1.0+cu118', 'v1.0')).toBe(0)
})

test.each([
  ['<2.1', '2.0.9', true],
  ['<2.1', '2.1.0', false],
  ['>=1.2,<2', '1.2', true],
  ['>=1.2,<2', '2.0', false],
  ['>= 1.2, < 2', '1.9', true],
  ['==1.4.*', '1.4.7', true],
  ['==1.4.*', '1.40', false],
  ['!=1.4', '1.4.0', false],
  ['~=1.4.2', '1.4.9', true],
  ['~=1.4.2', '1.5', false],
  ['^1.4', '1.9', true],
  ['^1.4', '2.0', false],
  ['^0.3.1', '0.4.0', false],
  ['1.4', '1.4.0', true],
  ['===1.4', '1.4', true],
])('%s and %s: %s', (range, version, isMeant) => {
  expect(readVersionRange(range)!(version)).toBe(isMeant)
})

test.each(['', '<', '<1,', '1 2'])('%j is no range', (text) => {
  expect(readVersionRange(text)).toBeUndefined()
})
