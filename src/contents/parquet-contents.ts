import { medianSize } from './number-tolerance.ts'
import type { ContentsReader, Value } from './parts.ts'

/** Columns of a Parquet file, however it is split into row groups and compressed. */
export const parquetContents: ContentsReader = {
  formats: ['application/vnd.apache.parquet'],
  by: 'values',
  async read(bytes) {
    const { parquetReadObjects } = await import('hyparquet')
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
    const rows = await parquetReadObjects({ file })
    const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    return names.map((name) => {
      const values = rows.map((row) => valueOf(row[name]))
      return {
        name,
        values,
        scale: medianSize(values),
        place: (index) => `row ${index + 1} of ${name}`,
        counts: true,
      }
    })
  },
}

function valueOf(value: unknown): Value {
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (typeof value !== 'object' || value === null) return value as Value
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each))
}
