import { mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { StoreError, UsageError } from '../../errors.ts'
import { graphIri } from '../../rdf/run-names.ts'
import type { Part, RunEntry, RunWriter, Store, StoredGraph } from '../store.ts'
import { createFile, writeOnce } from '../durable.ts'
import { readEntry } from './read-entry.ts'
import { FILE_NAMES, removeDrafts, RunDraft } from './run-draft.ts'
import { RunIndex } from './run-index.ts'
import { checkFormat, FORMAT } from './store-format.ts'
import { storedGraph } from './stored-graph.ts'
import { hasCode, storeError } from '../store-error.ts'

const MEDIA_TYPES: Readonly<Record<Part, StoredGraph['mediaType']>> = {
  record: 'application/trig',
  summary: 'application/n-quads',
}
const RUN_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Runs as files in a folder. Any number of processes may read and write it at once. */
export class DirectoryStore implements Store {
  readonly location: string
  problems: readonly StoreError[] = []
  readonly #runs: string
  readonly #index: RunIndex

  private constructor(folder: string) {
    this.location = folder
    this.#runs = join(folder, 'runs')
    this.#index = new RunIndex(join(folder, 'runs.jsonl'))
  }

  /** @param folder the `.vampira` folder itself */
  static async open(folder: string): Promise<DirectoryStore> {
    await checkFormat(folder)
    return new DirectoryStore(folder)
  }

  /** Makes the store in this folder, or opens the one that is there. */
  static async create(folder: string): Promise<DirectoryStore> {
    try {
      await mkdir(join(folder, 'runs'), { recursive: true })
      await writeOnce(join(folder, 'format'), FORMAT)
    } catch (error) {
      throw storeError('make a store', folder, error)
    }
    return DirectoryStore.open(folder)
  }

  async runs(): Promise<RunEntry[]> {
    const ids = await this.#runIds()
    const { entries, damaged } = await this.#index.read()
    const missing = ids.filter((id) => !entries.has(`urn:uuid:${id}`))
    const found = await this.#readEntries(missing)
    for (const entry of found) entries.set(entry.id, entry)
    // UUIDv7 sort by time.
    const listed = ids.flatMap((id) => entries.get(`urn:uuid:${id}`) ?? [])
    if (damaged || found.length > 0) await this.#heal(damaged ? listed : found, damaged)
    return listed
  }

  async has(run: string): Promise<boolean> {
    const id = runId(run)
    try {
      return (await stat(join(this.#runs, id))).isDirectory()
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return false
      throw storeError(`look for run ${id}`, this.#runs, error)
    }
  }

  async graph(run: string, part: Part): Promise<StoredGraph> {
    const id = runId(run)
    const file = join(this.#runs, id, FILE_NAMES[part])
    const size = await this.#sizeOf(file, id)
    return storedGraph(file, graphIri(`urn:uuid:${id}`, part), MEDIA_TYPES[part], size)
  }

  async notes(run: string): Promise<StoredGraph[]> {
    const id = runId(run)
    const folder = join(this.#runs, id)
    const names = await readdir(folder).catch((error: unknown) => {
      throw this.#unreadable(folder, id, error)
    })
    const numbers = names.flatMap((name) => /^notes-(\d+)\.trig$/.exec(name)?.[1] ?? []).map(Number)
    return Promise.all(
      numbers
        .sort((a, b) => a - b)
        .map(async (n) => {
          const file = join(folder, `notes-${n}.trig`)
          const { size } = await stat(file)
          return storedGraph(file, `urn:uuid:${id}#notes-${n}`, 'application/trig', size)
        }),
    )
  }

  async annotate(run: string, write: (graph: string) => string): Promise<string> {
    const id = runId(run)
    let n = Math.max(0, ...(await this.notes(id)).map(({ graph }) => Number(/\d+$/.exec(graph)?.[0]))) + 1
    for (; ; n++) {
      const graph = `urn:uuid:${id}#notes-${n}`
      const file = join(this.#runs, id, `notes-${n}.trig`)
      try {
        // Where somebody else has taken the number meanwhile, the next one is free.
        if (await createFile(file, write(graph))) return graph
      } catch (error) {
        throw storeError(`add to run ${id}`, file, error)
      }
    }
  }

  async begin(run: string): Promise<RunWriter> {
    const id = runId(run)
    try {
      await mkdir(this.#runs, { recursive: true })
      await removeDrafts(this.#runs)
    } catch (error) {
      throw storeError(`begin run ${id}`, this.#runs, error)
    }
    // The run is stored already; a line that cannot be added now is added by the next reader.
    const onStored = (entry: RunEntry) => this.#index.append([entry]).catch(() => {})
    return RunDraft.begin({ runs: this.#runs, id, onStored })
  }

  async #runIds(): Promise<string[]> {
    try {
      return (await readdir(this.#runs)).filter((name) => RUN_ID.test(name)).sort()
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return []
      throw storeError('list the runs', this.#runs, error)
    }
  }

  async #readEntries(ids: readonly string[]): Promise<RunEntry[]> {
    const entries: RunEntry[] = []
    const problems: StoreError[] = []
    for (const id of ids) {
      try {
        entries.push(await readEntry(await this.graph(id, 'summary')))
      } catch (error) {
        if (!(error instanceof StoreError)) throw error
        problems.push(error)
      }
    }
    this.problems = problems
    return entries
  }

  /** Repairs the index. Errors do not matter: who may only read the store has the right list all the same. */
  async #heal(entries: readonly RunEntry[], rewrite: boolean): Promise<void> {
    try {
      await (rewrite ? this.#index.rewrite(entries) : this.#index.append(entries))
    } catch {
      // Nothing is lost: the next reader repairs it.
    }
  }

  async #sizeOf(file: string, id: string): Promise<number> {
    try {
      return (await stat(file)).size
    } catch (error) {
      throw this.#unreadable(file, id, error)
    }
  }

  #unreadable(file: string, id: string, error: unknown): StoreError {
    if (!hasCode(error, 'ENOENT')) return storeError(`read run ${id}`, file, error)
    return new StoreError(`Run ${id} is not in the store, or a file of it is missing`, {
      place: { file },
      advice: '`vampira list` shows the runs that are there.',
      cause: error,
    })
  }
}

/** UUID of a run given by its IRI or its UUID. */
function runId(run: string): string {
  const id = run.replace(/^urn:uuid:/i, '').toLowerCase()
  if (RUN_ID.test(id)) return id
  throw new UsageError(`‹${run}› is not the IRI of a run`, { advice: 'Runs are named urn:uuid:…' })
}
