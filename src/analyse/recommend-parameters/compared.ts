import { alignedRanks } from '../statistics/aligned-ranks.ts'
import { asGoodAs, fitAdditive, intervalOf } from '../statistics/additive-fit.ts'
import { permutationTest, smallestProbability, type Grouped } from '../statistics/permutation-test.ts'
import type { Factor, Level } from './factor.ts'
import { succeeded, type Trial } from './trial.ts'

/** What is wanted of a setting. */
export interface Aim {
  metric: string
  better: 'more' | 'less'
}

/** How trials with one value of a setting came out, as if all had worked on the same data. */
export interface LevelOutcome extends Level {
  /** Trials that had it. */
  trials: number
  /** Of them, those that failed or whose metric is not a number. */
  failed: number
  /** Of the metric, over those that did not fail. */
  mean?: number
  /** Where the mean lies, nineteen times of twenty. */
  interval?: readonly [low: number, high: number]
  /** Runs that had it. */
  runs: readonly string[]
}

/** Trials that can be compared for one setting and one aim. */
export class Compared {
  readonly factor: Factor
  readonly aim: Aim
  /** Places of the trials among all. */
  readonly places: readonly number[]
  readonly #trials: readonly Trial[]
  readonly #grouped: Grouped
  /** Level of each group; a level that no trial here has, has no group. */
  readonly #levels: readonly number[]

  constructor(factor: Factor, aim: Aim, trials: readonly Trial[], strata: readonly number[]) {
    this.factor = factor
    this.aim = aim
    this.#trials = trials
    const had = [...trials.keys()].filter(
      (at) => factor.groups[at]! >= 0 && (!trials[at]!.completed || trials[at]!.outcomes.has(aim.metric)),
    )
    // Alone on its data a trial has nothing to be compared with.
    const sizes = new Map<number, number>()
    for (const at of had) sizes.set(strata[at]!, (sizes.get(strata[at]!) ?? 0) + 1)
    this.places = had.filter((at) => sizes.get(strata[at]!)! > 1)
    const levels = [...new Set(this.places.map((at) => factor.groups[at]!))].toSorted((a, b) => a - b)
    this.#levels = levels
    const own = this.places.map((at) => strata[at]!)
    this.#grouped = {
      scores: alignedRanks(
        this.places.map((at) => this.#score(at)),
        own,
      ),
      groups: this.places.map((at) => levels.indexOf(factor.groups[at]!)),
      strata: own,
    }
  }

  /** Whether the setting had several values on like data at all. */
  get varies(): boolean {
    const seen = new Map<number, number>()
    return this.#grouped.strata.some((stratum, at) => {
      const group = this.#grouped.groups[at]!
      if (!seen.has(stratum)) seen.set(stratum, group)
      return seen.get(stratum) !== group
    })
  }

  /** @returns how often chance alone would make such a difference, and the least that so few trials could show */
  test(): { probability: number; smallest: number } {
    const smallest = smallestProbability(this.#grouped)
    return { smallest, probability: permutationTest(this.#grouped) }
  }

  /** The same test where another thing is held: within its values. */
  testWithin(other: Pick<Factor, 'groups'>): number {
    const { scores, groups, strata } = this.#grouped
    const held = this.places.map((at, index) => strata[index]! * 1e6 + other.groups[at]! + 1)
    const numbers = [...new Set(held)]
    const within = held.map((each) => numbers.indexOf(each))
    const raw = this.places.map((at) => this.#score(at))
    return permutationTest({
      scores: scores.length === 0 ? scores : alignedRanks(raw, within),
      groups,
      strata: within,
    })
  }

  /** Mean outcome of each level, and what is usual over all. */
  outcomes(): { levels: LevelOutcome[]; baseline: number | undefined } {
    const measured = this.places.filter((at) => succeeded(this.#trials[at]!, this.aim.metric))
    const here = [...new Set(measured.map((at) => this.factor.groups[at]!))].toSorted((a, b) => a - b)
    const values = measured.map((at) => this.#trials[at]!.outcomes.get(this.aim.metric)!)
    const fit = fitAdditive(
      values,
      measured.map((at) => here.indexOf(this.factor.groups[at]!)),
      measured.map((at) => this.#grouped.strata[this.places.indexOf(at)]!),
    )
    return {
      baseline: values.length === 0 ? undefined : values.reduce((sum, each) => sum + each, 0) / values.length,
      levels: this.#levels.map((level): LevelOutcome => {
        const own = this.places.filter((at) => this.factor.groups[at] === level)
        const group = here.indexOf(level)
        const interval = group < 0 ? undefined : intervalOf(fit, group)
        return {
          ...this.factor.levels[level]!,
          trials: own.length,
          failed: own.filter((at) => !succeeded(this.#trials[at]!, this.aim.metric)).length,
          ...(group >= 0 && { mean: fit.means[group]! }),
          ...(interval !== undefined && { interval }),
          runs: [...new Set(own.map((at) => this.#trials[at]!.run))],
        }
      }),
    }
  }

  /**
   * The level that went best, of those that were tried more than once, and those beside it that chance could have put
   * there. Trials that failed are worse than all that did not. Indices into the levels of the outcomes.
   */
  best(): { best: number; asGood: number[] } | undefined {
    const fit = fitAdditive(this.#grouped.scores, this.#grouped.groups, this.#grouped.strata)
    const tried = [...fit.means.keys()].filter((group) => fit.sizes[group]! > 1)
    if (tried.length === 0) return undefined
    const best = tried.reduce((one, other) => (fit.means[other]! > fit.means[one]! ? other : one))
    const good = new Set(asGoodAs(fit, best).filter((group) => fit.sizes[group]! > 1))
    if (!this.factor.numeric) return { best, asGood: [...good] }
    // Of numbers, those that lie beside the best one: a range.
    let [from, to] = [best, best]
    while (good.has(from - 1)) from--
    while (good.has(to + 1)) to++
    return { best, asGood: [...good].filter((group) => group >= from && group <= to) }
  }

  #score(at: number): number {
    const trial = this.#trials[at]!
    if (!succeeded(trial, this.aim.metric)) return -Infinity
    const value = trial.outcomes.get(this.aim.metric)!
    return this.aim.better === 'more' ? value : -value
  }
}
