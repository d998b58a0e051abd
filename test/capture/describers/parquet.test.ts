import { readFileSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeFile } from '../../../src/capture/files/describe-file.ts'
import { makeFolder } from '../temporary-folder.ts'

/** Written by pyarrow 26: `table` in three row groups, `silent` without statistics. */
const written = (name: string) => readFileSync(join(import.meta.dirname, `${name}.parquet`))

async function describe(bytes: Buffer) {
  const path = join(makeFolder(), 'a.parquet')
  writeFileSync(path, bytes)
  const file = await open(path)
  try {
    return await describeFile(file, path, bytes.length)
  } finally {
    await file.close()
  }
}

test('Of a Parquet file the rows, the columns and what its numbers are like are told, over all row groups', async () => {
  expect(await describe(written('table'))).toEqual({
    format: 'application/vnd.apache.parquet',
    describer: 'ParquetDescriber',
    facts: {
      rowCount: 10,
      columns: ['id', 'flux', 'name', 'day', 'gap', 'ok', 'pair'],
      columnStatistics: [
        { name: 'id', minimum: 0, maximum: 9, missingShare: 0 },
        { name: 'flux', minimum: -1, maximum: 2, missingShare: 0 },
        { name: 'name', missingShare: 0 },
        { name: 'day', missingShare: 0 },
        { name: 'gap', minimum: 1, maximum: 9, missingShare: 0.3 },
        { name: 'ok', missingShare: 0 },
        { name: 'pair.list.element', minimum: 0, maximum: 10, missingShare: 0 },
      ],
    },
  })
})

test('Where its writer says nothing of the numbers, nothing is made up', async () => {
  const { facts } = await describe(written('silent'))
  expect(facts).toEqual({ rowCount: 10, columns: ['id', 'flux'] })
})

test('A Parquet file that is cut off has a format and no facts', async () => {
  expect(await describe(written('table').subarray(0, 2000))).toEqual({
    format: 'application/vnd.apache.parquet',
  })
})
