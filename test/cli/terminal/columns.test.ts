import { describe, expect, test } from 'vitest'
import { columnsOf, cut, printable } from '../../../cli/terminal/columns.ts'

describe('a text takes the columns that a terminal gives it', () => {
  test.each([
    ['', 0],
    ['plain', 5],
    ['Müller', 6],
    ['Mu\u0308ller', 6],
    ['星図', 4],
    ['한글', 4],
    ['🔭 ok', 5],
    ['👩‍🚀', 2],
    ['→ ×', 3],
  ])('%j takes %d', (text, columns) => expect(columnsOf(text)).toBe(columns))
})

describe('a text is cut between graphemes to the columns there are', () => {
  test.each([
    ['short', 10, 'end', 'short'],
    ['a long name', 6, 'end', 'a lon…'],
    ['星図星図', 5, 'end', '星図…'],
    ['data/survey/a.fits', 11, 'middle', 'data/….fits'],
    ['anything', 1, 'end', '…'],
    ['anything', 0, 'end', ''],
  ] as const)('%j to %d at its %s: %j', (text, columns, where, result) => {
    expect(cut(text, columns, where)).toBe(result)
    expect(columnsOf(cut(text, columns, where))).toBeLessThanOrEqual(columns)
  })
})

test('control characters of a record cannot reach the terminal', () => {
  expect(printable('a\x1b]0;owned\x07\nb\u202ec')).toBe('a\\u{1b}]0;owned\\u{7}\\nb\\u{202e}c')
})
