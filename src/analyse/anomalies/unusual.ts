import { findOutliers } from '../statistics/outliers.ts'
import type { Aspect, AspectKind, PipelineFacts, RunFacts } from './aspect.ts'
import { choosePredictors, predictorsOf, type Predictor } from './predictors.ts'

/** Something of one run that is unlike the other runs. */
export interface Unusual {
  run: string
  aspect: Aspect
  value: number | string
  /** What the other runs lead to expect: a number with its interval, or what most of them had. */
  usual: number | string
  interval?: readonly [low: number, high: number]
  /** Standard deviations of a new run between value and usual; absent for words. */
  deviations?: number
  /** Runs that it was set beside. */
  against: number
  /** What was allowed for: `input size`, `survey.smooth std`. */
  allowedFor: readonly string[]
  /** The file, for what a file holds. */
  url?: string
}

export interface UnusualThings {
  found: Unusual[]
  /** Measurements that were compared over runs, each with this chance of a false alarm. */
  compared: number
  alpha: number
}

/** The fewest runs that say what is usual. */
export const fewestRuns = 5

/** Of so many runs one may differ in a word, else nearly all must have the same. */
const rare = 0.1
const common = 0.8
/** At most this part of runs is called unusual in one aspect, and so many of thousands. */
const mostOutliers = 0.2
const mostInAll = 20

/** Differences that are too small for anybody to care about, whatever the spread: least difference, and least ratio. */
const least: Readonly<Partial<Record<AspectKind, readonly [difference: number, ratio: number]>>> = {
  time: [0.05, 1.3],
  processor: [0.05, 1.3],
  memory: [2 ** 20, 1.2],
  size: [2 ** 10, 1.1],
}

/** What is unusual in which run. Runs that did not complete say nothing of how long it takes, only of what they read. */
export function findUnusual(facts: PipelineFacts, alpha: number): UnusualThings {
  const candidates = predictorsOf(facts)
  const found: Unusual[] = []
  let compared = 0
  for (const [key, aspect] of facts.aspects) {
    const runs = facts.runs.filter(
      ({ status }) =>
        status === 'Completed' ||
        ['content', 'parameter', 'failure', 'code', 'environment'].includes(aspect.kind),
    )
    const unusual = runs.some(({ words }) => words.has(key))
      ? unusualWords(key, aspect, runs)
      : unusualNumbers(key, aspect, runs, candidates, alpha)
    if (unusual === undefined) continue
    compared++
    found.push(...unusual)
  }
  found.push(...onlyInFailures(facts))
  return { found, compared, alpha }
}

function unusualWords(key: string, aspect: Aspect, runs: readonly RunFacts[]): Unusual[] | undefined {
  const having = runs.filter(({ words }) => words.has(key))
  if (having.length < fewestRuns) return undefined
  const counts = new Map<string, number>()
  for (const { words } of having) {
    const word = words.get(key)!
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const [usual, times] = [...counts].reduce((one, other) => (other[1] > one[1] ? other : one))
  // A failure is one however many there are.
  const share = aspect.kind === 'failure' ? 0.5 : common
  if (times < having.length * share) return []
  return having.flatMap(({ run, words, places }): Unusual[] => {
    const value = words.get(key)!
    const url = places.get(key)
    const isRare = counts.get(value)! <= Math.max(1, having.length * rare) || aspect.kind === 'failure'
    if (value === usual || !isRare) return []
    return [
      {
        run,
        aspect,
        value,
        usual,
        against: having.length - 1,
        allowedFor: [],
        ...(url !== undefined && { url }),
      },
    ]
  })
}

/** A setting that is so often chosen anew says nothing, as the name of a file. */
const freelyChosen = 1 / 3

/** Values of parameters that no run had which completed, in runs that failed. */
function onlyInFailures({ runs, aspects }: PipelineFacts): Unusual[] {
  const completed = runs.filter(({ status }) => status === 'Completed')
  const found: Unusual[] = []
  for (const [key, aspect] of aspects) {
    if (aspect.kind !== 'parameter') continue
    const values = completed.flatMap(({ words }) => words.get(key) ?? [])
    const distinct = [...new Set(values)]
    if (values.length < fewestRuns || distinct.length > values.length * freelyChosen) continue
    for (const { run, status, words } of runs) {
      const value = words.get(key)
      if (status !== 'Failed' || value === undefined || distinct.includes(value)) continue
      const usual = distinct.toSorted((a, b) => Number(a) - Number(b)).join(', ')
      found.push({ run, aspect, value, usual, against: values.length, allowedFor: [] })
    }
  }
  return found
}

function unusualNumbers(
  key: string,
  aspect: Aspect,
  all: readonly RunFacts[],
  candidates: readonly Predictor[],
  alpha: number,
): Unusual[] | undefined {
  // A component that was not called was called no time.
  const absent = aspect.kind === 'structure' ? 0 : undefined
  const runs = all.filter(({ numbers }) => numbers.has(key) || absent !== undefined)
  if (runs.length < fewestRuns) return undefined
  const values = runs.map(({ numbers }) => numbers.get(key) ?? 0)
  // What doubles with its input is as unusual at half as at twice.
  const isRatio = values.every((value) => value > 0)
  const scaled = isRatio ? values.map(Math.log) : values
  const predictors = aspect.kind === 'content' ? [] : choosePredictors(candidates, runs, scaled)
  const back = (value: number) => (isRatio ? Math.exp(value) : value)
  return findOutliers(
    runs.map((run) => predictors.map((each) => each.of(run) ?? 0)),
    scaled,
    { alpha, most: Math.max(1, Math.min(mostInAll, Math.floor(runs.length * mostOutliers))) },
  )
    .map(({ index, expected, interval, deviations }): Unusual => {
      const { run, places } = runs[index]!
      const url = places.get(key)
      return {
        run,
        aspect,
        value: values[index]!,
        usual: back(expected),
        interval: [back(interval[0]), back(interval[1])],
        deviations,
        against: runs.length - 1,
        allowedFor: predictors.map(({ name }) => name),
        ...(url !== undefined && { url }),
      }
    })
    .filter(isWorthSaying)
}

function isWorthSaying({ aspect, value, usual }: Unusual): boolean {
  const [difference, ratio] = least[aspect.kind] ?? [0, 1]
  const [low, high] = [Number(value), Number(usual)].toSorted((a, b) => a - b) as [number, number]
  return high - low >= difference && (low <= 0 || high / low >= ratio)
}
