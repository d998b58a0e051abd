import type { QueryEngine } from '../query/engine.ts'
import type { Row } from '../sparql/answer.ts'
import { ask, text } from './ask.ts'
import { textOf } from './read-row.ts'

/** What the summary of a run lists whole. Each list is absent where it would be long, or the summary is older than it. */
export interface Overviews {
  files?: readonly ListedFile[]
  /** Names and versions, in order. */
  packages?: readonly (readonly [name: string, version?: string])[]
  returns?: readonly ListedReturns[]
}

/** A file that a run read or made, as its summary lists it. */
export interface ListedFile {
  /** As the run called it. */
  path: string
  role: 'read' | 'made' | 'possibly made'
  /** Calls that read it. */
  uses: number
  /** Name of what wrote it, or may have. */
  maker?: string
  content?: string
  sizeBytes?: number
  format?: string
  rowCount?: number
  minimum?: number
  maximum?: number
  mean?: number
  zeroShare?: number
  missingShare?: number
}

/** What a component returned: each result, or a digest of all, or that it is not known since calls were grouped. */
export type ListedReturns = { component: string; name: string } & (
  { results: readonly ListedResult[] } | { digest: string } | { grouped: true }
)

export interface ListedResult {
  type: string
  calls: number
  value?: string
  valueType?: 'string' | 'integer' | 'double' | 'boolean' | 'json'
  length?: number
  shape?: readonly number[]
}

/** @returns by run; a run of which no summary is found has none */
export async function readOverviews(
  engine: QueryEngine,
  runs: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Overviews>> {
  return overviewsOf(await ask(engine, 'run-lists', { run: runs }, signal))
}

/** @param rows of the query `run-lists` */
export function overviewsOf(rows: readonly Row[]): ReadonlyMap<string, Overviews> {
  return new Map(
    rows.map((row) => {
      const lists = ['files', 'packages', 'returns'].flatMap((name) => {
        const list = textOf(row, name)
        return list === undefined ? [] : [[name, JSON.parse(list) as unknown] as const]
      })
      return [text(row, 'run'), Object.fromEntries(lists) as Overviews]
    }),
  )
}
