import { compareTimes } from '../compare-times.ts'
import { KnownUses, type ContentUse } from './content-uses.ts'
import { FoldedRuns } from './folded-runs.ts'
import { likeliestMaker, type FileMeant } from './likeliest-maker.ts'
import type { Entry } from './run-queue.ts'
import type { AlikeRuns, Asking, Direction } from './trace.ts'
import type { WalkedRun } from './walk-run.ts'

/** A way from one run into another. */
export interface Crossing {
  run: string
  started: string
  entry: Entry
}

/**
 * From files to those of other runs that hold the same bytes. Back: a file that a run read and did not make, to where
 * another run made it. Onward: a file that a run made, to where other runs read it without having made it.
 */
export class CrossRuns {
  readonly #direction: Direction
  readonly #allRuns: boolean
  readonly #uses: KnownUses
  readonly #folded: FoldedRuns
  /** How many other runs made the bytes with which a run was entered, by both. */
  readonly #others = new Map<string, number>()

  /** @param allRuns go on in each run, also where others made the same bytes or did the same */
  constructor(asking: Asking, direction: Direction, allRuns: boolean) {
    this.#direction = direction
    this.#allRuns = allRuns
    this.#uses = new KnownUses(asking)
    this.#folded = new FoldedRuns(asking)
  }

  /** From a content that was asked about into the runs that made it and, onward, those that read it. */
  async fromContent(content: string, meant: FileMeant): Promise<{ known: boolean; crossings: Crossing[] }> {
    const uses = (await this.#uses.of([content])).get(content)!
    const wanted = uses.filter(({ role }) => this.#direction === 'impact' || role === 'generated')
    const entry = { from: content, relation: 'version', strength: 'seen', depth: 1 } as const
    const files = this.#direction === 'impact' ? 'all' : 'made'
    const chosen = await this.#choose(content, wanted, meant)
    return {
      known: uses.length > 0,
      crossings: chosen.map(({ run, started }) => ({
        run,
        started,
        entry: { ...entry, to: { content, files } },
      })),
    }
  }

  /** From what a walk found in one run into others. */
  async fromRun({ files }: WalkedRun): Promise<Crossing[]> {
    const leaving = files.flatMap(({ file, ...way }) => {
      const leaves = (file.maker === undefined) === (this.#direction === 'lineage')
      return leaves && file.content !== undefined ? [{ ...way, file, content: file.content }] : []
    })
    const uses = await this.#uses.of(leaving.map(({ content }) => content))
    const crossings: Crossing[] = []
    for (const { file, content, strength, depth } of leaving) {
      const { here, there } = this.#otherRuns(file.run, uses.get(content)!)
      const meant = {
        urls: here.map(({ url }) => url),
        inTime: ({ started }: ContentUse) => here.every((use) => compareTimes(started, use.started) < 0),
      }
      for (const { run, started } of await this.#choose(content, there, meant)) {
        const to = { content, files: this.#direction === 'lineage' ? 'made' : 'read' } as const
        const entry: Entry = { from: file.iri, to, relation: 'same content', strength, depth: depth + 1 }
        crossings.push({ run, started, entry })
      }
    }
    return crossings
  }

  /** How many other runs made these bytes, which this run made and was entered by. */
  otherMakers(run: string, content: string): number {
    return this.#others.get(`${run} ${content}`) ?? 0
  }

  /** Those of these runs that stand for others. */
  alike(runs: readonly string[]): AlikeRuns[] {
    return this.#folded.standingFor(runs)
  }

  /** What a run did with a content, and the other runs into which that may lead. */
  #otherRuns(
    run: string,
    uses: readonly ContentUse[],
  ): { here: readonly ContentUse[]; there: readonly ContentUse[] } {
    const here = uses.filter((use) => use.run === run)
    const others = uses.filter((use) => use.run !== run)
    if (this.#direction === 'lineage') {
      const ended = here[0]?.ended
      // What started after the reader had ended made nothing that it read.
      const isTooLate = ({ started }: ContentUse) => ended !== undefined && compareTimes(started, ended) > 0
      return { here, there: others.filter((use) => use.role === 'generated' && !isTooLate(use)) }
    }
    const started = this.#folded.firstStart(run) ?? here[0]?.started
    const isTooEarly = ({ ended }: ContentUse) =>
      started !== undefined && ended !== undefined && compareTimes(started, ended) > 0
    return { here, there: others.filter((use) => use.role === 'used' && !isTooEarly(use)) }
  }

  /** The runs to go on in. */
  async #choose(content: string, uses: readonly ContentUse[], meant: FileMeant): Promise<ContentUse[]> {
    const runs = [...new Map(uses.map((use) => [use.run, use])).values()]
    if (this.#allRuns || runs.length === 0) return runs
    if (this.#direction === 'impact') return this.#folded.fold(runs)
    const maker = likeliestMaker(uses, meant)
    const key = `${maker.run} ${content}`
    this.#others.set(key, Math.max(runs.length - 1, this.#others.get(key) ?? 0))
    return [maker]
  }
}
