import type { TripleTable } from '../../rdf/triple-table.ts'
import type { Row } from '../../sparql/answer.ts'
import { findCandidates, findSlice, SliceTooLarge } from './find-slice.ts'
import type { FoundTriples } from './found-triples.ts'
import type { Part } from './slice-plan.ts'

/** The triples that some of a query's rows can need. */
export interface SlicePart {
  slice: FoundTriples
  /** Whether a row that they give is one of those: others may be incomplete, or come again. */
  isMeant: (row: Row) => boolean
}

/** Terms that a part begins with. */
const termsAtFirst = 100_000

/**
 * Parts a slice by what a variable can be: the one that can be most.
 *
 * @param variables those by which the query's rows can be parted
 * @param most triples of a part
 * @returns undefined where nothing can be parted
 */
export function findParts(
  table: TripleTable,
  plan: Part,
  variables: readonly string[],
  most: number,
): Iterable<SlicePart> | undefined {
  let widest: { name: string; numbers: readonly number[] } | undefined
  for (const name of variables) {
    const numbers = nodesIn(table, plan, `?${name}`)
    if (numbers.length > (widest?.numbers.length ?? 1)) widest = { name, numbers }
  }
  return widest && partsOf(table, plan, widest.name, widest.numbers, most)
}

function nodesIn(table: TripleTable, plan: Part, variable: string): number[] {
  try {
    const candidates = [...findCandidates(table, plan, variable, table.size)]
    // Engines may write literals in another way, and blank nodes have other names there.
    return candidates.every((number) => table.terms.isIri(number)) ? candidates : []
  } catch (error) {
    if (error instanceof SliceTooLarge) return []
    throw error
  }
}

function* partsOf(
  table: TripleTable,
  plan: Part,
  name: string,
  numbers: readonly number[],
  most: number,
): Generator<SlicePart> {
  let length = Math.min(termsAtFirst, numbers.length >> 1)
  for (let first = 0; first < numbers.length;) {
    const some = numbers.slice(first, first + length)
    let slice: FoundTriples
    try {
      slice = findSlice(table, plan, most, new Map([[`?${name}`, new Set(some)]]))
    } catch (error) {
      if (!(error instanceof SliceTooLarge) || length === 1) throw error
      length >>= 1
      continue
    }
    first += length
    const values = new Set(some.map((number) => table.terms.valueOf(number)))
    yield { slice, isMeant: (row) => values.has(row[name]?.value ?? '') }
  }
}
