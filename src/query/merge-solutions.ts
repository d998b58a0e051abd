import type { Answer, Row } from '../sparql/answer.ts'
import { termKey } from './term-key.ts'

/**
 * The solutions that a pattern has over all its sources together. One source may give the same solution several times,
 * because there are several ways to reach it; that number is kept. Two sources that hold the same graph each give it
 * that often, so the merged answer has it as often as the source that gives it most often.
 */
export function mergeSolutions(answers: readonly Answer[]): { variables: string[]; rows: Row[] } {
  const tables = answers.filter((answer) => answer.type === 'bindings')
  const names = [...new Set(tables.flatMap(({ variables }) => variables))]
  const merged = new Map<string, number>()
  const rows: Row[] = []
  for (const table of tables) {
    const counts = new Map<string, number>()
    for (const row of table.rows) {
      const key = names.map((name) => termKey(row[name])).join(' ')
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      if (count > (merged.get(key) ?? 0)) {
        merged.set(key, count)
        rows.push(row)
      }
    }
  }
  return { variables: names, rows }
}
