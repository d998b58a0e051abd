import type { Aim } from './compared.ts'
import type { Factor, Level } from './factor.ts'
import { fitAdditive } from '../statistics/additive-fit.ts'
import { succeeded, type Trial } from './trial.ts'

/** Settings that were tried together, and what came of them. */
export interface Combination {
  settings: readonly ({ setting: string } & Level)[]
  trials: number
  failed: number
  /** By metric, as if all combinations had worked on the same data. */
  means: Readonly<Record<string, number>>
  runs: readonly string[]
}

/**
 * Combinations than which no other is at least as good in everything and better in something. Those of which most trials
 * failed are left out, and so are those without a measurement of each metric.
 */
export function paretoFront(
  trials: readonly Trial[],
  strata: readonly number[],
  factors: readonly Factor[],
  aims: readonly Aim[],
): Combination[] {
  const places = [...trials.keys()].filter(
    (at) =>
      factors.every(({ groups }) => groups[at]! >= 0) &&
      (!trials[at]!.completed || aims.every(({ metric }) => trials[at]!.outcomes.has(metric))),
  )
  const keyOf = (at: number) => factors.map(({ groups }) => groups[at]).join(' ')
  const isMeasured = (at: number) => aims.every(({ metric }) => succeeded(trials[at]!, metric))
  const measured = places.filter(isMeasured)
  const keys = [...new Set(measured.map(keyOf))]
  const groups = measured.map((at) => keys.indexOf(keyOf(at)))
  const meansOf = aims.map(({ metric }) =>
    fitAdditive(
      measured.map((at) => trials[at]!.outcomes.get(metric)!),
      groups,
      measured.map((at) => strata[at]!),
    ),
  )
  const combinations = keys.flatMap((key, group): Combination[] => {
    const own = places.filter((at) => keyOf(at) === key)
    const failed = own.filter((at) => !isMeasured(at)).length
    if (failed > own.length / 2) return []
    return [
      {
        settings: factors.map(({ setting, levels, groups: ofTrials }) => ({
          setting: setting.key,
          ...levels[ofTrials[own[0]!]!]!,
        })),
        trials: own.length,
        failed,
        means: Object.fromEntries(aims.map(({ metric }, at) => [metric, meansOf[at]!.means[group]!])),
        runs: [...new Set(own.map((at) => trials[at]!.run))],
      },
    ]
  })
  const gain = ({ means }: Combination, { metric, better }: Aim) =>
    better === 'more' ? means[metric]! : -means[metric]!
  const beats = (one: Combination, other: Combination) =>
    aims.every((aim) => gain(one, aim) >= gain(other, aim)) &&
    aims.some((aim) => gain(one, aim) > gain(other, aim))
  return combinations
    .filter((each) => !combinations.some((other) => beats(other, each)))
    .toSorted((a, b) => gain(b, aims[0]!) - gain(a, aims[0]!))
}
