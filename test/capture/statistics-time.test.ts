import { expect, test } from 'vitest'
import type { Bytes } from '../../src/capture/describers/describer.ts'
import { StatisticsTime } from '../../src/capture/describers/statistics-time.ts'
import { describeFile } from '../../src/capture/files/describe-file.ts'

/** A file whose every read takes so many milliseconds of a clock that only reads move. */
function slowFile(content: Buffer, took: number) {
  let at = 0
  const file: Bytes = {
    read: async (buffer, offset, length, position) => {
      at += took
      return { bytesRead: content.copy(buffer, offset, position, position + length) }
    },
  }
  return { file, now: () => at }
}

const table = Buffer.from(`a,b\n${'1,2\n'.repeat(1 << 20)}`)
const numbers = Buffer.concat([
  Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1'),
  Buffer.from("{'descr': '<f8', 'fortran_order': False, 'shape': (131072,), }".padEnd(118)),
  Buffer.alloc(1 << 20, 0),
])

test.each([
  ['table.csv', table],
  ['numbers.npy', numbers],
])('Of %s only a part is looked at when its time is over, and which is said', async (name, content) => {
  const { file, now } = slowFile(content, 10)
  const described = await describeFile(file, name, content.length, new StatisticsTime(now, { file: 15 }))
  const { facts } = described
  expect(facts?.['sampledShare']).toBeGreaterThan(0)
  expect(facts?.['sampledShare']).toBeLessThan(1)
  expect(facts).not.toHaveProperty('rowCount')
  const whole = await describeFile(file, name, content.length, new StatisticsTime(now, { file: 10_000 }))
  expect(whole.facts).not.toHaveProperty('sampledShare')
})

test('What all files of a run have taken is not there for others', async () => {
  const { file, now } = slowFile(table, 10)
  const time = new StatisticsTime(now, { file: 1000, run: 50 })
  const shares = []
  for (let n = 0; n < 3; n++) {
    const { facts } = await describeFile(file, 'table.csv', table.length, time)
    shares.push(facts?.['sampledShare'])
  }
  expect(shares.slice(0, 2)).toEqual([undefined, expect.any(Number)])
})
