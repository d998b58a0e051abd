import { countOf } from '../count-of.ts'
import type { JournalText, Stat } from '../journal/line.ts'
import type { Clock } from './clock.ts'
import { StatisticsTime } from './describers/statistics-time.ts'
import { DigestCache } from './files/digest-cache.ts'
import { FileHasher } from './files/file-hasher.ts'
import { SpoolFollower } from './follow-spools.ts'
import type { HashOptions } from './files/hash-file.ts'
import type { KeptContents } from './kept-contents.ts'
import { JournalFiles } from './files/journal-files.ts'
import type { PackageFinder } from './packages/find-packages.ts'
import type { RecorderSpool } from './recorder-spool.ts'
import { SeenProcesses } from './seen-processes.ts'

/** Milliseconds before the first look at the spools: what is read then need not be read after a short program. */
const soon = 50
/** Milliseconds between two looks at the spools: a file may be changed again soon after it was closed. */
const firstPause = 100
const longestPause = 250
const kinds = ['process', 'module', 'library', 'file', 'spawn', 'wait', 'exit'] as const

export interface RecordingOptions {
  /** Folder of the journal. */
  journal: string
  spool: RecorderSpool
  clock: Clock
  /** File that remembers digests between runs. */
  digests: string | undefined
  /** Keeps what was hashed and loaded; absent: nothing is kept. */
  contents?: KeptContents | undefined
}

/** Follows the agents' spools and hashes the files in them, while the program runs and afterwards. */
export class Recording {
  readonly processes = new SeenProcesses()
  readonly hashing: HashOptions
  readonly #follower: SpoolFollower
  readonly #hasher: FileHasher
  readonly #files: JournalFiles
  #packages: Promise<PackageFinder> | undefined
  #pause = soon
  #timer: NodeJS.Timeout | undefined
  #polling: Promise<void> | undefined
  #isOver = false
  readonly #keeping: Promise<void>[] = []

  constructor({ journal, spool, clock, digests, contents }: RecordingOptions) {
    const cache = digests === undefined ? undefined : new DigestCache(digests)
    this.hashing = { cache, now: () => clock.wall(), time: new StatisticsTime() }
    this.#hasher = new FileHasher(this.hashing, (path, hashed) => {
      spool.append({ kind: 'digest', path, ...hashed })
      const { stat } = hashed
      if (contents !== undefined) this.#keeping.push(contents.keepFile(path, stat, this.#files.wasRead(path)))
    })
    this.#files = new JournalFiles(this.#hasher)
    this.#follower = new SpoolFollower(journal, kinds, (line) => {
      if (line.kind === 'module') return contents?.keepSource(line)
      this.processes.take(line)
      this.#files.take(line)
    })
  }

  /** Polls until `catchUp`. A poll that fails is not reported: `catchUp` reads again and throws. */
  follow(): void {
    if (this.#isOver) return
    this.#timer = setTimeout(() => {
      this.#polling = this.#look().then(
        () => this.follow(),
        () => this.follow(),
      )
    }, this.#pause)
  }

  /** What finds packages; loaded when first asked for, which is not before the program has started. */
  packages(): Promise<PackageFinder> {
    this.#packages ??= import('./packages/find-packages.ts').then(({ PackageFinder }) => PackageFinder.load())
    return this.#packages
  }

  /** Files that something else than an agent saw. */
  want(path: JournalText, stat: Stat): void {
    this.#hasher.want(path, stat)
  }

  /** Files whose digests, or the lack of them, the journal already has. */
  skip(path: JournalText, stat: Stat): void {
    this.#hasher.skip(path, stat)
  }

  /** Reads what is left of the journal. */
  async catchUp(): Promise<void> {
    this.#isOver = true
    clearTimeout(this.#timer)
    await this.#polling
    await this.#follower.poll()
    await this.#follower.close()
    this.#files.close()
  }

  /** Hashes what is left of the files. */
  async drain(progress: (text: string) => void): Promise<void> {
    const tick = setInterval(() => {
      const { bytes, files } = this.#hasher.done
      progress(`${countOf(files, 'file')}, ${Math.round(bytes / 1e6)} MB read, ${this.#hasher.waiting} to go`)
    }, firstPause)
    await this.#hasher.drain()
    await Promise.all(this.#keeping)
    clearInterval(tick)
  }

  /** Polls the spools. While they grow, also looks up packages, so that the user waits less after the program ends. */
  async #look(): Promise<void> {
    const isQuiet = !(await this.#follower.poll())
    this.#pause = isQuiet ? Math.min(longestPause, Math.max(firstPause, this.#pause * 1.2)) : firstPause
    if (isQuiet) return
    const finder = await this.packages()
    finder.prepare(this.processes.programs)
  }
}
