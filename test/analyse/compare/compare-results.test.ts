import { DataFactory } from 'n3'
import { describe, expect, test } from 'vitest'
import {
  compareQualities,
  compareResults,
  readReturned,
} from '../../../src/analyse/compare/compare-results.ts'

type Row = ReturnType<typeof row>

const row = (cells: Readonly<Record<string, string | number>>) =>
  Object.fromEntries(Object.entries(cells).map(([name, value]) => [name, DataFactory.literal(String(value))]))

const compareRows = ([one, other]: readonly [Row[] | undefined, Row[] | undefined]) =>
  compareResults([one && readReturned(one), other && readReturned(other)])

describe('What components returned', () => {
  const returned = (name: string, value: string, calls = 1) =>
    row({ component: `c:${name}`, name, value, type: 'int', calls, grouped: 0 })

  test('differs by each value whose count of calls differs, and only by these', () => {
    const before = [returned('count', '171'), returned('name', 'm31'), returned('fit', '1', 2)]
    const after = [returned('name', 'm31'), returned('count', '150'), returned('fit', '1', 3)]
    expect(compareRows([before, after])).toEqual({
      results: [
        {
          component: 'c:count',
          name: 'count',
          values: [
            { value: '171', calls: [1, undefined] },
            { value: '150', calls: [undefined, 1] },
          ],
        },
        { component: 'c:fit', name: 'fit', values: [{ value: '1', calls: [2, 3] }] },
      ],
      grouped: [],
    })
  })

  test('is named by its type and size where the value was too large to be kept', () => {
    const large = (size: object) => row({ component: 'c:find', name: 'find', calls: 1, grouped: 0, ...size })
    const valuesOf = (before: object, after: object) =>
      compareRows([[large(before)], [large(after)]]).results.flatMap(({ values }) =>
        values.map(({ value }) => value),
      )
    expect(valuesOf({ type: 'list', length: 171 }, { type: 'list', length: 150 })).toEqual([
      'list of 171',
      'list of 150',
    ])
    expect(valuesOf({ type: 'ndarray', length: 3, shape: '[3,4]' }, { type: 'Table' })).toEqual([
      'ndarray of [3,4]',
      'Table',
    ])
    expect(valuesOf({ type: 'Table' }, { type: 'Table' })).toEqual([])
  })

  test('of one size and two spellings is counted together', () => {
    const list = (type: string, calls: number) =>
      row({ component: 'c:find', name: 'find', type, value: '[1]', calls, grouped: 0 })
    expect(compareRows([[list('list', 1), list('tuple', 2)], [list('list', 3)]]).results).toEqual([])
  })

  test('is unknown where calls of the component were grouped in one of the runs', () => {
    const group = row({ component: 'c:fit', name: 'fit', calls: 0, grouped: 900 })
    expect(compareRows([[returned('fit', '1')], [returned('fit', '2'), group]])).toEqual({
      results: [],
      grouped: ['fit'],
    })
  })

  test('by one run only is a difference', () => {
    expect(compareRows([undefined, [returned('fit', '1')]]).results).toMatchObject([
      { name: 'fit', values: [{ value: '1', calls: [undefined, 1] }] },
    ])
  })
})

describe('Qualities', () => {
  const quality = (thing: string, value: string) => row({ thing, value })

  test('differ by metric, whatever order they were measured in', () => {
    const before = [quality('m:b', '2'), quality('m:a', '1'), quality('m:same', '7'), quality('m:same', '6')]
    const after = [quality('m:same', '6'), quality('m:same', '7'), quality('m:b', '3'), quality('m:b', '2')]
    expect(compareQualities([before, after])).toEqual([
      { metric: 'm:a', values: [['1'], undefined] },
      { metric: 'm:b', values: [['2'], ['2', '3']] },
    ])
    expect(compareQualities([undefined, undefined])).toEqual([])
  })
})
