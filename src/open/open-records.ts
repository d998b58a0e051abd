import type { QueryEngine } from '../query/engine.ts'
import { graphIri } from '../rdf/run-names.ts'
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
  if (store === undefined) return { quads: (run) => askRecord(engine, run), runs, close }
  await close()
  return store
}

async function askRecord(engine: QueryEngine, run: string): ReturnType<AskedRecords['quads']> {
  const answer = await engine.query(
    `CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <${graphIri(run, 'record')}> { ?s ?p ?o } }`,
    { summaries: [run], records: [run] },
  )
  return answer.type === 'quads' ? answer.quads : []
}
