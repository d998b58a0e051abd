import type { Bytes } from '../describers/describer.ts'
import { describers } from '../describers/describers.ts'
import { StatisticsTime } from '../describers/statistics-time.ts'
import { detectFormat } from './detect-format.ts'
import { textOf } from '../../journal/journal-text.ts'
import type { JournalText } from '../../journal/line.ts'

/** A file's format, and what a describer that knows it found. */
export interface Description {
  /** Media type. */
  format: string
  /** Local name of the describer; absent where none knows the format. */
  describer?: string
  facts?: Record<string, unknown>
}

const headSize = 64 << 10

/** Never fails: a file that is not what it claims to be has a format and no facts. */
export async function describeFile(
  file: Bytes,
  path: JournalText,
  size: number,
  time = new StatisticsTime(),
): Promise<Description> {
  const buffer = Buffer.alloc(Math.min(headSize, size))
  const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
  const head = buffer.subarray(0, bytesRead)
  const format = detectFormat(textOf(path), head)
  const describer = describers.find(({ formats }) => formats.includes(format))
  if (describer === undefined) return { format }
  try {
    const facts = await time.spend(file, (timed) => describer.describe({ file: timed, head, size, format }))
    return { format, describer: describer.name, facts }
  } catch {
    return { format }
  }
}
