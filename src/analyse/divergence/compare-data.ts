import { groupBy } from '../../group-by.ts'
import type { NamesOfFiles } from '../names-of-files.ts'
import { agreementOf, type Agreement, type Datum } from './datum.ts'

/** Something that a call was given or gave, beside what stands in its place in the other run. */
export interface DatumPair {
  one: Datum | undefined
  other: Datum | undefined
  agreement: Agreement
}

/** Values by their roles: a parameter, or the return; the n-th of a role beside the n-th. */
export function pairValues(one: readonly Datum[], other: readonly Datum[], names: NamesOfFiles): DatumPair[] {
  const [left, right] = [groupBy(one, ({ role }) => role), groupBy(other, ({ role }) => role)]
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((role) => {
    const [a, b] = [left.get(role) ?? [], right.get(role) ?? []]
    return Array.from({ length: Math.max(a.length, b.length) }, (_, index) =>
      pairOf(a[index], b[index], names),
    )
  })
}

/**
 * Files by their bytes, wherever they are: what is left is paired by its path, then in the order of paths.
 */
export function pairFiles(one: readonly Datum[], other: readonly Datum[], names: NamesOfFiles): DatumPair[] {
  const [left, right] = [one.toSorted(byPath), other.toSorted(byPath)]
  const pairs: DatumPair[] = []
  for (const belongs of [sameBytes, samePath, anyFile]) {
    for (const file of [...left]) {
      const at = right.findIndex((each) => belongs(file, each))
      if (at === -1) continue
      left.splice(left.indexOf(file), 1)
      pairs.push(pairOf(file, right.splice(at, 1)[0], names))
    }
  }
  // Bytes that are also in a file of the other run are nothing new, however many copies there are.
  const known = (file: Datum, there: readonly Datum[]) =>
    file.identity !== undefined && there.some(({ identity }) => identity === file.identity)
  for (const file of left) if (!known(file, other)) pairs.push(pairOf(file, undefined, names))
  for (const file of right) if (!known(file, one)) pairs.push(pairOf(undefined, file, names))
  return pairs
}

function pairOf(one: Datum | undefined, other: Datum | undefined, names: NamesOfFiles): DatumPair {
  const agreement = one === undefined || other === undefined ? 'differ' : agreementOf(one, other, names)
  return { one, other, agreement }
}

function sameBytes(a: Datum, b: Datum): boolean {
  return a.identity !== undefined && a.identity === b.identity
}

function samePath(a: Datum, b: Datum): boolean {
  return a.path === b.path
}

function anyFile(): boolean {
  return true
}

function byPath(a: Datum, b: Datum): number {
  return a.role < b.role ? -1 : a.role > b.role ? 1 : 0
}
