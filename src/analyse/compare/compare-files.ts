import type { Row } from '../../sparql/answer.ts'
import { groupBy } from '../../group-by.ts'
import { text } from '../ask.ts'
import { dataFactsOf, type DataFacts } from '../data-facts.ts'
import type { Sides } from './run-differences.ts'

/** A file whose bytes differ in the same role, or that only one run has. */
export interface FileDifference {
  /** Where it was in the first run, or in the second where only that has it. */
  url: string
  /** Where it was in the second run, where that is another place. */
  otherUrl?: string
  contents: Sides<string>
  /** What it holds, where it is one content and somebody looked into it. */
  holds?: Sides<DataFacts>
}

/** A place where a run read or wrote something that the other run did not. */
interface Place {
  url: string
  contents: readonly string[]
  holds: DataFacts | undefined
  /** Which components read or wrote it, and what sort of file it is. */
  role: string
  functions: readonly string[]
  format: string
}

/**
 * By content: the same bytes at another place are no difference. Of what is left a file of one run belongs to that of
 * the other which has the same role, at the same place if there is one there, else under the most similar name; then to
 * the one at the same place; a lone file to a lone one of its format that one of its components read or wrote.
 *
 * @param rows of the query `file-flow`, for one direction
 */
export function compareFiles([one = [], other = []]: Sides<readonly Row[]>): FileDifference[] {
  const [left, right] = [placesNotIn(other, one), placesNotIn(one, other)]
  const pairs: [Place | undefined, Place | undefined][] = []
  const pair = (belong: (a: Place, b: Place) => boolean) => {
    for (const place of [...left]) {
      const candidates = right.filter((each) => belong(place, each))
      if (candidates.length === 0) continue
      const best = candidates.reduce((a, b) => (alike(place, b) > alike(place, a) ? b : a))
      left.splice(left.indexOf(place), 1)
      right.splice(right.indexOf(best), 1)
      pairs.push([place, best])
    }
  }
  pair((a, b) => a.role === b.role && a.url === b.url)
  pair((a, b) => a.role === b.role)
  pair((a, b) => a.url === b.url)
  pair(
    (a, b) =>
      isAlone(a, left) &&
      isAlone(b, right) &&
      a.format === b.format &&
      a.functions.some((each) => b.functions.includes(each)),
  )
  for (const place of left) pairs.push([place, undefined])
  for (const place of right) pairs.push([undefined, place])
  return pairs.map(differenceOf).toSorted((a, b) => (a.url < b.url ? -1 : 1))
}

/** Whether no other place left has a component in common with it, so that it is clear what it stands for. */
function isAlone(place: Place, left: readonly Place[]): boolean {
  return left.every(
    (each) => each === place || !each.functions.some((name) => place.functions.includes(name)),
  )
}

function differenceOf([a, b]: readonly [Place | undefined, Place | undefined]): FileDifference {
  const url = (a ?? b)!.url
  const contents = [a?.contents.join(', '), b?.contents.join(', ')] as const
  const holds = [a?.holds, b?.holds] as const
  return {
    url,
    ...(b !== undefined && b.url !== url && { otherUrl: b.url }),
    contents,
    ...(holds.some(Boolean) && { holds }),
  }
}

/** Places of one run with the contents that the other run has nowhere. */
function placesNotIn(there: readonly Row[], here: readonly Row[]): Place[] {
  const known = new Set(there.map((row) => text(row, 'content')))
  const wanted = here.filter((row) => text(row, 'url') !== '' && !known.has(text(row, 'content')))
  const distinct = (rows: readonly Row[], name: string) =>
    [...new Set(rows.map((row) => text(row, name)))].toSorted()
  return [...groupBy(wanted, (row) => text(row, 'url'))]
    .map(([url, rows]) => ({
      url,
      contents: distinct(rows, 'content'),
      holds: distinct(rows, 'content').length === 1 ? dataFactsOf(rows[0] ?? {}) : undefined,
      functions: distinct(rows, 'function'),
      format: distinct(rows, 'format').join(),
      role: [...distinct(rows, 'function'), ...distinct(rows, 'format')].join('\n'),
    }))
    .toSorted((a, b) => (a.url < b.url ? -1 : 1))
}

/** Characters that two places have in common at their beginnings and ends. */
function alike({ url: a }: Place, { url: b }: Place): number {
  const length = Math.min(a.length, b.length)
  let before = 0
  while (before < length && a[before] === b[before]) before++
  let after = 0
  while (after < length - before && a.at(-1 - after) === b.at(-1 - after)) after++
  return before + after
}
