import { DataFactory } from 'n3'
import { expect, test } from 'vitest'
import { integerOf, numberOf, textOf } from '../../src/analyse/read-row.ts'

const { literal } = DataFactory
const row = { text: literal('a'), empty: literal(''), number: literal('2.5e3'), count: literal('3.0') }

test('An empty text is as good as none', () => {
  expect(['text', 'empty', 'other'].map((name) => textOf(row, name))).toEqual(['a', undefined, undefined])
})

test('What is no number is none; a count that is none is 0, and is whole', () => {
  expect(['number', 'text', 'empty', 'other'].map((name) => numberOf(row, name))).toEqual([
    2500,
    undefined,
    undefined,
    undefined,
  ])
  expect(['count', 'text', 'other'].map((name) => integerOf(row, name))).toEqual([3, 0, 0])
})
