import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { detectFormat } from '../capture/files/detect-format.ts'
import { compareParts } from './compare-parts.ts'
import type { PartsComparison } from './compare-parts.ts'
import { fitsContents } from './fits-contents.ts'
import { jsonContents } from './json-contents.ts'
import { numpyContents } from './numpy-contents.ts'
import { parquetContents } from './parquet-contents.ts'
import type { ContentsReader } from './parts.ts'
import { PassingText } from './passing-text.ts'
import { pdfContents } from './pdf-contents.ts'
import { pngContents } from './png-contents.ts'
import { svgContents } from './svg-contents.ts'
import { tableContents } from './table-contents.ts'
import { textContents } from './text-contents.ts'

const readers: readonly ContentsReader[] = [
  fitsContents,
  jsonContents,
  numpyContents,
  parquetContents,
  pdfContents,
  pngContents,
  svgContents,
  tableContents,
  textContents,
]

/** Bytes that are read into memory. A larger file is compared by its digest alone. */
export const largestCompared = 256 << 20

/** Two files that are not the same bytes, set side by side by what they mean. */
export interface ContentsComparison extends Omit<PartsComparison, 'same'> {
  /** What they mean is the same within the tolerance. */
  equivalent: boolean
  /** Media type. */
  format: string
  by: ContentsReader['by'] | 'bytes'
  /** Why nothing but bytes was compared. */
  because?: string
}

/** How to compare. */
export interface ComparisonOptions {
  /** How much of the larger one two numbers may differ by. */
  tolerance: number
  /** Absolute paths of the folders that the runs worked in, which say nothing of a result. */
  folders?: readonly string[]
}

/**
 * Compares two contents that are not the same bytes.
 * @param path says the format, where the bytes do not
 */
export async function compareContents(
  path: string,
  [one, other]: readonly [Buffer, Buffer],
  { tolerance, folders = [] }: ComparisonOptions,
): Promise<ContentsComparison> {
  const format = detectFormat(path, one)
  const otherFormat = detectFormat(path, other)
  if (format !== otherFormat) return byBytes(format, `one is ${format} and the other ${otherFormat}`)
  try {
    // The header of a gzip file says when it was written.
    if (format === 'application/gzip') {
      const inflate = promisify(gunzip)
      const inside = [await inflate(one), await inflate(other)] as const
      const named = path.replace(/\.t?gz$/i, '')
      if (!inside[0].equals(inside[1])) return await compareContents(named, inside, { tolerance, folders })
      return { equivalent: true, format, by: 'values', differing: 0, compared: 1, leftOut: ['time stamps'] }
    }
    const reader = readers.find(({ formats }) =>
      formats.some((each) => format === each || (each.endsWith('/') && format.startsWith(each))),
    )
    if (reader === undefined) return byBytes(format, `nothing here reads ${format}`)
    const parts = [await reader.read(one, format), await reader.read(other, format)] as const
    const { same, ...found } = compareParts(parts, tolerance, new PassingText(folders))
    return { equivalent: same, format, by: reader.by, ...found }
  } catch (error) {
    return byBytes(format, `it could not be read as ${format}: ${(error as Error).message}`)
  }
}

function byBytes(format: string, because: string): ContentsComparison {
  return { equivalent: false, format, by: 'bytes', because, differing: 1, compared: 1, leftOut: [] }
}
