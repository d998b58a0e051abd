import type { QueryEngine } from '../query/engine.ts'
import type { AskedRecords, Store } from '../store/store.ts'
import { openLocalStore, openSources } from './sources.ts'

/**
 * Opens what whole records are read from: the store in or above the working directory, the one in a folder, or a
 * server's by its URL or name.
 * @throws what openSources throws
 */
export async function openRecords(where: string | undefined): Promise<Store | AskedRecords> {
  if (where === undefined) return openLocalStore(where)
  const { engine, stores, runs, close } = await openSources({ store: where })
  const [store] = stores
  if (store === undefined) return { ...ask(engine), runs, close }
  await close()
  return store
}

function ask(engine: QueryEngine): Pick<AskedRecords, 'quads' | 'count'> {
  return {
    async quads(run, part) {
      const answer = await engine.query(
        `CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <${run}#${part}> { ?s ?p ?o } }`,
        scopeOf(run),
      )
      return answer.type === 'quads' ? answer.quads : []
    },
    async count(run, part) {
      const answer = await engine.query(
        `SELECT (COUNT(*) AS ?count) WHERE { GRAPH <${run}#${part}> { ?s ?p ?o } }`,
        scopeOf(run),
      )
      return answer.type === 'bindings' ? Number(answer.rows[0]?.['count']?.value ?? 0) : 0
    },
  }
}

const scopeOf = (run: string) => ({ summaries: [run], records: [run] })
