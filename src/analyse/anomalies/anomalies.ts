import { UsageError } from '../../errors.ts'
import { groupBy } from '../../group-by.ts'
import type { Questions } from '../questions.ts'
import { answered, type UseCaseAnswer } from '../use-case-answer.ts'
import { causeOf, type Cause } from './cause.ts'
import { nameEnvironments, readFailures } from './from-records.ts'
import { readPipelineFacts } from './pipeline-facts.ts'
import type { Unusual } from './unusual.ts'

/** Unusual things of a run that have one cause, or none that is known. */
export interface Anomaly {
  /** Absent where nothing in the records explains it. */
  cause?: Cause
  /** The cause itself, where it is in the run, and what came of it; the most unusual first. */
  things: readonly Unusual[]
}

export interface RunAnomalies {
  run: string
  started: string
  status: string
  /** What the innermost failing call said, of the latest runs that failed. */
  failure?: string
  anomalies: readonly Anomaly[]
}

/** What is unusual in runs of a pipeline. */
export interface Anomalies {
  pipeline: string
  /** Runs that have something unusual, latest first. */
  runs: readonly RunAnomalies[]
  /** Measurements that were compared over runs. */
  compared: number
  /** So many things are expected to be called unusual by chance. */
  falseAlarmsExpected: number
}

/** The chance of a false alarm in each measurement. */
const alpha = 0.01

/**
 * What is unusual in runs of a pipeline (use case 9), against the other runs of it, after size and settings have
 * explained what they can; and why, as far as the records tell.
 *
 * @param which.judged IRIs of the runs that are judged; all if not given
 * @param which.runs IRIs of the runs that say what is usual; all if not given
 * @throws UsageError where the pipeline has no runs
 */
export async function findAnomalies(
  questions: Questions,
  which: { pipeline: string; runs?: readonly string[]; judged?: readonly string[] },
): Promise<UseCaseAnswer<Anomalies>> {
  const { pipeline, judged } = which
  const question = `What is unusual in ${judged === undefined ? 'runs' : judged.length === 1 ? 'this run' : 'these runs'} of ${pipeline}?`
  const facts = await readPipelineFacts(questions, pipeline, which.runs)
  // With its library of distributions, which nobody else needs.
  const { fewestRuns, findUnusual } = await import('./unusual.ts')
  const runs = facts.runs.map(({ run }) => run)
  if (runs.length === 0) {
    throw new UsageError(`There is no run of ${pipeline}`, { advice: '`vampira list` shows the names.' })
  }
  const completed = facts.runs.filter(({ status }) => status === 'Completed').length
  if (completed < fewestRuns) {
    const missing = fewestRuns - completed
    return answered(question, questions, {
      runs,
      abstained: {
        because: `${completed} of ${runs.length} runs of ${pipeline} completed, and at least ${fewestRuns} are needed to say what is usual`,
        record: `Record ${missing} more of ${pipeline}: vampira run --repeat ${missing} -- …`,
      },
    })
  }
  const { found, compared } = findUnusual(facts, alpha)
  const meant = found.filter(({ run }) => judged === undefined || judged.includes(run))
  const byRun = groupBy(await nameEnvironments(questions, meant, facts), ({ run }) => run)
  const failures = await readFailures(
    questions,
    facts.runs.filter(({ run, status }) => status === 'Failed' && byRun.has(run)).map(({ run }) => run),
  )
  return answered(question, questions, {
    runs,
    answer: {
      pipeline,
      runs: facts.runs.flatMap(({ run, started, status }) => {
        const unusual = byRun.get(run)
        if (unusual === undefined) return []
        const causes = unusual.map((each) => ({ each, cause: causeOf(each, unusual, facts) }))
        const failure = failures.get(run)
        return [{ run, started, status, ...(failure !== undefined && { failure }), anomalies: group(causes) }]
      }),
      compared,
      falseAlarmsExpected: compared * alpha,
    },
    evidence: { completed, compared },
  })
}

/** Things with their causes, a cause once: it leads what came of it. */
function group(causes: readonly { each: Unusual; cause: Cause | undefined }[]): Anomaly[] {
  const byCause = groupBy(causes, ({ each, cause }) =>
    cause === undefined ? keyOf(each) : cause.by === 'machine' ? 'machine' : keyOf(cause.thing),
  )
  return [...byCause.values()].map((several) => {
    const cause = several.find((one) => one.cause !== undefined)?.cause
    return {
      ...(cause !== undefined && { cause }),
      things: several.map(({ each }) => each).toSorted(byDeviation),
    }
  })
}

/** What stands once: all that is unusual of a file, and a setting that was passed on. */
function keyOf({ aspect, url, value }: Unusual): string {
  if (aspect.kind === 'content' && url !== undefined) return url
  // It may have another name in what it is passed on to.
  if (aspect.kind === 'parameter') return `parameter ${value}`
  return `${aspect.kind} ${aspect.of} ${aspect.measure}`
}

function byDeviation(a: Unusual, b: Unusual): number {
  return Math.abs(b.deviations ?? Infinity) - Math.abs(a.deviations ?? Infinity) || 0
}
