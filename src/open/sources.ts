import { existsSync, statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { UsageError } from '../errors.ts'
import { answersByValue } from '../query/answers-by-value.ts'
import type { QueryEngine } from '../query/engine.ts'
import { openEngine } from '../query/open-engine.ts'
import type { EngineSource } from '../query/open-engine.ts'
import { resolveEndpoint } from '../sparql/resolve-endpoint.ts'
import { findStoreFolder, STORE_FOLDER } from '../store/directory/find-store.ts'
import { resolveRun } from '../store/resolve-run.ts'
import type { ListedRun, RunEntry, Store } from '../store/store.ts'
import { readRuns } from './list-runs.ts'
import { openWorkplace } from './open-workplace.ts'

/** Opened sources, and what can be asked of all of them together. */
export interface Sources {
  engine: QueryEngine
  /** Local stores among the sources. */
  stores: readonly Store[]
  /** Every run of the local stores, oldest first, each once. */
  runsHere(): Promise<RunEntry[]>
  /** Every run of every source, oldest first, each once. */
  runs(): Promise<ListedRun[]>
  /** IRI of the run that people mean by a word. @throws UsageError that lists what it could have been */
  resolveRun(text: string): Promise<string>
  /** Frees what was opened. To be called after an error, too. */
  close(): Promise<void>
}

/** Which sources to open: those of `source`, else the one of `store`, else the nearest store. */
export interface WantedSources {
  store?: string
  source?: readonly string[]
  /** What relative paths start at, and where the nearest store is looked for; the process's own if not given. */
  workingDirectory?: string
  /** Reads what is sound of a broken file, and tells `onNotice` what is left out. Without it, that is an error. */
  lenient?: boolean
}

/** Functions to call while sources are opened and asked. */
export interface SourceListener {
  /** With a sentence that people should read. */
  onNotice?: (sentence: string) => void
  /** Takes what a server says is only a part of its answer; called with a sentence that says so. Else it is an error. */
  onPartial?: (sentence: string) => void
  /** With how many of how many runs are loaded. */
  onProgress?: (loaded: number, total: number) => void
  /** With how many of how many triples of a large record are read. */
  onReading?: (read: number, total: number) => void
}

/**
 * Opens stores, RDF files and SPARQL endpoints, which are then asked as one.
 * @throws UsageError for a source that is none of these, or wrong settings
 * @throws StoreError when there is no store in a folder
 * @throws EndpointError when a server does not answer
 */
export async function openSources(
  { store, source, workingDirectory, lenient = false }: WantedSources,
  listener: SourceListener = {},
): Promise<Sources> {
  const wanted = source ?? (store === undefined ? [] : [store])
  const opened =
    wanted.length === 0
      ? [await openStoreToAsk(undefined, workingDirectory)]
      : await Promise.all(wanted.map((where) => openSource(where, workingDirectory)))
  const stores = opened.flatMap((each) => ('store' in each ? [each.store] : []))
  const engine = answersByValue(await openEngine(opened, { ...listener, lenient }))
  const runsHere = async () => once((await Promise.all(stores.map((each) => each.runs()))).flat())
  const runs = async (): Promise<ListedRun[]> => {
    const here = await runsHere()
    return stores.length === opened.length ? here : once([...here, ...(await readRuns(engine))])
  }
  return {
    engine,
    stores,
    runsHere,
    runs,
    resolveRun: async (text) => resolveRun(await runs(), text).id,
    close: () => engine.close(),
  }
}

/**
 * The store in a folder, for commands that do not ask questions but read whole graphs.
 * @throws UsageError for a server's URL or name
 */
export async function openLocalStore(where: string | undefined, workingDirectory?: string): Promise<Store> {
  if (where === undefined) return (await openWorkplace(undefined, workingDirectory)).store
  const opened = await openSource(where, workingDirectory)
  if ('store' in opened) return opened.store
  throw new UsageError(`${where} is not a folder with a store, which this command needs`, {
    advice: 'Give the folder that holds .vampira with --store',
  })
}

async function openStoreToAsk(
  where?: string,
  workingDirectory?: string,
): Promise<{ store: Store; images: string }> {
  const { store, workplace } = await openWorkplace(where, workingDirectory)
  return { store, images: workplace.images }
}

async function openSource(where: string, workingDirectory = process.cwd()): Promise<EngineSource> {
  if (/^https?:\/\//i.test(where)) return { endpoint: await resolveEndpoint(where, {}) }
  const path = resolve(workingDirectory, where)
  if (existsSync(path)) {
    if (statSync(path).isDirectory()) return openStoreToAsk(path)
    // By the name that the user gave, where that is enough, since messages show it.
    return { file: path === resolve(where) ? where : path }
  }
  const folder = await findStoreFolder(workingDirectory)
  if (/[\\/]|\.\w+$/.test(where) || folder === undefined) {
    throw new UsageError(`There is neither a store nor a file at ${path}`, {
      advice:
        basename(path) === STORE_FOLDER
          ? `Make a store there: vampira init in ${dirname(path)}`
          : 'Give a folder with a store, an RDF file, or the URL of a SPARQL endpoint',
    })
  }
  const { settings } = await openWorkplace(folder)
  return { endpoint: await resolveEndpoint(where, settings.stores) }
}

/** Each run as it is listed first, oldest first. */
function once<Run extends ListedRun>(runs: readonly Run[]): Run[] {
  return [...new Map(runs.toReversed().map((run) => [run.id, run])).values()].toSorted(byStart)
}

function byStart(a: ListedRun, b: ListedRun): number {
  return a.startedAt === b.startedAt ? (a.id < b.id ? -1 : 1) : a.startedAt < b.startedAt ? -1 : 1
}
