import { chooseModel } from '../statistics/choose-model.ts'
import { conformalInterval } from '../statistics/conformal-interval.ts'
import type { CostModel, Observation } from '../statistics/cost-models.ts'
import { middle } from '../statistics/middle.ts'
import type { Measure } from './run-costs.ts'

/** What something is expected to cost. */
export interface Estimate {
  /** Seconds or bytes. */
  expected: number
  /** Where nine of ten new runs lie; absent below nine earlier runs. */
  interval?: readonly [low: number, high: number]
  /** How many runs it rests on. */
  runs: number
  /** What expects it: `nearest 5`. */
  model: string
  /** What the model looks at: `input size`, `survey std`. */
  explainedBy: readonly string[]
  /** Typical error of the model on runs that it had not seen, as a factor: 1.2 is 20 % too much or too little. */
  typicalFactor: number
  /** The median of the earlier runs, as a baseline. */
  median: number
}

/** Fewer runs say too little. */
export const fewestRuns = 5

export const intervalLevel = 0.9

/** Below this nobody cares, and ratios would be large. */
const floors: Readonly<Record<Measure, number>> = {
  wallSeconds: 0.001,
  cpuSeconds: 0.001,
  peakMemoryBytes: 4096,
  outputBytes: 512,
}

/** What was measured in a run, with its row. */
export interface Measured {
  run: string
  row: readonly number[]
  value: number
}

/** On the scale of the models. */
export function observationsOf(measure: Measure, measured: readonly Measured[]): Observation[] {
  return measured.map(({ run, row, value }) => ({
    group: run,
    row,
    value: Math.log(value + floors[measure]),
  }))
}

/**
 * @param names of the columns
 * @returns undefined for fewer runs than any estimate needs
 */
export function estimate(
  measure: Measure,
  measured: readonly Measured[],
  wanted: readonly number[],
  names: readonly string[],
): Estimate | undefined {
  if (measured.length < fewestRuns) return undefined
  const observations = observationsOf(measure, measured)
  const chosen = chooseModel(observations)
  const fitted = chosen?.model.fit(observations)
  if (chosen === undefined || fitted === undefined) return undefined
  const back = (value: number) => backFrom(measure, value)
  const interval = conformalInterval(chosen.leftOut, wanted, intervalLevel)
  return {
    expected: back(fitted(wanted)),
    ...(interval !== undefined && { interval: [back(interval[0]), back(interval[1])] as const }),
    runs: new Set(measured.map(({ run }) => run)).size,
    model: chosen.model.name,
    explainedBy: usedColumns(chosen.model, observations, names),
    typicalFactor: Math.exp(
      middle(chosen.leftOut.flatMap(({ residuals }) => residuals.map((each) => Math.abs(each)))),
    ),
    median: middle(measured.map(({ value }) => value)),
  }
}

/** Out of the scale of the models. */
export function backFrom(measure: Measure, value: number): number {
  return Math.max(0, Math.exp(value) - floors[measure])
}

function usedColumns(
  { uses }: CostModel,
  observations: readonly Observation[],
  names: readonly string[],
): string[] {
  // What is the same in all runs explains nothing.
  const varies = (at: number) => observations.some(({ row }) => row[at] !== observations[0]!.row[at])
  return uses.filter(varies).map((at) => names[at]!)
}
