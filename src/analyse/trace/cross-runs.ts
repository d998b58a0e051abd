import { compareTimes } from '../../compare-times.ts'
import { KnownUses, type ContentUse } from './content-uses.ts'
import type { FileNode } from './file-nodes.ts'
import { FoldedRuns } from './folded-runs.ts'
import { isTrivial, likeliestMaker, type FileMeant } from './likeliest-maker.ts'
import type { Entry } from './run-queue.ts'
import type { AlikeRuns, Asking, Direction, Strength } from './trace.ts'
import type { WalkedRun } from './walk-run.ts'

/** A way from one run into another. */
export interface Crossing {
  run: string
  started: string
  entry: Entry
}

/** What another run did with a content, and how sure it is that this is the same file. */
interface Chosen {
  use: ContentUse
  strength: Strength
}

/**
 * From files to those of other runs that hold the same bytes. Back: a file that a run read and did not make, to where
 * another run made it. Onward: a file that a run made, to where other runs read it without having made it. At the same
 * path it is the same file; elsewhere the same bytes may be a copy.
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

  /**
   * From a content that was asked about into the runs that made it and, onward, those that read it. Of a file where no
   * run had one, the bytes alone are what is asked about.
   */
  async fromContent(
    content: string,
    meant: FileMeant | undefined,
  ): Promise<{ known: boolean; crossings: Crossing[] }> {
    const uses = (await this.#uses.of([content])).get(content)!
    const isThere = ({ url }: ContentUse) => meant?.urls.includes(url) === true
    const known = meant === undefined ? uses : uses.filter((use) => isThere(use) || !isTrivial(use))
    const byBytes = !known.some(isThere)
    const chosen =
      this.#direction === 'lineage'
        ? this.#makersAmong(known, meant ?? { urls: [], inTime: () => true })
        : known
            .filter((use) => byBytes || isThere(use) || !this.#isMadeAt(use, known))
            .map((use): Chosen => ({ use, strength: isThere(use) ? 'seen' : 'possible' }))
    if (byBytes) for (const each of chosen) each.strength = 'seen'
    const files = this.#direction === 'lineage' ? ('made' as const) : byBytes ? ('all' as const) : undefined
    const crossings = (await this.#fold(chosen)).map(({ use, strength }): Crossing => {
      const wanted: 'made' | 'read' | 'all' = files ?? (isThere(use) ? 'all' : 'read')
      const to = { content, files: wanted, url: byBytes ? undefined : use.url }
      const relation = strength === 'seen' ? 'version' : 'same bytes'
      return {
        run: use.run,
        started: use.started,
        entry: { from: content, to, relation, strength, depth: 1 },
      }
    })
    return { known: known.length > 0, crossings }
  }

  /** Of runs that did the same, the latest; all of them where each is wanted. */
  async standing<T extends { run: string; started: string }>(runs: readonly T[]): Promise<readonly T[]> {
    return this.#allRuns ? runs : this.#folded.fold(runs)
  }

  /** From what a walk found in one run into others. */
  async fromRun({ files }: WalkedRun): Promise<Crossing[]> {
    const leaving = files.flatMap(({ file, ...way }) => {
      // What was overwritten or removed in the run that made it, nobody can have read after that.
      const leaves =
        this.#direction === 'lineage' ? file.maker === undefined : file.maker !== undefined && !file.isGone
      return leaves && file.content !== undefined ? [{ ...way, file, content: file.content }] : []
    })
    const uses = await this.#uses.of(leaving.map(({ content }) => content))
    const crossings: Crossing[] = []
    for (const { file, content, strength, depth } of leaving) {
      const chosen =
        this.#direction === 'lineage'
          ? this.#makersOf(file, uses.get(content)!)
          : this.#readersOf(file, uses.get(content)!)
      for (const { use, strength: sameness } of await this.#fold(chosen)) {
        const to = { content, files: this.#direction === 'lineage' ? 'made' : 'read', url: use.url } as const
        const relation = sameness === 'seen' ? 'same content' : 'same bytes'
        const way = strength === 'seen' ? sameness : strength
        const entry: Entry = { from: file.iri, to, relation, strength: way, depth: depth + 1 }
        crossings.push({ run: use.run, started: use.started, entry })
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

  /** Which other runs made a file that a run read. */
  #makersOf(file: FileNode, uses: readonly ContentUse[]): Chosen[] {
    const here = uses.find((use) => use.run === file.run && use.url === file.url)
    return this.#makersAmong(makersFor(file.run, here, uses), meantBy(file.url, here))
  }

  #makersAmong(uses: readonly ContentUse[], meant: FileMeant): Chosen[] {
    const makers = makersAmong(uses)
    const likeliest = likeliestMaker(makers, meant)
    if (likeliest === undefined) return []
    const { maker, strength } = likeliest
    const others = makers.filter(({ run }) => run !== maker.run)
    const chosen: Chosen[] = [{ use: maker, strength }]
    if (this.#allRuns) return [...chosen, ...others.map((use): Chosen => ({ use, strength: 'possible' }))]
    const key = `${maker.run} ${maker.content}`
    const count = new Set(others.map(({ run }) => run)).size
    this.#others.set(key, Math.max(count, this.#others.get(key) ?? 0))
    return chosen
  }

  /** Which other runs read a file that a run made: those of which it is the likeliest maker. */
  #readersOf(file: FileNode, uses: readonly ContentUse[]): Chosen[] {
    const started = this.#folded.firstStart(file.run) ?? uses.find(({ run }) => run === file.run)?.started
    const isTooEarly = ({ ended }: ContentUse) =>
      started !== undefined && ended !== undefined && compareTimes(started, ended) > 0
    // A thousand runs may have read it, and each is asked about all that may have made it.
    const made = uses.filter(({ role }) => role !== 'used')
    return uses.flatMap((use): Chosen[] => {
      if (use.role !== 'used' || use.run === file.run || isTooEarly(use)) return []
      const makers = makersAmong(makersFor(use.run, use, made))
      const likeliest = likeliestMaker(makers, meantBy(use.url, use))
      if (likeliest === undefined) return []
      const isThis = this.#folded.areAlike(likeliest.maker.run, file.run) && likeliest.maker.url === file.url
      if (isThis) return [{ use, strength: likeliest.strength }]
      return this.#allRuns && (use.url === file.url || !isTrivial(use)) ? [{ use, strength: 'possible' }] : []
    })
  }

  #isMadeAt(use: ContentUse, uses: readonly ContentUse[]): boolean {
    return uses.some(({ role, url }) => role !== 'used' && url === use.url)
  }

  /** The runs to go on in. */
  async #fold(chosen: readonly Chosen[]): Promise<readonly Chosen[]> {
    if (this.#allRuns || this.#direction === 'lineage') return chosen
    const standing = await this.#folded.fold([...new Map(chosen.map(({ use }) => [use.run, use])).values()])
    return chosen.filter(({ use }) => standing.some(({ run }) => run === use.run))
  }
}

/** Uses of a content by which the file in question can have been made: not by its reader, nor after that had ended. */
function makersFor(
  reader: string,
  read: ContentUse | undefined,
  uses: readonly ContentUse[],
): readonly ContentUse[] {
  const ended = read?.ended
  const isTooLate = ({ started }: ContentUse) => ended !== undefined && compareTimes(started, ended) > 0
  return uses.filter((use) => use.run !== reader && !isTooLate(use))
}

/** Those that made it; where nobody was seen to, those that may have. */
function makersAmong(uses: readonly ContentUse[]): readonly ContentUse[] {
  const makers = uses.filter(({ role }) => role === 'generated')
  return makers.length > 0 ? makers : uses.filter(({ role }) => role !== 'used')
}

function meantBy(url: string | undefined, read: ContentUse | undefined): FileMeant {
  return {
    urls: url === undefined ? [] : [url],
    inTime: ({ started }) => read === undefined || compareTimes(started, read.started) < 0,
  }
}
