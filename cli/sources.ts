import { existsSync, statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import {
  DirectoryStore,
  findStoreFolder,
  openEngine,
  openStore,
  resolveEndpoint,
  resolveRun,
  UsageError,
} from '../src/index.ts'
import type { EngineSource, QueryEngine } from '../src/index.ts'
import type { Progress } from './progress.ts'
import { readRuns } from './remote-runs.ts'
import type { ListedRun } from './remote-runs.ts'
import type { Terminal } from './terminal.ts'

/** What a question is asked of, opened. */
export interface Sources {
  engine: QueryEngine
  /** Local stores among the sources. */
  stores: readonly DirectoryStore[]
  /** Every run of every source, oldest first, each once. */
  runs(): Promise<ListedRun[]>
  /** IRI of the run that people mean by a word. @throws UsageError that lists what it could have been */
  resolveRun(text: string): Promise<string>
  progress: Progress
  /** To be called whatever happens. */
  close(): Promise<void>
}

/** Opens what `--source`s name, else what `--store` names, else the nearest store. */
export async function openSources(
  terminal: Terminal,
  { store, source }: { store?: string; source?: readonly string[] },
): Promise<Sources> {
  const wanted = source ?? (store === undefined ? [] : [store])
  const opened =
    wanted.length === 0 ? [{ store: await openStore() }] : await Promise.all(wanted.map(openSource))
  const stores = opened.flatMap((each) => ('store' in each ? [each.store] : []))
  const progress = terminal.progress('Asking')
  const engine = await openEngine(opened, {
    onNotice: (sentence) => terminal.note(sentence),
    onProgress: (loaded, total) => progress.update(loaded < total ? `loaded ${loaded} of ${total} runs` : ''),
  })
  const runs = async () => {
    const onlyStores = stores.length === opened.length
    const here = (await Promise.all(stores.map((each) => each.runs()))).flat()
    const all: ListedRun[] = onlyStores ? here : [...here, ...(await readRuns(engine))]
    const once = new Map(all.toReversed().map((run) => [run.id, run]))
    return [...once.values()].toSorted(byStart)
  }
  return {
    engine,
    stores,
    runs,
    resolveRun: async (text) => resolveRun(await runs(), text).id,
    progress,
    async close() {
      progress.done()
      await engine.close()
    },
  }
}

/**
 * The local store that a command needs which reads or writes files of it.
 * @throws UsageError for a server's URL or name
 */
export async function openLocalStore(where: string | undefined): Promise<DirectoryStore> {
  if (where === undefined) return openStore()
  const opened = await openSource(where)
  if ('store' in opened) return opened.store
  throw new UsageError(`${where} is not a folder with a store, which this command needs`, {
    advice: 'Give the folder that holds .vampira with --store',
  })
}

type Opened = Exclude<EngineSource, { store: unknown }> | { store: DirectoryStore }

async function openSource(where: string): Promise<Opened> {
  if (/^https?:\/\//i.test(where)) return { endpoint: await resolveEndpoint(where, {}) }
  if (existsSync(where)) {
    return statSync(where).isDirectory() ? { store: await openStore(where) } : { file: where }
  }
  const folder = await findStoreFolder(process.cwd())
  if (/[\\/]|\.\w+$/.test(where) || folder === undefined) {
    throw new UsageError(`There is neither a store nor a file at ${resolve(where)}`, {
      advice:
        basename(where) === '.vampira'
          ? `Make a store there: vampira init in ${dirname(resolve(where))}`
          : 'Give a folder with a store, an RDF file, or the URL of a SPARQL endpoint',
    })
  }
  const { settings } = await DirectoryStore.open(folder)
  return { endpoint: await resolveEndpoint(where, settings.stores) }
}

function byStart(a: ListedRun, b: ListedRun): number {
  return a.startedAt === b.startedAt ? (a.id < b.id ? -1 : 1) : a.startedAt < b.startedAt ? -1 : 1
}
