import { createHash, randomBytes, type Hash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { StoreError } from '../../errors.ts'
import { hashHost } from '../../host-hash.ts'
import type { Part, RunEntry, RunWriter } from '../store.ts'
import { syncFolder } from '../durable.ts'
import { isAlive } from '../is-alive.ts'
import { hasCode, storeError } from '../store-error.ts'
import { DIGESTS_NAME, formatDigests } from './digests.ts'

export const FILE_NAMES: Readonly<Record<Part, string>> = { record: 'record.trig', summary: 'summary.nq' }

const HOST = hashHost()
/** Older drafts have eight digits for the host: they count as those of another host, and go when they are old. */
const DRAFT = /^tmp-.*-([0-9a-f]{6,8})-(\d+)-[0-9a-f]+$/
const ABANDONED_AFTER = 7 * 24 * 3600 * 1000

interface DraftOptions {
  /** The folder of all runs. */
  runs: string
  /** UUID of the run. */
  id: string
  /** Called when the run is safely in its place, to add it to the index. */
  onStored: (entry: RunEntry) => Promise<void>
}

/** A run being written in a folder of its own, which becomes visible by one rename. */
export class RunDraft implements RunWriter {
  readonly #options: DraftOptions
  readonly #folder: string
  readonly #files: Readonly<Record<Part, FileHandle>>
  readonly #hashes: Readonly<Record<Part, Hash>> = {
    record: createHash('sha256'),
    summary: createHash('sha256'),
  }

  private constructor(options: DraftOptions, folder: string, files: Readonly<Record<Part, FileHandle>>) {
    this.#options = options
    this.#folder = folder
    this.#files = files
  }

  /** @throws StoreError */
  static async begin(options: DraftOptions): Promise<RunDraft> {
    const { runs, id } = options
    const folder = join(runs, `tmp-${id}-${HOST}-${process.pid}-${randomBytes(4).toString('hex')}`)
    try {
      await mkdir(folder)
      const record = await open(join(folder, FILE_NAMES.record), 'wx')
      const summary = await open(join(folder, FILE_NAMES.summary), 'wx')
      return new RunDraft(options, folder, { record, summary })
    } catch (error) {
      await rm(folder, { recursive: true, force: true })
      throw storeError(`begin run ${id}`, folder, error)
    }
  }

  async write(part: Part, text: string): Promise<void> {
    const bytes = Buffer.from(text)
    this.#hashes[part].update(bytes)
    try {
      await this.#files[part].writeFile(bytes)
    } catch (error) {
      throw this.#failure(error)
    }
  }

  async commit(entry: RunEntry): Promise<void> {
    const { runs, id, onStored } = this.#options
    try {
      for (const file of Object.values(this.#files)) await file.sync()
      await this.#close()
      await this.#writeDigests()
      await syncFolder(this.#folder)
      await this.#moveTo(join(runs, id))
      await syncFolder(runs)
    } catch (error) {
      await this.abandon()
      throw this.#failure(error)
    }
    await onStored(entry)
  }

  async abandon(): Promise<void> {
    await this.#close().catch(() => {})
    // What cannot be removed now is removed by a later `removeDrafts`.
    await rm(this.#folder, { recursive: true, force: true }).catch(() => {})
  }

  async #writeDigests(): Promise<void> {
    const parts = ['record', 'summary'] as const
    const digests = parts.map((part) => [FILE_NAMES[part], this.#hashes[part].digest('hex')] as const)
    const file = await open(join(this.#folder, DIGESTS_NAME), 'wx')
    try {
      await file.writeFile(formatDigests(digests))
      await file.sync()
    } finally {
      await file.close()
    }
  }

  /** Two processes may recover the same journal at once. The first run stays; the other is the same and is dropped. */
  async #moveTo(target: string): Promise<void> {
    try {
      await rename(this.#folder, target)
    } catch (error) {
      if (!hasCode(error, 'ENOTEMPTY', 'EEXIST', 'EPERM')) throw error
      await stat(join(target, FILE_NAMES.summary))
      await rm(this.#folder, { recursive: true, force: true })
    }
  }

  async #close(): Promise<void> {
    for (const file of Object.values(this.#files)) await file.close()
  }

  #failure(error: unknown): StoreError {
    return storeError(`save run ${this.#options.id}`, this.#folder, error)
  }
}

/** Removes drafts of processes that died: those of this machine at once, others' after a week. */
export async function removeDrafts(runs: string): Promise<void> {
  for (const name of await readdir(runs)) {
    const [, host, pid] = DRAFT.exec(name) ?? []
    if (host === undefined || pid === undefined) continue
    const folder = join(runs, name)
    const dead = host === HOST ? !isAlive(Number(pid)) : await isOlder(folder, ABANDONED_AFTER)
    if (dead) await rm(folder, { recursive: true, force: true }).catch(() => {})
  }
}

async function isOlder(folder: string, milliseconds: number): Promise<boolean> {
  try {
    return Date.now() - (await stat(folder)).mtimeMs > milliseconds
  } catch {
    return false
  }
}
