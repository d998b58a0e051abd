import type { Divergence } from '../divergence/divergence.ts'
import { findDivergence } from '../divergence/divergence.ts'
import { pathOfUrl } from '../../path-of-url.ts'
import { text } from '../ask.ts'
import { textOf } from '../read-row.ts'
import type { Questions } from '../questions.ts'
import { answered, type UseCaseAnswer } from '../use-case-answer.ts'
import { compareByQuestions, type RunComparison } from './compare-runs.ts'
import { compareResources, leastRatio, type ResourceComparison } from './compare-resources.ts'
import type { DifferenceCause } from './difference-cause.ts'
import { differsBecause } from './differs-because.ts'
import { findRepeats } from './find-repeats.ts'
import { functionShares, type FunctionShare } from './function-shares.ts'

/** What differs between two runs, why, and where it began. */
export interface ExplainedComparison extends RunComparison {
  /** By what they differ, before what follows from it. */
  because: readonly DifferenceCause[]
  /** Where they part and meet again; absent where nothing differs, or one run is set beside itself. */
  divergence?: Divergence
  resources: readonly ResourceComparison[]
  /** All functions by name. */
  functions: readonly FunctionShare[]
  /** What varies between runs that started from the same, and so says nothing. */
  noise: Noise
}

export interface Noise {
  /** Other runs with the code, settings, inputs and environment of the first, or of the second. */
  repeats: readonly [readonly string[], readonly string[]]
  /** Paths of files, names of components and metrics that differ between such runs too. */
  outputs: readonly string[]
  results: readonly string[]
  qualities: readonly string[]
}

/** Runs set beside the first of them, one by one. */
export interface RunDifferences {
  comparisons: readonly ExplainedComparison[]
}

/** So many repeats of a run tell what varies; each is read. */
const mostRepeats = 2

/**
 * Sets runs beside the first of them: what they differ by, where they part, what came of it, and what of that varies
 * without a cause. Records are read where something differs, summaries else.
 *
 * @param runs at least two; IRIs
 * @param candidates runs that may be repeats of these: of the same pipelines and with the same command lines
 * @throws UsageError when one of the runs is unknown
 */
export async function diffRuns(
  questions: Questions,
  [first, ...others]: readonly [string, string, ...string[]],
  candidates: readonly string[] = [],
): Promise<UseCaseAnswer<RunDifferences>> {
  const comparisons: ExplainedComparison[] = []
  for (const other of others) comparisons.push(await explain(questions, [first, other], candidates))
  const repeats = comparisons.flatMap(({ noise }) => noise.repeats.flat())
  return answered('What differs between these runs, and why?', questions, {
    answer: { comparisons },
    runs: [first, ...others, ...repeats],
    evidence: { repeats: new Set(repeats).size },
  })
}

async function explain(
  questions: Questions,
  runs: readonly [string, string],
  candidates: readonly string[],
): Promise<ExplainedComparison> {
  const comparison = await compareByQuestions(questions, ...runs)
  const measurements = await questions.ask('uc9-repeated-measurements', { run: [...new Set(runs)] })
  // Of what is the same nothing varies; a time that is not may.
  const { same, wallRatio = 1 } = comparison
  const isAlike = same && Math.max(wallRatio, 1 / wallRatio) < leastRatio
  const repeats = await findRepeats(questions, runs, measurements, isAlike ? [] : candidates)
  const outermost = new Set(
    measurements.flatMap((row) => (textOf(row, 'caller') === undefined ? [text(row, 'name')] : [])),
  )
  const flow = await questions.ask('file-flow', { run: [...runs] })
  const pathsOf = (run: string) =>
    flow.filter((row) => text(row, 'run') === run).map((row) => pathOfUrl(text(row, 'url')))
  const divergence =
    comparison.same || runs[0] === runs[1] ? undefined : await findDivergence(questions, runs)
  const resources = compareResources(runs, repeats.facts, repeats.of)
  return {
    ...comparison,
    because: differsBecause(comparison, divergence, resources, outermost, [
      pathsOf(runs[0]),
      pathsOf(runs[1]),
    ]),
    ...(divergence !== undefined && { divergence }),
    resources,
    functions: functionShares(runs, measurements),
    noise: await noiseAround(questions, runs, comparison, repeats.of),
    notCompared: [...comparison.notCompared, ...(divergence?.notCompared ?? [])],
  }
}

async function noiseAround(
  questions: Questions,
  runs: readonly [string, string],
  { same }: RunComparison,
  repeats: Noise['repeats'],
): Promise<Noise> {
  const differing = { outputs: new Set<string>(), results: new Set<string>(), qualities: new Set<string>() }
  const read = repeats.map((list) => list.slice(0, mostRepeats)) as [string[], string[]]
  if (!same) {
    for (const [side, list] of read.entries()) {
      for (const repeat of list) {
        const { outputs, results, qualities } = await compareByQuestions(questions, runs[side]!, repeat)
        for (const { url, otherUrl } of outputs)
          for (const each of [url, otherUrl ?? url]) differing.outputs.add(each)
        for (const { name } of results) differing.results.add(name)
        for (const { metric } of qualities) differing.qualities.add(metric)
      }
    }
  }
  return {
    repeats: read,
    outputs: [...differing.outputs],
    results: [...differing.results],
    qualities: [...differing.qualities],
  }
}
