import { groupBy } from '../../group-by.ts'
import { NotHere } from './expression.ts'

type Rows = readonly (readonly number[])[]

const mostWithoutShared = 100_000

/**
 * Every row of one with those of the other that have the same terms where both have one:
 * https://www.w3.org/TR/sparql11-query/#sparqlAlgebra
 *
 * @param keepsOnes whether a row without any of the other is kept as it is, as OPTIONAL does
 * @throws NotHere where a variable of both is bound in some rows only
 */
export function joined(ones: Rows, others: Rows, keepsOnes = false): number[][] {
  const theirs = slotsOf(others)
  const shared = [...slotsOf(ones)].filter((slot) => theirs.has(slot))
  // Oxigraph goes through them without keeping them.
  if (shared.length === 0 && ones.length * others.length > mostWithoutShared)
    throw new NotHere('a join of everything')
  const byKey = groupBy(others, (other) => keyOf(other, shared))
  const rows: number[][] = []
  for (const one of ones) {
    const found = byKey.get(keyOf(one, shared)) ?? []
    if (keepsOnes && found.length === 0) rows.push([...one])
    for (const other of found) {
      const row: number[] = []
      const width = Math.max(one.length, other.length)
      for (let slot = 0; slot < width; slot++) row.push(one[slot] || other[slot] || 0)
      rows.push(row)
    }
  }
  return rows
}

/** Places of the variables that are bound in any row. */
function slotsOf(rows: Rows): Set<number> {
  const slots = new Set<number>()
  for (const row of rows) {
    for (let slot = 0; slot < row.length; slot++) if (row[slot]! > 0) slots.add(slot)
  }
  return slots
}

function keyOf(row: readonly number[], slots: readonly number[]): string {
  let key = ''
  for (const slot of slots) {
    const number = row[slot] ?? 0
    if (number === 0) throw new NotHere('a join of what is bound in some rows only')
    key += `${number} `
  }
  return key
}
