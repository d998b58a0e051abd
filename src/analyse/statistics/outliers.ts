import jstat from 'jstat'
import { fitLinear, type LinearFit } from './least-squares.ts'

export interface Outlier {
  /** Place among the observations. */
  index: number
  /** What the others lead to expect. */
  expected: number
  /** Where nineteen of twenty such observations lie. */
  interval: readonly [low: number, high: number]
  /** Distance from what is expected, in standard deviations of a new observation. */
  deviations: number
}

/**
 * Observations that lie further from what the others lead to expect than chance explains: the generalised extreme
 * studentized deviate test (B. Rosner, Technometrics 25(2), 1983), on the residuals of a linear model, so that several
 * outliers do not hide one another. With no predictors and one outlier at most it is the mean and standard deviation.
 *
 * @param rows predictors of each observation; all empty for none
 * @param alpha the chance that anything at all is called an outlier where nothing is
 */
export function findOutliers(
  rows: readonly (readonly number[])[],
  observed: readonly number[],
  { alpha, most }: { alpha: number; most: number },
): Outlier[] {
  const kept = [...observed.keys()]
  const [keptRows, keptObserved] = [[...rows], [...observed]]
  const removed: number[] = []
  let outliers = 0
  while (removed.length < most) {
    const fit = fitLinear(keptRows, keptObserved)
    if (fit === undefined || fit.degreesOfFreedom < fewestDegrees) break
    const [at, size] = farthest(fit)
    if (at === undefined || size === 0) break
    if (size > critical(alpha, kept.length, fit.degreesOfFreedom)) outliers = removed.length + 1
    removed.push(kept[at]!)
    for (const list of [kept, keptRows, keptObserved]) list.splice(at, 1)
  }
  const found = removed.slice(0, outliers)
  const usual = [...observed.keys()].filter((each) => !found.includes(each))
  const fit = fitLinear(
    usual.map((each) => rows[each]!),
    usual.map((each) => observed[each]!),
  )
  if (fit === undefined) return []
  return found.map((index) => describe(fit, rows[index]!, observed[index]!, index))
}

const fewestDegrees = 3

/** The observation with the largest residual by its own standard deviation (internally studentized). */
function farthest({
  residuals,
  leverages,
  squares,
  degreesOfFreedom,
}: LinearFit): [number | undefined, number] {
  const deviation = Math.sqrt(squares / degreesOfFreedom)
  let [found, largest]: [number | undefined, number] = [undefined, 0]
  for (let at = 0; at < residuals.length; at++) {
    const residual = residuals[at]!
    // Rounding leaves residuals where the fit is exact.
    if (Math.abs(residual) <= 1e-9 * Math.max(1, deviation)) continue
    const size = Math.abs(residual) / (deviation * Math.sqrt(Math.max(1e-12, 1 - leverages[at]!)))
    if (size > largest) [found, largest] = [at, size]
  }
  return [found, largest]
}

/** Rosner's λ, for residuals of a model with more coefficients than one. */
function critical(alpha: number, observations: number, degreesOfFreedom: number): number {
  const t = quantile(1 - alpha / (2 * observations), degreesOfFreedom - 1)
  return (t * Math.sqrt(degreesOfFreedom)) / Math.sqrt(degreesOfFreedom - 1 + t * t)
}

const quantiles = new Map<string, number>()

/** Of Student's t: found by trial, and the same few for hundreds of measurements of as many runs. */
function quantile(probability: number, degreesOfFreedom: number): number {
  const key = `${probability} ${degreesOfFreedom}`
  let found = quantiles.get(key)
  if (found === undefined) quantiles.set(key, (found = jstat.studentt.inv(probability, degreesOfFreedom)))
  return found
}

function describe(fit: LinearFit, row: readonly number[], observed: number, index: number): Outlier {
  const { expected, leverage } = fit.at(row)
  const deviation = Math.sqrt((fit.squares / fit.degreesOfFreedom) * (1 + leverage))
  const reach = quantile(0.975, fit.degreesOfFreedom) * deviation
  return {
    index,
    expected,
    interval: [expected - reach, expected + reach],
    deviations: deviation === 0 ? Infinity : (observed - expected) / deviation,
  }
}
