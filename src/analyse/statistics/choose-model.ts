import {
  boundedLinear,
  linear,
  mean,
  median,
  nearest,
  type CostModel,
  type Observation,
} from './cost-models.ts'
import { leaveOneGroupOut, type LeftOut } from './leave-one-group-out.ts'

/** The model that was best on groups it had not seen. */
export interface ChosenModel {
  model: CostModel
  leftOut: readonly LeftOut[]
  /** Lower is better: see {@link tailLoss}. */
  loss: number
}

/** A setting must make the loss so much smaller. */
const worthwhile = 0.85
const mostSettings = 3

/** What a chosen model is to be set beside. */
export const baselines: readonly CostModel[] = [mean, median, linear(), nearest]

/** The simplest first: of equals the first is taken. The mean loses wherever one run is much larger than the rest. */
const candidates: readonly CostModel[] = [median, boundedLinear(), nearest]

/**
 * Chooses between the median, a line and the nearest neighbours in the logarithm of the size, and lines that look at
 * further columns where these help, by the loss on groups left out. Which candidates and which loss is a matter of
 * trial: `bench/prediction.ts`.
 *
 * @returns undefined where there are fewer than two groups
 */
export function chooseModel(observations: readonly Observation[]): ChosenModel | undefined {
  let best: ChosenModel | undefined
  for (const model of candidates) best = better(best, model, observations)
  if (best === undefined) return undefined
  const width = observations[0]?.row.length ?? 0
  const groups = best.leftOut.length
  let uses: number[] = []
  let line: ChosenModel | undefined
  while (uses.length < mostSettings && groups > 2 * (uses.length + 3)) {
    let next: ChosenModel | undefined
    for (let at = 0; at < width; at++) {
      if (!uses.includes(at))
        next = better(next, boundedLinear([...uses, at].toSorted((a, b) => a - b)), observations)
    }
    if (next === undefined || !(next.loss < (line?.loss ?? Infinity) * worthwhile)) break
    line = next
    uses = [...next.model.uses]
  }
  return line !== undefined && line.loss < best.loss * worthwhile ? line : best
}

function better(
  best: ChosenModel | undefined,
  model: CostModel,
  observations: readonly Observation[],
): ChosenModel | undefined {
  const leftOut = leaveOneGroupOut(model, observations)
  if (leftOut === undefined) return best
  const loss = tailLoss(leftOut)
  return loss < (best?.loss ?? Infinity) ? { model, leftOut, loss } : best
}

/**
 * The root of the mean squared logarithm of the ratio of what was measured to what was expected, groups weighing the
 * same: a few that are ten times off cost more than many that are a little off, and too little costs as too much. The
 * median error does not see them.
 */
export function tailLoss(leftOut: readonly LeftOut[]): number {
  const squares = leftOut.map(
    ({ residuals }) => residuals.reduce((sum, each) => sum + each * each, 0) / residuals.length,
  )
  return Math.sqrt(squares.reduce((sum, each) => sum + each, 0) / squares.length)
}
