import { askInBatches, text } from '../ask.ts'
import { compareTimes } from '../../compare-times.ts'
import type { ContentUse } from './content-uses.ts'
import type { AlikeRuns, Asking } from './trace.ts'

type RunTimes = Pick<ContentUse, 'run' | 'started'>

/**
 * Runs that did the same: the same version of a pipeline with the same command line, that ended in the same way and
 * read and made the same bytes. The latest of them stands for the others.
 */
export class FoldedRuns {
  readonly #asking: Asking
  /** What each run did, as text that is equal for runs that did the same. */
  readonly #did = new Map<string, string>()
  readonly #members = new Map<string, Map<string, RunTimes>>()

  constructor(asking: Asking) {
    this.#asking = asking
  }

  /** The run that stands for each of these; they are among those that have the files in question. */
  async fold<T extends RunTimes>(runs: readonly T[]): Promise<T[]> {
    const groups = new Map<string, T>()
    await this.#find(runs.map(({ run }) => run))
    for (const each of runs) {
      const did = this.#did.get(each.run) ?? each.run
      const members = this.#members.get(did) ?? new Map<string, RunTimes>()
      this.#members.set(did, members.set(each.run, each))
      const latest = groups.get(did)
      if (latest === undefined || isLater(each, latest)) groups.set(did, each)
    }
    return [...groups.values()]
  }

  /** When the first of the runs started that this one stands for. */
  firstStart(run: string): string | undefined {
    const starts = this.#alike(run).map(({ started }) => started)
    return starts.toSorted(compareTimes)[0]
  }

  /** Whether two runs are one, or did the same. */
  areAlike(one: string, other: string): boolean {
    return one === other || this.#alike(one).some(({ run }) => run === other)
  }

  /** Those of these runs that stand for others. */
  standingFor(runs: readonly string[]): AlikeRuns[] {
    return runs.flatMap((run) => {
      const others = this.#alike(run).length - 1
      return others > 0 ? [{ run, others }] : []
    })
  }

  #alike(run: string): RunTimes[] {
    return [...(this.#members.get(this.#did.get(run) ?? run)?.values() ?? [])]
  }

  async #find(runs: readonly string[]): Promise<void> {
    const unknown = [...new Set(runs)].filter((run) => !this.#did.has(run))
    const facts = new Map<string, string[]>()
    const versioned = new Set<string>()
    for (const row of await askInBatches(this.#asking, 'run-outlines', 'run', unknown)) {
      const run = text(row, 'run')
      const known = facts.get(run) ?? []
      facts.set(run, known)
      if (text(row, 'aspect') === 'pipelineVersion') versioned.add(run)
      known.push(JSON.stringify([text(row, 'aspect'), text(row, 'value')]))
    }
    for (const run of unknown) {
      // Without its version, nobody can say that a pipeline was the same.
      this.#did.set(run, versioned.has(run) ? facts.get(run)!.toSorted().join('\n') : run)
    }
  }
}

function isLater(one: RunTimes, other: RunTimes): boolean {
  const order = compareTimes(one.started, other.started)
  return order > 0 || (order === 0 && one.run > other.run)
}
