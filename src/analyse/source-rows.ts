import type { Row } from '../sparql/answer.ts'
import { text } from './ask.ts'

/** Of rows of the query `file-flow`, those of files that a run read and did not make itself. */
export function sourceRows(flow: readonly Row[]): Row[] {
  const made = new Set(flow.filter((row) => text(row, 'role') === 'generated').map(fileKey))
  return flow.filter((row) => text(row, 'role') === 'used' && !made.has(fileKey(row)))
}

/** Equal for one version of one file in one run. */
export function fileKey(row: Row): string {
  return `${text(row, 'run')}\n${text(row, 'url')}\n${text(row, 'content')}`
}
