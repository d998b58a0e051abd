import jstat from 'jstat'
import { membersOf } from './aligned-ranks.ts'

/** Values as the sum of an effect of their group and one of their stratum, by least squares. */
export interface AdditiveFit {
  /** What a value of each group is expected to be in the average stratum. */
  means: readonly number[]
  /** How many values each has. */
  sizes: readonly number[]
  /** Standard deviation of what the sum leaves; undefined where nothing is left to tell it. */
  deviation: number | undefined
  degreesOfFreedom: number
}

const rounds = 200

/**
 * Groups are compared as if each had worked on all strata: a group that ran on the easy ones only is not better for that.
 * Fitted by backfitting, which is exact for two factors and needs no matrix of all strata.
 *
 * @param groups from 0, none left out
 */
export function fitAdditive(
  values: readonly number[],
  groups: readonly number[],
  strata: readonly number[],
): AdditiveFit {
  const byGroup = Array.from({ length: 1 + Math.max(-1, ...groups) }, (): number[] => [])
  for (const [at, group] of groups.entries()) byGroup[group]!.push(at)
  const byStratum = membersOf(strata)
  const level = mean(values)
  const [ofGroup, ofStratum] = [values.map(() => 0), values.map(() => 0)]
  let change = Infinity
  for (let round = 0; round < rounds && change > 1e-10; round++) {
    change = 0
    for (const [members, own, other] of [
      ...byStratum.map((all) => [all, ofStratum, ofGroup] as const),
      ...byGroup.map((all) => [all, ofGroup, ofStratum] as const),
    ]) {
      const effect = mean(members.map((at) => values[at]! - level - other[at]!))
      change = Math.max(change, Math.abs(effect - (own[members[0]!] ?? 0)) / (Math.abs(effect) + 1))
      for (const at of members) own[at] = effect
    }
  }
  // Effects of strata sum to nothing over the values, so that means are at the level of what was measured.
  const shift = mean(ofStratum)
  const squares = values.reduce(
    (sum, value, at) => sum + (value - level - ofGroup[at]! - ofStratum[at]!) ** 2,
    0,
  )
  const degreesOfFreedom = values.length - byGroup.length - byStratum.length + 1
  return {
    means: byGroup.map(([at]) => level + shift + (at === undefined ? 0 : ofGroup[at]!)),
    sizes: byGroup.map(({ length }) => length),
    deviation: degreesOfFreedom < 1 ? undefined : Math.sqrt(squares / degreesOfFreedom),
    degreesOfFreedom,
  }
}

/** Where the mean of a group lies, nineteen times of twenty. */
export function intervalOf(fit: AdditiveFit, group: number): [low: number, high: number] | undefined {
  if (fit.deviation === undefined || fit.sizes[group] === 0) return undefined
  const reach = (quantile(fit, 0.975) * fit.deviation) / Math.sqrt(fit.sizes[group]!)
  return [fit.means[group]! - reach, fit.means[group]! + reach]
}

/**
 * Groups whose mean is not below the highest by more than chance explains, the least significant difference after a test of
 * all (W. J. Conover and R. L. Iman, Los Alamos report LA-7677-MS, 1979).
 */
export function asGoodAs(fit: AdditiveFit, best: number): number[] {
  return [...fit.means.keys()].filter((group) => {
    if (group === best) return true
    if (fit.deviation === undefined || fit.sizes[group] === 0) return false
    const spread = fit.deviation * Math.sqrt(1 / fit.sizes[best]! + 1 / fit.sizes[group]!)
    return fit.means[best]! - fit.means[group]! <= quantile(fit, 0.95) * spread
  })
}

function quantile({ degreesOfFreedom }: AdditiveFit, probability: number): number {
  return jstat.studentt.inv(probability, degreesOfFreedom)
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length
}
