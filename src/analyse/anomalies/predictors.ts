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
  return found.flatMap(({ name, of }) => {
    const values = runs.map((run) => of(run))
    const present = values.filter((value) => value !== undefined)
    const shape = values.join()
    if (present.length < runs.length / 2 || new Set(present).size < 2 || known.has(shape)) return []
    known.add(shape)
    // Hundreds of measurements ask for them.
    const byRun = new Map(runs.map((run, at) => [run, values[at]]))
    return [{ name, of: (run: RunFacts) => byRun.get(run) }]
  })
}

/** Those of the predictors that explain this, the best first. */
export function choosePredictors(
  candidates: readonly Predictor[],
  runs: readonly RunFacts[],
  observed: readonly number[],
): Predictor[] {
  const chosen: Predictor[] = []
  let error = medianError([], observed)
  const columns = new Map<Predictor, readonly number[]>()
  for (const predictor of candidates) {
    const column = runs.map((run) => predictor.of(run))
    if (column.every((value) => value !== undefined)) columns.set(predictor, column)
  }
  while (chosen.length < mostPredictors && runs.length > 2 * (chosen.length + 3)) {
    let best: { predictor: Predictor; error: number } | undefined
    for (const predictor of columns.keys()) {
      if (chosen.includes(predictor)) continue
      const together = [...chosen, predictor].map((each) => columns.get(each)!)
      const with_ = medianError(together, observed)
      if (with_ < (best?.error ?? Infinity)) best = { predictor, error: with_ }
    }
    if (best === undefined || !(best.error < error * worthwhile)) break
    chosen.push(best.predictor)
    error = best.error
  }
  return chosen
}

/** How far a run is off what the others lead to expect, in the median: few outliers do not change it. */
function medianError(columns: readonly (readonly number[])[], observed: readonly number[]): number {
  const fit = fitLinear(
    observed.map((_, at) => columns.map((column) => column[at]!)),
    observed,
  )
  if (fit === undefined) return Infinity
  const errors = Float64Array.from(
    fit.residuals,
    (residual, at) => Math.abs(residual) / Math.max(1e-9, 1 - fit.leverages[at]!),
  ).sort()
  return errors[Math.floor(errors.length / 2)] ?? Infinity
}
