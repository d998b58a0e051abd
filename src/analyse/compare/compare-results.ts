import type { Row } from '../../sparql/answer.ts'
import { text } from '../ask.ts'
import { integerOf, textOf } from '../read-row.ts'
import type { Sides } from './run-differences.ts'

/** What a component returned otherwise. */
export interface ResultDifference {
  component: string
  name: string
  /** Calls by what they returned, of the results whose counts differ. */
  values: readonly { value: string; calls: Sides<number> }[]
}

/** A quality metric that was measured otherwise. */
export interface QualityDifference {
  metric: string
  /** Each with its values, smallest first as texts. */
  values: Sides<readonly string[]>
}

/**
 * @param rows of the query `returned-values`
 * @returns what differs, and the names of components that cannot be compared, since calls of them were grouped
 */
export function compareResults([one = [], other = []]: Sides<readonly Row[]>): {
  results: ResultDifference[]
  grouped: string[]
} {
  const names = new Map([...one, ...other].map((row) => [text(row, 'component'), text(row, 'name')]))
  const results: ResultDifference[] = []
  const grouped: string[] = []
  for (const [component, name] of [...names].toSorted(([, a], [, b]) => (a < b ? -1 : 1))) {
    const [before, after] = [one, other].map((rows) =>
      rows.filter((row) => text(row, 'component') === component),
    ) as [Row[], Row[]]
    if ([...before, ...after].some((row) => integerOf(row, 'grouped') > 0)) {
      grouped.push(name)
      continue
    }
    const [counts, otherCounts] = [countsOf(before), countsOf(after)]
    const values = [...new Set([...counts.keys(), ...otherCounts.keys()])]
      .map((value) => ({ value, calls: [counts.get(value), otherCounts.get(value)] as const }))
      .filter(({ calls }) => calls[0] !== calls[1])
    if (values.length > 0) results.push({ component, name, values })
  }
  return { results, grouped }
}

/** Calls by what they returned. */
function countsOf(rows: readonly Row[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) {
    const value = resultText(row)
    counts.set(value, (counts.get(value) ?? 0) + integerOf(row, 'calls'))
  }
  return counts
}

/** `171`, or where the value was too large to be kept `list of 171`. */
function resultText(row: Row): string {
  const size = textOf(row, 'shape') ?? textOf(row, 'length')
  return row['value']?.value ?? (size === undefined ? text(row, 'type') : `${text(row, 'type')} of ${size}`)
}

/** @param rows of the aspect quality of the query `uc8-what-two-runs-ran` */
export function compareQualities([one = [], other = []]: Sides<readonly Row[]>): QualityDifference[] {
  const valuesOf = (rows: readonly Row[], metric: string) => {
    const values = rows.filter((row) => text(row, 'thing') === metric).map((row) => text(row, 'value'))
    return values.length === 0 ? undefined : values.toSorted()
  }
  return [...new Set([...one, ...other].map((row) => text(row, 'thing')))]
    .toSorted()
    .map((metric) => ({ metric, values: [valuesOf(one, metric), valuesOf(other, metric)] as const }))
    .filter(({ values: [before, after] }) => before?.join('\n') !== after?.join('\n'))
}
