import { describe, expect, test } from 'vitest'
import { Histogram } from '../../src/record/histogram.ts'
import { python } from '../../src/record/languages/python.ts'
import { canonicalDouble } from '../../src/canonical-double.ts'
import { describeValue, literalOf } from '../../src/record/literals.ts'
import { NumberColumn } from '../../src/record/number-column.ts'
import { Quantiles } from '../../src/record/quantiles.ts'
import { SettingTotals } from '../../src/record/setting-totals.ts'

describe('quantiles', () => {
  test('of a few numbers are exact', () => {
    const quantiles = new Quantiles()
    for (const value of [4, 1, 3, 2, 5]) quantiles.add(value)
    expect(quantiles.read()).toEqual([1.2, 2, 3, 4, 4.8].map((value) => expect.closeTo(value, 12)))
  })

  test('of many numbers are within 1 %, whatever their order', () => {
    const numbers = Array.from({ length: 20_000 }, (_, i) => 1e-7 * 1.0005 ** ((i * 7919) % 20_000))
    const [one, other] = [new Quantiles(), new Quantiles()]
    for (const value of numbers) one.add(value)
    for (const value of [...numbers].reverse()) other.add(value)
    const sorted = [...numbers].sort((a, b) => a - b)
    const read = one.read() ?? []
    expect(read).toEqual(other.read())
    ;[0.05, 0.25, 0.5, 0.75, 0.95].forEach((point, i) => {
      const exact = sorted[Math.floor(point * (sorted.length - 1))] ?? 0
      expect(Math.abs((read[i] ?? 0) - exact) / exact).toBeLessThan(0.011)
    })
  })

  test('of nothing are absent, of zeros are zero', () => {
    expect(new Quantiles().read()).toBeUndefined()
    const zeros = new Quantiles()
    zeros.add(0, 1000)
    expect(zeros.read()).toEqual([0, 0, 0, 0, 0])
  })
})

describe('histograms', () => {
  test('count every number, in at most 20 bins, the same in any order', () => {
    const numbers = Array.from({ length: 3000 }, (_, i) => Math.sin(i) * 1000 + (i % 5 === 0 ? 1e6 : 0))
    const [one, other] = [new Histogram(), new Histogram()]
    for (const value of numbers) one.add(value, 1)
    for (const value of [...numbers].reverse()) other.add(value, 1)
    const bins = one.read()
    expect(bins).toEqual(other.read())
    expect(bins.length).toBeLessThanOrEqual(20)
    expect(bins.reduce((sum, [, count]) => sum + count, 0)).toBe(3000)
    const width = Math.min(...bins.slice(1).map(([edge], i) => edge - (bins[i]?.[0] ?? 0)))
    for (const [edge, count] of bins) {
      expect(numbers.filter((value) => value >= edge && value < edge + width)).toHaveLength(count)
    }
  })

  test('take numbers of any size', () => {
    const histogram = new Histogram()
    for (const value of [Number.MAX_VALUE, -1e300, 0, 1e-300, NaN, Infinity]) histogram.add(value, 1)
    expect(histogram.read().reduce((sum, [, count]) => sum + count, 0)).toBe(4)
  })
})

describe('settings', () => {
  test('list up to 50 values with their counts', () => {
    const settings = new SettingTotals()
    for (let i = 0; i < 500; i++) settings.add([i % 50, 'x'])
    const [numbers, texts] = settings.read()
    expect(numbers).toMatchObject({ parameter: 0, sampledCount: 500, histogram: undefined })
    expect(numbers?.values).toHaveLength(50)
    expect(numbers?.values.every((value) => value.count === 10)).toBe(true)
    expect(texts?.values).toEqual([{ literal: { lexical: 'x', type: 'string' }, count: 500 }])
  })

  test('say of a value that it was a default where every call that had it left it to that', () => {
    const settings = new SettingTotals()
    const fields = { $: 'object' as const, type: 'Config', fields: { alpha: 1 } }
    settings.add([1, 5, fields], [1, 2])
    settings.add([1, 5, fields], [0, 1, 2])
    settings.add([2, 6, fields], [0])
    const found = settings
      .read()
      .map(({ field, values }) => [
        field,
        values.map(({ literal, isDefault }) => [literal.lexical, isDefault === true]),
      ])
    expect(found).toEqual([
      [
        undefined,
        [
          ['1', false],
          ['2', true],
        ],
      ],
      [
        undefined,
        [
          ['5', true],
          ['6', false],
        ],
      ],
      ['alpha', [['1', false]]],
    ])
  })

  test('become a histogram beyond that, and keep what is no number', () => {
    const settings = new SettingTotals()
    settings.add([null])
    for (let i = 0; i < 500; i++) settings.add([i])
    const [setting] = settings.read()
    expect(setting?.values).toEqual([{ literal: { lexical: 'null', type: 'json' }, count: 1 }])
    expect(setting?.histogram?.reduce((sum, [, count]) => sum + count, 0)).toBe(500)
    expect(setting?.sampledCount).toBe(501)
  })

  test('leave objects out', () => {
    const settings = new SettingTotals()
    settings.add([{ $: 'object', type: 'T', id: 1 }])
    expect(settings.read()).toEqual([])
  })
})

describe('literals', () => {
  test.each([
    [2.5, '2.5E0'],
    [0, '0.0E0'],
    [-0, '-0.0E0'],
    [1e22, '1.0E22'],
    [-123.456, '-1.23456E2'],
    [5e-324, '5.0E-324'],
    [NaN, 'NaN'],
    [-Infinity, '-INF'],
  ])('the double %d is written %s', (value, lexical) => {
    expect(canonicalDouble(value)).toBe(lexical)
  })

  test.each([
    [
      { $: 'integer' as const, v: '9007199254740993' },
      { lexical: '9007199254740993', type: 'integer' },
    ],
    [
      { $: 'double' as const, v: 'Infinity' },
      { lexical: 'INF', type: 'double' },
    ],
    [true, { lexical: 'true', type: 'boolean' }],
    [
      { $: 'object' as const, type: 'dict', v: { b: [1, 2.5, null], a: 'x', 10: 1, 9: 1 } },
      { lexical: '{"10":1,"9":1,"a":"x","b":[1,2.5,null]}', type: 'json' },
    ],
    [
      {
        $: 'object' as const,
        type: 'list',
        v: [
          { $: 'double', v: 'NaN' },
          { $: 'double', v: '5.0' },
        ],
      },
      { lexical: '["NaN",5]', type: 'json' },
    ],
    [{ $: 'bytes' as const, v: 'AA==' }, undefined],
    [
      { $: 'text' as const, v: 'a', id: 1 },
      { lexical: 'a', type: 'string' },
    ],
    [
      { $: 'text' as const, v: 'a😀', length: 2 },
      { lexical: 'a😀', type: 'string' },
    ],
    [{ $: 'text' as const, v: 'a😀', length: 3 }, undefined],
    [2 ** 53 - 1, { lexical: '9007199254740991', type: 'integer' }],
    [2 ** 53, { lexical: '9.007199254740992E15', type: 'double' }],
    [{ $: 'redacted' as const }, undefined],
  ])('%j', (value, literal) => {
    expect(literalOf(value)).toEqual(literal)
  })

  test('a change of content changes the fingerprint', () => {
    const of = (more: object) =>
      describeValue({ $: 'object', type: 'T', id: 1, ...more }, python.typeNames)?.fingerprint
    expect(of({ digest: 'crc32:1' })).not.toBe(of({ digest: 'crc32:2' }))
    expect(of({ v: [1] })).not.toBe(of({ v: [2] }))
    expect(of({ shape: [1, 2] })).toBe(of({ shape: [1, 2] }))
    expect(of({})).toBe(0)
  })
})

test('a column remembers a number for any id, and 0 for the others', () => {
  const column = new NumberColumn()
  for (const id of [1, 16_383, 16_384, 3_000_000_000]) column.set(id, -(id % 1000) - 1)
  expect([1, 2, 16_383, 16_384, 3_000_000_000].map((id) => column.get(id))).toEqual([-2, 0, -384, -385, -1])
})
