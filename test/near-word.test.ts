import { expect, test } from 'vitest'
import { closest, didYouMean } from '../src/near-word.ts'

const names = ['runs', 'lineage', 'impact', 'components', 'uc1-what-a-rerun-needs']

test.each([
  ['linage', 'lineage'],
  ['lineaeg', 'lineage'],
  ['Runs', 'runs'],
  ['LINEAGE', 'lineage'],
  ['component', 'components'],
  ['uc1-what-rerun-needs', 'uc1-what-a-rerun-needs'],
  ['zzzzzzz', undefined],
  ['', undefined],
])('%j means %s', (word, meant) => expect(closest(word, names)).toBe(meant))

// Up to two letters may be wrong, or two in five of the word where that is more.
test.each([
  ['an inserted letter', 'abcdef', 'abcxdef', true],
  ['a letter that is not there', 'abcdef', 'abdef', true],
  ['a changed letter', 'abcdef', 'abxdef', true],
  ['two neighbours swapped', 'abcdef', 'bacdef', true],
  ['three swaps, each one fault', 'abcdef', 'badcfe', true],
  ['three faults in five letters', 'abcde', 'xyzde', false],
  ['two faults in five letters', 'abcde', 'xycde', true],
  ['three faults in six letters', 'abcdef', 'xyzdef', true],
  ['four faults in six letters', 'abcdef', 'wxyzef', false],
  ['two faults in two letters', 'ab', 'xy', true],
  ['three letters, with which it begins', 'aBc', 'abcdefghijkl', true],
  ['two letters, with which it begins', 'ab', 'abcdefghijkl', false],
  ['three letters, with which it goes on', 'bcd', 'abcdefghijkl', false],
  ['the letters in another order', 'abcde', 'edcba', false],
  ['letters swapped over another', 'abcd', 'cbad', true],
  ['letters that only look swapped', 'abcd', 'bxay', false],
])('A word is near another with %s: %s and %s', (_, word, candidate, near) => {
  expect(closest(word, [candidate])).toBe(near ? candidate : undefined)
})

test('Of several words that begin alike the shortest is meant, and one that is near before those', () => {
  expect(closest('uc1', ['uc1-what-a-rerun', 'uc1-what', 'uc2-what'])).toBe('uc1-what')
  expect(closest('run', ['running-late', 'ran'])).toBe('ran')
})

test('The nearest is meant, and of several that are as near the first', () => {
  expect(closest('lineage', ['lineages', 'lineage', 'linage'])).toBe('lineage')
  expect(closest('bat', ['cat', 'hat'])).toBe('cat')
  expect(closest('acb', ['abd', 'abc'])).toBe('abc')
})

test.each([
  ['a letter that only moved to the right is no swap', 'ab', 'xa', 'cb'],
  ['a letter that only moved to the left is no swap', 'ab', 'bx', 'cb'],
  ['a swap adds to the faults before it', 'abcd', 'xbdc', 'abc'],
  ['a swap is a fault', 'abcd', 'abdc', 'abcd'],
])('Where two words are near, %s: %s is not %s but %s', (_, word, other, nearest) => {
  expect(closest(word, [other, nearest])).toBe(nearest)
})

test('No candidates, no word', () => {
  expect(closest('runs', [])).toBeUndefined()
})

test('People are asked whether they meant the near word, else they read what there is to do', () => {
  expect(didYouMean('linage', names, 'List them.')).toBe('Did you mean lineage?')
  expect(didYouMean('zzzzzzz', new Set(names), 'List them.')).toBe('List them.')
})
