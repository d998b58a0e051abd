import { writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ColumnTally } from '../../src/capture/describers/column-tally.ts'
import { NumberTally } from '../../src/capture/describers/number-tally.ts'
import { numberReader, piecesOf, tallyNumbers } from '../../src/capture/describers/numbers-in-file.ts'
import { makeFolder } from './temporary-folder.ts'

function tally(numbers: Iterable<number>) {
  const all = new NumberTally()
  for (const number of numbers) all.add(number)
  return all.read()
}

describe('what numbers are like', () => {
  test('of a few', () => {
    expect(tally([0, 4, Number.NaN, 2])).toEqual({
      zeroShare: 0.25,
      missingShare: 0.25,
      minimum: 0,
      maximum: 4,
      mean: 2,
      quantiles: [0, 2, 2, 4, 4],
    })
  })

  test('of none, of nothing but holes, and of some that have no end', () => {
    expect(tally([])).toBeUndefined()
    expect(tally([Number.NaN])).toEqual({ zeroShare: 0, missingShare: 1 })
    expect(tally([1, Infinity])).toEqual({ zeroShare: 0, missingShare: 0 })
  })

  test('of very many, with quantiles that are near enough', () => {
    const facts = tally(Array.from({ length: 100_000 }, (_, n) => (n * 7919) % 100_000))
    expect(facts).toMatchObject({ minimum: 0, maximum: 99_999, mean: expect.closeTo(49_999.5, 3) })
    const wanted = [5e3, 25e3, 50e3, 75e3, 95e3]
    facts?.quantiles?.forEach((value, at) => expect(Math.abs(value - wanted[at]!)).toBeLessThan(2500))
  })
})

describe('what a column is like', () => {
  const column = (...cells: string[]) => {
    const all = new ColumnTally('c')
    for (const cell of cells) all.addText(cell)
    return all.read()
  }

  test('numbers with holes', () => {
    expect(column('1', '', ' NaN', '3')).toMatchObject({ minimum: 1, maximum: 3, mean: 2, missingShare: 0.5 })
  })

  test('texts, of which the different ones are counted', () => {
    expect(column('a', 'b', 'a', '')).toEqual({ name: 'c', missingShare: 0.25, distinct: 2 })
  })
})

describe('numbers in a file', () => {
  const read = async (bytes: Buffer, type: string, little: boolean, count: number) => {
    const path = join(makeFolder(), 'numbers')
    writeFileSync(path, bytes)
    const file = await open(path)
    const reader = numberReader(type, little)
    if (reader === undefined) throw new Error(`no reader of ${type}`)
    try {
      return await tallyNumbers(file, { start: 1, count, ...reader })
    } finally {
      await file.close()
    }
  }

  test.each([
    ['uint8', true, [7]],
    ['int16', true, [254, 255]],
    ['int16', false, [255, 254]],
    ['int64', false, [255, 255, 255, 255, 255, 255, 255, 254]],
    ['float32', false, [0xc0, 0, 0, 0]],
    ['float64', true, [0, 0, 0, 0, 0, 0, 0, 0xc0]],
  ] as const)('%s, little end first: %s', async (type, little, bytes) => {
    const facts = await read(Buffer.from([99, ...bytes]), type, little, 1)
    expect(facts).toMatchObject({ mean: type === 'uint8' ? 7 : -2 })
  })

  test('more than is looked at: pieces from everywhere, and which part that was', async () => {
    const facts = await read(Buffer.alloc(1 + (40 << 20), 3), 'uint8', true, 40 << 20)
    expect(facts).toMatchObject({ minimum: 3, maximum: 3, sampledShare: 0.2 })
    const [first, ...rest] = [...piecesOf(40 << 20, 12)]
    expect(first).toEqual([0, 65532])
    expect(rest.at(-1)![0]).toBeGreaterThan(39 << 20)
    expect(rest.every(([from]) => from % 12 === 0)).toBe(true)
  })

  test('fewer than there should be: what is there', async () => {
    expect(await read(Buffer.from([9, 1, 2]), 'uint8', true, 4)).toMatchObject({
      maximum: 2,
      sampledShare: 0.5,
    })
    expect(await read(Buffer.from([9]), 'uint8', true, 4)).toEqual({})
  })
})
