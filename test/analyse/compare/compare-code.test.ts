import { expect, test } from 'vitest'
import { pairSources } from '../../../src/analyse/compare/compare-code.ts'

const sources = (files: Record<string, string>) =>
  Object.entries(files).map(([path, sha256]) => ({ path, sha256 }))

test.each([
  { what: 'the same', one: { 'a.py': '1' }, other: { 'a.py': '1' }, found: [] },
  {
    what: 'changed at its place',
    one: { 'a.py': '1', 'b.py': '2' },
    other: { 'a.py': '3', 'b.py': '2' },
    found: [{ path: 'a.py', sha256: ['1', '3'] }],
  },
  { what: 'moved and not changed', one: { 'a.py': '1' }, other: { 'lib/a.py': '1' }, found: [] },
  {
    what: 'moved and changed, alone',
    one: { 'a.py': '1', 'c.py': '5' },
    other: { 'lib/a.py': '2', 'c.py': '6' },
    found: [
      { path: 'a.py', otherPath: 'lib/a.py', sha256: ['1', '2'] },
      { path: 'c.py', sha256: ['5', '6'] },
    ],
  },
  {
    what: 'gone, and others come',
    one: { 'a.py': '1' },
    other: { 'b.py': '2', 'c.py': '3' },
    found: [
      { path: 'a.py', sha256: ['1', undefined] },
      { path: 'b.py', sha256: [undefined, '2'] },
      { path: 'c.py', sha256: [undefined, '3'] },
    ],
  },
])('source files that are $what', ({ one, other, found }) => {
  expect(pairSources(sources(one), sources(other))).toEqual(found)
})
