import type { QueryEngine, Row } from '../query/engine.ts'
import { bindQuery, scopeOf, type Parameters } from '../query/bind.ts'
import { catalogueQuery } from '../query/catalogue.ts'

/** The rows of a query of the catalogue. */
export async function ask(
  engine: QueryEngine,
  name: string,
  parameters: Parameters,
  signal?: AbortSignal,
): Promise<readonly Row[]> {
  const query = await catalogueQuery(name)
  const answer = await engine.query(await bindQuery(query, parameters), scopeOf(query, parameters), signal)
  return answer.type === 'bindings' ? answer.rows : []
}

/** The same in requests of so many terms of one parameter each; no terms, no request. */
export async function askInBatches(
  engine: QueryEngine,
  name: string,
  parameter: string,
  terms: readonly string[],
  size: number,
  more: Parameters = {},
  signal?: AbortSignal,
): Promise<Row[]> {
  const rows: Row[] = []
  for (let start = 0; start < terms.length; start += size) {
    const batch = terms.slice(start, start + size)
    for (const row of await ask(engine, name, { ...more, [parameter]: batch }, signal)) rows.push(row)
  }
  return rows
}

/** The IRI or lexical form of a variable; empty where it is unbound. */
export function text(row: Row, name: string): string {
  return row[name]?.value ?? ''
}
