import { expect, test } from 'vitest'
import * as checks from '../../src/journal/checks.ts'

const { isCount, isString } = checks
const tagged = checks.taggedOr(isString, { a: checks.shaped({ $: isString, 'n?': isCount }) })

test.each([
  ['a count', isCount, [0, 1, 2 ** 53 - 1], [-1, 0.5, '1', null, undefined]],
  ['a positive number', checks.isPositive, [1, 2], [0, -1, 1.5, '1']],
  ['an integer', checks.isInteger, [-1, 0, 1], [0.5, NaN, '1']],
  ['a plain value', checks.isPlain, [null, true, 'a', 1], [undefined, {}, []]],
  ['an object', checks.isObject, [{}, { a: 1 }], [null, [], 'a', undefined]],
  ['one of two words', checks.oneOf('a', 'b'), ['a', 'b'], ['c', '', 1, undefined]],
  ['a list', checks.listOf(isCount), [[], [1, 2]], [[1, -1], {}, null, undefined]],
  [
    'a pair',
    checks.pairOf(isCount, isString),
    [[1, 'a']],
    [[1], [1, 'a', 2], ['a', 'a'], [1, 1], 'ab', null],
  ],
  ['a map', checks.mapOf(isCount), [{}, { a: 1 }], [{ a: -1 }, [1], null]],
  ['a pattern', checks.matching(/^a+$/), ['a', 'aa'], ['ab', '', 1, undefined]],
  ['a constant', checks.constant(1), [1], ['1', 2, undefined]],
  [
    'an object of a shape',
    checks.shaped({ a: isCount, 'b?': isString }),
    [{ a: 1 }, { a: 1, b: 'x' }],
    [{}, { b: 'x' }, { a: -1 }, { a: 1, b: 2 }, { a: 1, c: 1 }, null, 'a', undefined],
  ],
  [
    'plain or tagged',
    tagged,
    ['x', { $: 'a' }, { $: 'a', n: 1 }],
    [1, null, undefined, { $: 'b' }, {}, { $: 'a', n: -1 }, ['x']],
  ],
] as const)('The check for %s holds for what it is, and for nothing else', (_, check, good, bad) => {
  expect(good.filter((value) => !check(value))).toEqual([])
  expect(bad.filter((value) => check(value))).toEqual([])
})
