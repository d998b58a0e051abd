import { baselines, chooseModel } from '../statistics/choose-model.ts'
import { conformalInterval } from '../statistics/conformal-interval.ts'
import type { CostModel, Observation } from '../statistics/cost-models.ts'
import { middle } from '../statistics/middle.ts'
import { fewestRuns, intervalLevel, observationsOf, type Measured } from './estimate.ts'
import type { Measure } from './run-costs.ts'

/** How far predictions of runs are off that were left out, one after the other, before anything was chosen or fitted. */
export interface Evaluation {
  measure: Measure
  runs: number
  /** The chosen model first, under the name `chosen`; then what it is to be set beside. */
  models: readonly ModelErrors[]
  /** Runs that had an interval without them, and how many lay in it. */
  intervals: number
  covered: number
}

/** Parts of what was measured: 0.2 is a fifth off. */
export interface ModelErrors {
  model: string
  medianError: number
  /** Nine of ten are less far off. */
  p90Error: number
}

/** Undefined where leaving one out leaves too few. */
export function evaluate(measure: Measure, measured: readonly Measured[]): Evaluation | undefined {
  const observations = observationsOf(measure, measured)
  if (observations.length <= fewestRuns) return undefined
  const errors = new Map<string, number[]>()
  let [intervals, covered] = [0, 0]
  for (const held of observations) {
    const others = observations.filter(({ group }) => group !== held.group)
    const chosen = chooseModel(others)
    if (chosen === undefined) return undefined
    for (const [name, model] of [
      ['chosen', chosen.model] as const,
      ...baselines.map((each) => [each.name, each] as const),
    ]) {
      const error = errorOf(model, others, held)
      if (error !== undefined) errors.set(name, [...(errors.get(name) ?? []), error])
    }
    const interval = conformalInterval(chosen.leftOut, held.row, intervalLevel)
    if (interval === undefined) continue
    intervals++
    if (held.value >= interval[0] - rounding && held.value <= interval[1] + rounding) covered++
  }
  return {
    measure,
    runs: observations.length,
    models: [...errors].map(([model, list]) => ({
      model,
      medianError: middle(list),
      p90Error: list.toSorted((a, b) => a - b)[Math.ceil(list.length * 0.9) - 1]!,
    })),
    intervals,
    covered,
  }
}

const rounding = 1e-9

/** With the floor of the measure added to both, so that nothing is divided by zero. */
function errorOf(model: CostModel, others: readonly Observation[], held: Observation): number | undefined {
  const fitted = model.fit(others)
  return fitted && Math.abs(Math.expm1(fitted(held.row) - held.value))
}
