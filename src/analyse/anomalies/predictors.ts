import { fitLinear } from '../statistics/least-squares.ts'
import type { PipelineFacts, RunFacts } from './aspect.ts'

/** What may explain a measurement before anything is called unusual: the size of the inputs, and numeric settings. */
export interface Predictor {
  name: string
  /** The value of a run; undefined where it has none. */
  of(run: RunFacts): number | undefined
}

/** A predictor must leave so much less unexplained, of what a run left out is off by in the median. */
const worthwhile = 0.85
const mostPredictors = 3

/** Every predictor that differs between runs; those that always go together stand once. */
export function predictorsOf({ runs, aspects }: PipelineFacts): Predictor[] {
  const found: Predictor[] = [{ name: 'input size', of: ({ inputBytes }) => Math.log(1 + inputBytes) }]
  for (const [key, { kind, of }] of aspects) {
    if (kind !== 'parameter') continue
    found.push({
      name: of,
      of: ({ words }) => {
        const number = Number(words.get(key) ?? Number.NaN)
        return Number.isFinite(number) ? number : undefined
      },
    })
  }
  const known = new Set<string>()
  return found.filter((predictor) => {
    const values = runs.map((run) => predictor.of(run))
    const present = values.filter((value) => value !== undefined)
    const shape = values.join()
    if (present.length < runs.length / 2 || new Set(present).size < 2 || known.has(shape)) return false
    known.add(shape)
    return true
  })
}

/** Those of the predictors that explain this, the best first. */
export function choosePredictors(
  candidates: readonly Predictor[],
  runs: readonly RunFacts[],
  observed: readonly number[],
): Predictor[] {
  const chosen: Predictor[] = []
  let error = medianError([], runs, observed)
  const usable = candidates.filter((each) => runs.every((run) => each.of(run) !== undefined))
  while (chosen.length < mostPredictors && runs.length > 2 * (chosen.length + 3)) {
    let best: { predictor: Predictor; error: number } | undefined
    for (const predictor of usable) {
      if (chosen.includes(predictor)) continue
      const with_ = medianError([...chosen, predictor], runs, observed)
      if (with_ < (best?.error ?? Infinity)) best = { predictor, error: with_ }
    }
    if (best === undefined || !(best.error < error * worthwhile)) break
    chosen.push(best.predictor)
    error = best.error
  }
  return chosen
}

/** How far a run is off what the others lead to expect, in the median: few outliers do not change it. */
function medianError(
  predictors: readonly Predictor[],
  runs: readonly RunFacts[],
  observed: readonly number[],
): number {
  const fit = fitLinear(
    runs.map((run) => predictors.map((each) => each.of(run) ?? 0)),
    observed,
  )
  if (fit === undefined) return Infinity
  const errors = fit.residuals
    .map((residual, at) => Math.abs(residual) / Math.max(1e-9, 1 - fit.leverages[at]!))
    .toSorted((a, b) => a - b)
  return errors[Math.floor(errors.length / 2)] ?? Infinity
}
