import type { Row } from '../sparql/answer.ts'
import { numberOf } from './read-row.ts'

/** What a file holds, in a few figures. */
export interface DataFacts {
  rowCount?: number
  minimum?: number
  maximum?: number
  mean?: number
  /** Part of the places for numbers that hold zero, and that hold nothing (NaN, a blank, an empty cell). */
  zeroShare?: number
  missingShare?: number
}

/** The names of the figures, in the order in which they are shown. */
export const factNames = ['rowCount', 'minimum', 'maximum', 'mean', 'zeroShare', 'missingShare'] as const

/** Undefined where nobody looked into the file, or found no numbers or rows. */
export function dataFactsOf(row: Row): DataFacts | undefined {
  return dataFacts((name) => numberOf(row, name))
}

/** The same by whatever says a figure of this name. */
export function dataFacts(figureOf: (name: keyof DataFacts) => number | undefined): DataFacts | undefined {
  const facts: DataFacts = {}
  for (const name of factNames) {
    const value = figureOf(name)
    if (value !== undefined) facts[name] = value
  }
  return Object.keys(facts).length === 0 ? undefined : facts
}
