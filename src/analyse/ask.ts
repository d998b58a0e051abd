import type { QueryEngine } from '../query/engine.ts'
import type { Row } from '../sparql/answer.ts'
import { bindQuery, scopeOf, type Parameters } from '../query/bind.ts'
import { catalogueQuery } from '../query/catalogue.ts'
import type { Asking } from './trace/trace.ts'

/** Hundreds of nodes a request: few round trips, and short enough for any server. */
const nodesPerRequest = 400

/** The rows of a query of the catalogue. */
export async function ask(
  engine: QueryEngine,
  name: string,
  parameters: Parameters,
  signal?: AbortSignal,
): Promise<readonly Row[]> {
  const query = await catalogueQuery(name)
  const answer = await engine.query(bindQuery(query, parameters), scopeOf(query, parameters), signal)
  return answer.type === 'bindings' ? answer.rows : []
}

/** The same in requests of a few hundred terms of one parameter each; no terms, no request. */
export async function askInBatches(
  { engine, signal }: Asking,
  name: string,
  parameter: string,
  terms: readonly string[],
  more: Parameters = {},
): Promise<Row[]> {
  const rows: Row[] = []
  for (let start = 0; start < terms.length; start += nodesPerRequest) {
    const batch = terms.slice(start, start + nodesPerRequest)
    for (const row of await ask(engine, name, { ...more, [parameter]: batch }, signal)) rows.push(row)
  }
  return rows
}

/** The IRI or lexical form of a variable; empty where it is unbound. */
export function text(row: Row, name: string): string {
  return row[name]?.value ?? ''
}
