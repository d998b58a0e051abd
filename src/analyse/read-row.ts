import type { Row } from '../sparql/answer.ts'

/** The IRI or lexical form of a variable, if it is bound and not empty. */
export function textOf(row: Row, name: string): string | undefined {
  const value = row[name]?.value
  return value === '' ? undefined : value
}

/** @returns undefined where it is unbound or no number. */
export function numberOf(row: Row, name: string): number | undefined {
  const text = textOf(row, name)
  const number = text === undefined ? Number.NaN : Number(text)
  return Number.isNaN(number) ? undefined : number
}

/** A count; 0 where it is unbound. */
export function integerOf(row: Row, name: string): number {
  return Math.round(numberOf(row, name) ?? 0)
}
