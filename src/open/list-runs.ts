import { bindQuery, scopeOf } from '../query/bind.ts'
import { catalogueQuery } from '../query/catalogue.ts'
import type { QueryEngine } from '../query/engine.ts'
import type { Row } from '../sparql/answer.ts'
import { findStatus } from '../store/store.ts'
import type { ListedRun } from '../store/store.ts'

/** The runs that an engine's sources have, oldest first, by the query `runs`. */
export async function readRuns(engine: QueryEngine): Promise<ListedRun[]> {
  const query = await catalogueQuery('runs')
  const answer = await engine.query(bindQuery(query), scopeOf(query))
  const rows = answer.type === 'bindings' ? answer.rows : []
  return rows.map(listedRun).toReversed()
}

function listedRun(row: Row): ListedRun {
  const name = row['pipeline']?.value ?? ''
  const ended = row['ended']?.value
  const wall = row['wallSeconds']?.value
  return {
    id: row['run']?.value ?? '',
    name,
    label: row['label']?.value ?? name,
    startedAt: row['started']?.value ?? '',
    ...(ended === undefined ? {} : { endedAt: ended }),
    status: findStatus(row['status']?.value) ?? 'Interrupted',
    ...(wall === undefined ? {} : { wallSeconds: Number(wall) }),
  }
}
