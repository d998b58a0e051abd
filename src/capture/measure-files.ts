import { open } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { pointerOf, valueAt } from '../json-pointer.ts'
import type { GapLine, MeasurementLine, QualityRule } from '../journal/line.ts'
import { splitRecords } from './describers/delimited-records.ts'
import { statOf } from './stat.ts'

/** Files beyond this are no small reports of a few numbers. */
const bound = 256 << 10

/**
 * Reads the declared quality metrics that files hold. For each that cannot be had there is a gap that says why.
 * @param directory where the program ran
 * @param at nanoseconds of the recorder's clock, for gaps
 */
export async function measureFiles(
  rules: readonly QualityRule[],
  directory: string,
  at: number,
): Promise<(MeasurementLine | GapLine)[]> {
  const lines: (MeasurementLine | GapLine)[] = []
  for (const { metric, file, pointer = pointerOf(metric), unit } of rules) {
    if (file === undefined) continue
    const path = resolve(directory, file)
    try {
      const { stat, text } = await readSmall(path)
      const value = numberAt(await parse(text, path), pointer)
      lines.push({ kind: 'measurement', path, stat, metric, value, ...(unit !== undefined && { unit }) })
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      const why = code === 'ENOENT' ? 'there is no such file' : message
      lines.push({ kind: 'gap', at, reason: `quality ${metric} was not read from ${file}: ${why}` })
    }
  }
  return lines
}

async function readSmall(path: string) {
  const file = await open(path)
  try {
    const stats = await file.stat({ bigint: true })
    if (!stats.isFile()) throw new Error('it is not a file')
    if (stats.size > bound) throw new Error(`it is larger than ${bound >> 10} KiB`)
    return { stat: statOf(stats), text: await file.readFile('utf8') }
  } finally {
    await file.close()
  }
}

/** JSON, YAML, or a table: of a table that has one row, the names of its columns lead to its cells. */
async function parse(text: string, path: string): Promise<unknown> {
  switch (extname(path).toLowerCase()) {
    case '.csv':
    case '.tsv':
      return readTable(text, path.toLowerCase().endsWith('.tsv') ? '\t' : undefined)
    case '.yaml':
    case '.yml': {
      const { parse: parseYaml } = await import('yaml')
      return parseYaml(text)
    }
    default:
      return JSON.parse(text)
  }
}

/** Rows as objects by the names of columns; a column's name alone leads to its last row. */
function readTable(text: string, separator: string | undefined): unknown {
  const [header = [], ...rows] = splitRecords(text, separator)
  const objects = rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])))
  return Object.assign(Object.fromEntries(objects.entries()), objects.at(-1))
}

function numberAt(content: unknown, pointer: string): number {
  const found = valueAt(content, pointer)
  const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found
  if (typeof number === 'number' && !Number.isNaN(number)) return number
  throw new Error(found === undefined ? `nothing is at ${pointer}` : `what is at ${pointer} is no number`)
}
