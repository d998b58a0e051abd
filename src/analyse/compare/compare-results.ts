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

/** Calls of a component that returned one thing, or, where they are grouped, of which that is not known. */
export interface ReturnedValue {
  component: string
  name: string
  /** `171`, or where the value was too large to be kept `list of 171`. */
  value: string
  calls: number
  grouped: boolean
}

/** @param rows of the query `returned-values` */
export function readReturned(rows: readonly Row[]): ReturnedValue[] {
  return rows.map((row) => ({
    component: text(row, 'component'),
    name: text(row, 'name'),
    value: shownResult(row['value']?.value, text(row, 'type'), textOf(row, 'shape') ?? textOf(row, 'length')),
    calls: integerOf(row, 'calls'),
    grouped: integerOf(row, 'grouped') > 0,
  }))
}

/** @param size of a value that was too large to be kept */
export function shownResult(value: string | undefined, type: string, size: string | undefined): string {
  return value ?? (size === undefined ? type : `${type} of ${size}`)
}

/** @returns what differs, and the names of components that cannot be compared, since calls of them were grouped */
export function compareResults([one = [], other = []]: Sides<readonly ReturnedValue[]>): {
  results: ResultDifference[]
  grouped: string[]
} {
  const names = new Map([...one, ...other].map(({ component, name }) => [component, name]))
  const results: ResultDifference[] = []
  const grouped: string[] = []
  for (const [component, name] of [...names].toSorted(([, a], [, b]) => (a < b ? -1 : 1))) {
    const [before, after] = [one, other].map((side) =>
      side.filter((each) => each.component === component),
    ) as [ReturnedValue[], ReturnedValue[]]
    if ([...before, ...after].some((each) => each.grouped)) {
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
function countsOf(returned: readonly ReturnedValue[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { value, calls } of returned) counts.set(value, (counts.get(value) ?? 0) + calls)
  return counts
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
