import { UsageError } from '../../errors.ts'
import { countOf } from '../../count-of.ts'
import { groupBy } from '../../group-by.ts'
import { didYouMean } from '../../near-word.ts'
import { text } from '../ask.ts'
import type { Questions } from '../questions.ts'
import { answered, type Abstention, type Outcome, type UseCaseAnswer } from '../use-case-answer.ts'
import { evaluate, type Evaluation } from './evaluate.ts'
import { estimate, fewestRuns, type Estimate, type Measured } from './estimate.ts'
import { explain, type Explaining, type Wanted } from './explaining.ts'
import { outsideOf } from './outside-of.ts'
import { measures, readRunCosts, type Measure, type RunCosts, type RunInputs } from './run-costs.ts'

/** What a run of a known pipeline is expected to cost. */
export interface PipelinePrediction {
  pipeline: string
  inputs: RunInputs
  /** Settings that were asked for; the others are as in the latest run. */
  settings: Readonly<Record<string, string>>
  costs: Partial<Record<Measure, Estimate>>
  /** Time that each component takes itself, longest first: of the fifteen that took most. */
  components: readonly ComponentPrediction[]
  /** Runs on a machine that others used too. Where enough others are, elapsed times are predicted from these alone. */
  loadedRuns: number
  /** Errors on runs left out, where they are asked for. */
  evaluation?: readonly Evaluation[]
}

export interface ComponentPrediction {
  component: string
  name: string
  /** Calls in the latest run. */
  calls: number
  selfSeconds: Estimate
}

/** The latest runs say best how it is now, and more of them would hardly say it better. */
const mostRuns = 100

/**
 * What a run of a pipeline will take on these inputs with these settings (use case 3), from its earlier runs.
 *
 * @param which.without IRIs of runs that are not looked at
 * @throws UsageError for a pipeline that no run is of, and for a setting that no component has
 */
export async function predictPipeline(
  questions: Questions,
  which: Wanted & { pipeline: string; evaluate?: boolean; without?: readonly string[] },
): Promise<UseCaseAnswer<PipelinePrediction>> {
  const { pipeline } = which
  const question = `What will a run of ${pipeline} take${which.inputs === undefined ? '' : ` on ${countOf(which.inputs.bytes, 'byte')} of input`}?`
  const outlines = await questions.ask('runs', { pipeline })
  if (outlines.length === 0) {
    const names = (await questions.ask('runs')).map((row) => text(row, 'pipeline'))
    throw new UsageError(`There is no run of ${pipeline}`, {
      advice: didYouMean(pipeline, names, '`vampira list` shows the names.'),
    })
  }
  const completed = outlines.filter(
    (row) => text(row, 'status') === 'Completed' && !which.without?.includes(text(row, 'run')),
  )
  const runs = await readRunCosts(questions, pipeline, completed.slice(0, mostRuns))
  return answered(question, questions, predictFrom(pipeline, runs, which, which.evaluate))
}

/**
 * The same from runs that are at hand, the latest first.
 * @throws UsageError for a setting that no component has
 */
export function predictFrom(
  pipeline: string,
  runs: readonly RunCosts[],
  wanted: Wanted,
  evaluated = false,
): Outcome<PipelinePrediction> & { answer?: PipelinePrediction; abstained?: Abstention } {
  const ids = runs.map(({ run }) => run)
  if (runs.length < fewestRuns) return { runs: ids, ...tooFew(pipeline, runs.length) }
  const explaining = explain(runs, wanted)
  if (explaining.outside.length > 0) return { runs: ids, abstained: outsideOf(pipeline, explaining.outside) }
  return {
    runs: ids,
    answer: {
      pipeline,
      inputs: explaining.inputs,
      settings: wanted.settings,
      costs: costsOf(runs, explaining),
      components: componentsOf(runs, explaining),
      loadedRuns: runs.filter(({ loaded }) => loaded).length,
      ...(evaluated && { evaluation: measuresOf(runs, explaining) }),
    },
  }
}

function tooFew(pipeline: string, runs: number): { abstained: Abstention } {
  const missing = fewestRuns - runs
  return {
    abstained: {
      because: `${countOf(runs, 'run')} of ${pipeline} completed, and at least ${fewestRuns} are needed`,
      record: `Record ${missing} more of ${pipeline}, on inputs of different sizes: vampira run -- …`,
    },
  }
}

/** Elapsed times of runs that had the machine for themselves, where they are enough. */
export function undisturbed(runs: readonly RunCosts[]): readonly RunCosts[] {
  const alone = runs.filter(({ loaded }) => !loaded)
  return alone.length >= fewestRuns ? alone : runs
}

function measuredOf(measure: Measure, runs: readonly RunCosts[], { rows }: Explaining): Measured[] {
  return (measure === 'wallSeconds' ? undisturbed(runs) : runs).flatMap(({ run, costs }) => {
    const value = costs[measure]
    return value === undefined ? [] : [{ run, row: rows.get(run)!, value }]
  })
}

function costsOf(runs: readonly RunCosts[], explaining: Explaining): Partial<Record<Measure, Estimate>> {
  const names = explaining.columns.map(({ name }) => name)
  const found: Partial<Record<Measure, Estimate>> = {}
  for (const measure of measures) {
    const one = estimate(measure, measuredOf(measure, runs, explaining), explaining.wanted, names)
    if (one !== undefined) found[measure] = one
  }
  return found
}

function measuresOf(runs: readonly RunCosts[], explaining: Explaining): Evaluation[] {
  return measures.flatMap((measure) => evaluate(measure, measuredOf(measure, runs, explaining)) ?? [])
}

/** The others take next to nothing. */
const mostComponents = 15

function componentsOf(runs: readonly RunCosts[], explaining: Explaining): ComponentPrediction[] {
  const names = explaining.columns.map(({ name }) => name)
  const parts = groupBy(
    undisturbed(runs).flatMap(({ run, parts: own }) => own.map((part) => ({ run, part }))),
    ({ part }) => part.component,
  )
  const all = [...parts].map(([component, own]) => ({
    component,
    own,
    total: own.reduce((sum, { part }) => sum + (part.selfSeconds ?? 0), 0),
  }))
  return all
    .toSorted((a, b) => b.total - a.total)
    .slice(0, mostComponents)
    .flatMap(({ component, own }): ComponentPrediction[] => {
      const [latest] = own
      const byRun = groupBy(own, ({ run }) => run)
      const measured = [...byRun].map(([run, calls]): Measured => ({
        run,
        row: explaining.rows.get(run)!,
        value: calls.reduce((sum, { part }) => sum + (part.selfSeconds ?? 0), 0),
      }))
      const selfSeconds = estimate('wallSeconds', measured, explaining.wanted, names)
      if (latest === undefined || selfSeconds === undefined) return []
      const calls = byRun.get(latest.run)!.reduce((sum, { part }) => sum + part.calls, 0)
      return [{ component, name: latest.part.name, calls, selfSeconds }]
    })
    .toSorted((a, b) => b.selfSeconds.expected - a.selfSeconds.expected)
}
