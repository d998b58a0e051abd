import { holm } from '../statistics/permutation-test.ts'
import { Compared, type Aim, type LevelOutcome } from './compared.ts'
import { alwaysTogether, codeOf, rivalsOf, timesOf, type Rival } from './confounding.ts'
import type { Factor } from './factor.ts'
import { timeMetric, type Trial } from './trial.ts'

/** What the trials say of a setting, or of settings that always changed together, for one metric. */
export interface Judgement {
  factor: Factor
  aim: Aim
  verdict:
    /** It has an effect, and some values went better. */
    | 'effect'
    /** None that can be told from chance. */
    | 'no effect'
    /** Too few trials to tell whatever they showed. */
    | 'too few'
    /** It changed only where the data changed. */
    | 'changed with the data'
    /** It changed only, or mostly, where something else changed, which may have the effect. */
    | 'changed with others'
    /** What changed with it explains all of its effect. */
    | 'explained by others'
  /** What changed with it. */
  others: readonly string[]
  /** Trials that were compared. */
  trials: number
  /** How often chance would show such a difference in any of the settings; absent where nothing was tested. */
  probability?: number
  levels: readonly LevelOutcome[]
  /** Mean of the metric over all that were compared. */
  baseline: number | undefined
  /** Indices into the levels, where it has an effect. */
  best?: number
  asGood?: readonly number[]
}

/** The chance that anything at all is advised where nothing has an effect. */
export const level = 0.05

export function judgeSettings(
  factors: readonly Factor[],
  aims: readonly Aim[],
  trials: readonly Trial[],
  strata: readonly number[],
): Judgement[] {
  const leaders = factors.filter(
    (factor, at) => !factors.slice(0, at).some((one) => alwaysTogether(one, factor)),
  )
  const followers = (leader: Factor) =>
    factors
      .filter((each) => each !== leader && alwaysTogether(leader, each))
      .map(({ setting }) => setting.key)
  const all = aims.flatMap((aim) =>
    leaders
      .filter((factor) => !isTheMetric(factor, aim, trials))
      .map((factor) => {
        const compared = new Compared(factor, aim, trials, strata)
        const varies = compared.varies
        const test = varies ? compared.test() : undefined
        return { factor, aim, compared, varies, test, others: followers(factor) }
      }),
  )
  const tested = all.filter(({ test }) => test !== undefined && test.smallest <= level)
  const adjusted = holm(tested.map(({ test }) => test!.probability))
  const code = codeOf(trials)
  const times = timesOf(trials)
  return all.map(({ factor, aim, compared, varies, others }): Judgement => {
    const { levels, baseline } = compared.outcomes()
    const about = { factor, aim, trials: compared.places.length, levels, baseline }
    const at = tested.findIndex((each) => each.compared === compared)
    if (!varies) return { ...about, verdict: 'changed with the data', others }
    if (at < 0) return { ...about, verdict: 'too few', others }
    const probability = adjusted[at]!
    if (probability > level) {
      return { ...about, verdict: 'no effect', others, probability }
    }
    if (others.length > 0) return { ...about, verdict: 'changed with others', others, probability }
    const rivals: Rival[] = [
      ...leaders.map(({ setting, groups }) => ({ name: setting.key, groups })),
      ...(code === undefined ? [] : [code]),
      ...(aim.metric === timeMetric ? [times] : []),
    ]
    const { notToldFrom, explainedBy } = rivalsOf(compared, rivals, {
      level,
      testRival(rival, within) {
        const other = all.find((each) => each.factor.groups === rival.groups && each.aim === aim)
        return other?.varies === true ? other.compared.testWithin(within) : undefined
      },
    })
    if (explainedBy.length > 0)
      return { ...about, verdict: 'explained by others', others: explainedBy, probability }
    if (notToldFrom.length > 0)
      return { ...about, verdict: 'changed with others', others: notToldFrom, probability }
    const found = compared.best()
    return found === undefined
      ? { ...about, verdict: 'too few', others, probability }
      : { ...about, verdict: 'effect', others, probability, ...found }
  })
}

/** A parameter that took the metric itself, to report it, is no setting. */
function isTheMetric({ setting }: Factor, { metric }: Aim, trials: readonly Trial[]): boolean {
  const values = new Set<number>()
  let [same, both] = [0, 0]
  for (const { settings, outcomes } of trials) {
    const [value, outcome] = [settings.get(setting.key), outcomes.get(metric)]
    if (value === undefined || outcome === undefined) continue
    both++
    values.add(outcome)
    if (Math.abs(Number(value) - outcome) <= 1e-6 * Math.abs(outcome)) same++
  }
  // Zeros and ones are often equal by chance.
  return values.size > 2 && same > both / 2
}
