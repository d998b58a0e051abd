import { UsageError } from '../../errors.ts'
import type { QueryEngine } from '../../query/engine.ts'
import type { Row } from '../../sparql/answer.ts'
import { ask, text } from '../ask.ts'
import { numberOf, textOf } from '../read-row.ts'
import {
  compareComponents,
  compareEnvironments,
  compareFacts,
  compareFiles,
  compareParameters,
  type ComponentDifference,
  type EnvironmentDifference,
  type FactDifference,
  type FileDifference,
  type Sides,
  type ParameterDifference,
} from './run-differences.ts'

export interface ComparedRun {
  id: string
  label: string
  pipeline: string
  started: string
  status: string
  wallSeconds?: number
}

/** What differs between two runs; what is the same is left out. */
export interface RunComparison {
  runs: readonly [ComparedRun, ComparedRun]
  /** Whether anything below differs; time alone does not count. */
  same: boolean
  /** Elapsed time of the second by that of the first. */
  wallRatio?: number
  /** status, pipeline, pipelineVersion, commandLine, workingDirectory, commit … */
  facts: readonly FactDifference[]
  parameters: readonly ParameterDifference[]
  components: readonly ComponentDifference[]
  inputs: readonly FileDifference[]
  outputs: readonly FileDifference[]
  /** Facts and packages, where the runs were not in the same environment. */
  environment: readonly EnvironmentDifference[]
}

/**
 * Sets two runs side by side, from their summaries; their records are read for the environment alone, and only where
 * it differs.
 *
 * @throws UsageError when one of the runs is unknown.
 */
export async function compareRuns(
  engine: QueryEngine,
  first: string,
  second: string,
  signal?: AbortSignal,
): Promise<RunComparison> {
  const ids = [first, second] as const
  const known = await ask(engine, 'runs', { run: [...ids] }, signal)
  const runs = [readRun(known, first), readRun(known, second)] as const
  const [one, other] = runs
  const rows = await ask(engine, 'uc8-what-two-runs-ran', { run: [...ids] }, signal)
  const of = (aspect: string): Sides<readonly Row[]> =>
    pairOf(ids, (id) => rows.filter((row) => text(row, 'run') === id && text(row, 'aspect') === aspect))
  const facts = await ask(engine, 'run-facts', { run: [...ids] }, signal)
  const [here, there] = of('environment').map((found) => text(found?.[0] ?? {}, 'thing'))
  const places = here === there ? [] : await ask(engine, 'environment', { run: [...ids] }, signal)

  const differences = {
    facts: compareFacts(ids, facts),
    parameters: compareParameters(of('parameter')),
    components: compareComponents(of('component')),
    inputs: compareFiles(of('input')),
    outputs: compareFiles(of('output')),
    environment: compareEnvironments(ids, places),
  }
  const ratio = (other.wallSeconds ?? Number.NaN) / (one.wallSeconds ?? Number.NaN)
  return {
    runs,
    same: Object.values(differences).every((list) => list.length === 0),
    ...(Number.isFinite(ratio) ? { wallRatio: ratio } : {}),
    ...differences,
  }
}

function readRun(rows: readonly Row[], id: string): ComparedRun {
  const row = rows.find((each) => text(each, 'run') === id)
  if (row === undefined) {
    throw new UsageError(`There is no run ${id}`, {
      place: { iri: id },
      advice: '`vampira list` shows the runs.',
    })
  }
  const wallSeconds = numberOf(row, 'wallSeconds')
  return {
    id,
    label: textOf(row, 'label') ?? id,
    pipeline: text(row, 'pipeline'),
    started: text(row, 'started'),
    status: text(row, 'status'),
    ...(wallSeconds === undefined ? {} : { wallSeconds }),
  }
}

function pairOf<T>(ids: readonly [string, string], of: (id: string) => T | undefined): Sides<T> {
  return [of(ids[0]), of(ids[1])]
}
