import { groupBy } from '../../group-by.ts'
import type { CostModel, Fitted, Observation } from './cost-models.ts'

/** What the model expects when it has not seen a group, for each group. */
export interface LeftOut {
  group: string
  /** Fitted to all other groups. */
  fitted: Fitted
  observations: readonly Observation[]
  /** Observed minus expected, in the order of the observations. */
  residuals: readonly number[]
}

/**
 * Fits the model once without each group. What a run measured is alike in itself, so that an observation must not be
 * judged by others of its own run.
 *
 * @returns undefined where some of the fits are not determined
 */
export function leaveOneGroupOut(
  model: CostModel,
  observations: readonly Observation[],
): LeftOut[] | undefined {
  const found: LeftOut[] = []
  for (const [group, own] of groupBy(observations, (each) => each.group)) {
    const fitted = model.fit(observations.filter((each) => each.group !== group))
    if (fitted === undefined) return undefined
    found.push({
      group,
      fitted,
      observations: own,
      residuals: own.map(({ row, value }) => value - fitted(row)),
    })
  }
  return found.length < 2 ? undefined : found
}
