import { QueryError, UsageError } from '../../errors.ts'
import type { QueryEngine } from '../../query/engine.ts'
import type { Row } from '../../sparql/answer.ts'
import { text } from '../ask.ts'
import { Questions } from '../questions.ts'
import { numberOf, textOf } from '../read-row.ts'
import { overviewsOf } from '../overviews.ts'
import { sourceRows } from '../source-rows.ts'
import { compareCode, type CodeDifference } from './compare-code.ts'
import { compareFiles, type FileDifference } from './compare-files.ts'
import {
  compareQualities,
  compareResults,
  readReturned,
  type QualityDifference,
  type ResultDifference,
  type ReturnedValue,
} from './compare-results.ts'
import { listedResults } from './listed-results.ts'
import {
  compareComponents,
  compareEnvironments,
  compareFacts,
  compareParameters,
  type ComponentDifference,
  type EnvironmentDifference,
  type FactDifference,
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
  /** Source files, where the runs were not of the same version of the pipeline. */
  code: readonly CodeDifference[]
  parameters: readonly ParameterDifference[]
  components: readonly ComponentDifference[]
  /** What components returned that both runs called. */
  results: readonly ResultDifference[]
  qualities: readonly QualityDifference[]
  /** Files that were read, but for those that the run had made itself. */
  inputs: readonly FileDifference[]
  outputs: readonly FileDifference[]
  /** Facts and packages, where the runs were not in the same environment. */
  environment: readonly EnvironmentDifference[]
  /** Sentences on what could not be compared. */
  notCompared: readonly string[]
}

/**
 * Sets two runs side by side, from their summaries. Their records are read for what components returned otherwise, where
 * the summaries have only digests of it, and for environments that differ.
 *
 * @throws UsageError when one of the runs is unknown.
 */
export async function compareRuns(
  engine: QueryEngine,
  first: string,
  second: string,
  signal?: AbortSignal,
): Promise<RunComparison> {
  return compareByQuestions(new Questions(engine, signal), first, second)
}

/** The same, where somebody keeps what was asked. */
export async function compareByQuestions(
  questions: Questions,
  first: string,
  second: string,
): Promise<RunComparison> {
  const ids = [first, second] as const
  const known = await questions.ask('runs', { run: [...ids] })
  const runs = [readRun(known, first), readRun(known, second)] as const
  const [one, other] = runs
  const ofEach = (rows: readonly Row[]): Sides<readonly Row[]> =>
    pairOf(ids, (id) => rows.filter((row) => text(row, 'run') === id))
  const rows = await questions.ask('uc8-what-two-runs-ran', { run: [...ids] })
  const of = (aspect: string): Sides<readonly Row[]> =>
    ofEach(rows.filter((row) => text(row, 'aspect') === aspect))
  const facts = await questions.ask('run-facts', { run: [...ids] })
  const [here, there] = of('environment').map((found) => text(found?.[0] ?? {}, 'thing'))
  const places = here === there ? [] : await askEach(questions, 'environment', ids)

  const flow = await questions.ask('file-flow', { run: [...ids] })
  const made = flow.filter((row) => text(row, 'role') === 'generated')
  const read = sourceRows(flow)
  const components = compareComponents(of('component'))
  const inOne = new Set(
    components.filter(({ calls }) => calls.includes(undefined)).map(({ component }) => component),
  )
  const { results, grouped, notCompared } = await compareReturned(questions, ids)

  const differingFacts = compareFacts(ids, facts)
  const { code, notCompared: unknownCode } = differingFacts.some(({ fact }) => fact === 'pipeline version')
    ? await compareSources(questions.engine, ids)
    : { code: [], notCompared: [] }
  const differences = {
    facts: differingFacts,
    code,
    parameters: compareParameters(of('parameter'), new Set(grouped)),
    components,
    results: results.filter(({ component }) => !inOne.has(component)),
    qualities: compareQualities(of('quality')),
    inputs: compareFiles(ofEach(read)),
    outputs: compareFiles(ofEach(made)),
    environment: compareEnvironments(ids, places),
  }
  const ratio = (other.wallSeconds ?? Number.NaN) / (one.wallSeconds ?? Number.NaN)
  return {
    runs,
    same: Object.values(differences).every((list) => list.length === 0),
    ...(Number.isFinite(ratio) ? { wallRatio: ratio } : {}),
    ...differences,
    notCompared: [...unknownCode, ...notCompared],
  }
}

/** One run after the other: their records need not be in memory at the same time. */
async function askEach(questions: Questions, query: string, runs: readonly string[]): Promise<Row[]> {
  const rows: Row[] = []
  for (const run of new Set(runs))
    for (const row of await questions.ask(query, { run: [run] })) rows.push(row)
  return rows
}

/** Source files, from the records. A record that is too large for the memory leaves them unknown. */
async function compareSources(
  engine: QueryEngine,
  [first, second]: readonly [string, string],
): Promise<{ code: CodeDifference[]; notCompared: string[] }> {
  try {
    return { code: await compareCode(engine, first, second), notCompared: [] }
  } catch (error) {
    if (!(error instanceof QueryError) || error.malformed) throw error
    return { code: [], notCompared: [`Source files were not compared: ${error.message}.`] }
  }
}

/** What components returned, from the summaries where they say enough. A record that is too large for the memory leaves it unknown. */
async function compareReturned(
  questions: Questions,
  ids: readonly [string, string],
): Promise<{ results: ResultDifference[]; grouped: readonly string[]; notCompared: string[] }> {
  const overviews = overviewsOf(await questions.ask('run-lists', { run: ids }))
  let sides = listedResults(pairOf(ids, (id) => overviews.get(id)?.returns))
  try {
    sides ??= await readResults(questions, ids)
  } catch (error) {
    if (!(error instanceof QueryError) || error.malformed) throw error
    return {
      results: [],
      grouped: [],
      notCompared: [`What components returned was not compared: ${error.message}.`],
    }
  }
  const { results, grouped } = compareResults(sides)
  if (grouped.length === 0) return { results, grouped, notCompared: [] }
  return {
    results,
    grouped,
    notCompared: [
      `Not compared, since some calls were recorded as groups: what was returned by ${grouped.join(', ')}.`,
    ],
  }
}

async function readResults(
  questions: Questions,
  ids: readonly [string, string],
): Promise<Sides<readonly ReturnedValue[]>> {
  const rows = await askEach(questions, 'returned-values', ids)
  return pairOf(ids, (id) => readReturned(rows.filter((row) => text(row, 'run') === id)))
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
