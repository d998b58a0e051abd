import type { Row } from '../../sparql/answer.ts'
import { groupBy } from '../../group-by.ts'
import { text } from '../ask.ts'
import { integerOf, numberOf, textOf } from '../read-row.ts'
import type { Questions } from '../questions.ts'
import { settingKey } from '../setting-row.ts'
import { sourceRows } from '../source-rows.ts'

/** What is predicted: seconds and bytes. */
export const measures = ['wallSeconds', 'cpuSeconds', 'peakMemoryBytes', 'outputBytes'] as const
export type Measure = (typeof measures)[number]

/** What a run cost, with what may explain it. */
export interface RunCosts {
  run: string
  started: string
  pipelineVersion: string | undefined
  /** Whether others wanted its processors, so that its elapsed time says little of its own. */
  loaded: boolean
  inputs: RunInputs
  /** Values of settings by `component setting`; of several values the first. */
  settings: ReadonlyMap<string, string>
  costs: Partial<Record<Measure, number>>
  /** Components as each caller called them. */
  parts: readonly ComponentCosts[]
}

/** What was read from outside, without what nearly every run read alike, as a configuration. */
export interface RunInputs {
  files: number
  bytes: number
}

/** What a component cost in a run, as one caller called it. */
export interface ComponentCosts {
  component: string
  name: string
  kind: string
  caller: string | undefined
  version: string | undefined
  calls: number
  inputBytes: number
  outputBytes: number
  wallSeconds: number | undefined
  selfSeconds: number | undefined
  cpuSeconds: number | undefined
  peakMemoryBytes: number | undefined
}

/**
 * Reads what these runs cost; the latest first, as they are given.
 * @param pipeline whose runs they are, where they are of one
 * @param outlines rows of the query `runs`
 */
export async function readRunCosts(
  questions: Questions,
  pipeline: string | undefined,
  outlines: readonly Row[],
): Promise<RunCosts[]> {
  if (outlines.length === 0) return []
  const runs = new Set(outlines.map(runOf))
  // A table of all summaries answers for a whole pipeline sooner than a hundred summaries are loaded.
  const ask = async (query: string) =>
    (await questions.ask(query, pipeline === undefined ? {} : { pipeline })).filter((row) =>
      runs.has(runOf(row)),
    )
  const parts = groupBy(await ask('uc3-cost-and-inputs'), runOf)
  const settings = groupBy(await ask('uc7-settings-and-outcomes'), runOf)
  const pipelineOf = new Map(outlines.map((row) => [runOf(row), text(row, 'pipeline')]))
  const flow = groupBy(await ask('file-flow'), (row) => pipelineOf.get(runOf(row))!)
  const inputs = new Map([...flow.values()].flatMap((rows) => [...inputsOf(rows)]))
  return outlines.map((outline) => {
    const run = text(outline, 'run')
    const own = parts.get(run) ?? []
    const components = own.map(componentOf)
    const [wallSeconds, cpuSeconds, peakMemoryBytes] = [
      numberOf(outline, 'wallSeconds'),
      numberOf(outline, 'cpuSeconds'),
      numberOf(outline, 'peakMemoryBytes'),
    ]
    return {
      run,
      started: text(outline, 'started'),
      pipelineVersion: textOf(outline, 'pipelineVersion'),
      loaded: own.some(isLoaded),
      inputs: inputs.get(run) ?? { files: 0, bytes: 0 },
      settings: settingsOf(settings.get(run) ?? []),
      costs: {
        ...(wallSeconds !== undefined && { wallSeconds }),
        ...(cpuSeconds !== undefined && { cpuSeconds }),
        ...(peakMemoryBytes !== undefined && { peakMemoryBytes }),
        outputBytes: components.reduce((sum, { outputBytes }) => sum + outputBytes, 0),
      },
      parts: components,
    }
  })
}

function runOf(row: Row): string {
  return text(row, 'run')
}

/** As many processes wanted to run as there are processors, or more. */
function isLoaded(row: Row): boolean {
  const processors = numberOf(row, 'cpuCount')
  const load = Math.max(numberOf(row, 'load') ?? 0, numberOf(row, 'loadAtEnd') ?? 0)
  return processors !== undefined && load >= processors
}

function componentOf(row: Row): ComponentCosts {
  return {
    component: text(row, 'component'),
    name: text(row, 'name'),
    kind: text(row, 'kind'),
    caller: textOf(row, 'caller'),
    version: textOf(row, 'version'),
    calls: integerOf(row, 'calls'),
    inputBytes: numberOf(row, 'inputBytes') ?? 0,
    outputBytes: numberOf(row, 'outputBytes') ?? 0,
    wallSeconds: numberOf(row, 'wallSeconds'),
    selfSeconds: numberOf(row, 'selfSeconds'),
    cpuSeconds: numberOf(row, 'cpuSeconds') ?? measuredPart(row),
    peakMemoryBytes: numberOf(row, 'peakMemoryBytes'),
  }
}

/** Where only some calls were measured, the others are taken to be like them. */
function measuredPart(row: Row): number | undefined {
  const [seconds, calls] = [numberOf(row, 'measuredCpuSeconds'), numberOf(row, 'measuredCalls')]
  return seconds === undefined || !calls ? undefined : (seconds / calls) * integerOf(row, 'calls')
}

function settingsOf(rows: readonly Row[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const row of rows) {
    const key = settingKey(row)
    const value = text(row, 'value')
    if (!found.has(key) && !isPlace(value)) found.set(key, value)
  }
  return found
}

/** A file's name or a list says where data is, and how much of it the files themselves say. */
function isPlace(value: string): boolean {
  return /^[[{]/.test(value) || /[/\\]/.test(value) || /[a-z_]\w*\.[a-z]\w{0,7}$/i.test(value)
}

/** What is in so many of the runs is no input of a run but belongs to the pipeline, unless there is nothing else. */
const everywhere = 0.9

function inputsOf(flow: readonly Row[]): Map<string, RunInputs> {
  const found = new Map<string, RunInputs>()
  const byRun = groupBy(flow, runOf)
  const sources = new Map<string, Map<string, number>>()
  const runsWith = new Map<string, number>()
  for (const [run, rows] of byRun) {
    const read = new Map(
      sourceRows(rows).map((row) => [text(row, 'content'), numberOf(row, 'sizeBytes') ?? 0]),
    )
    sources.set(run, read)
    for (const content of read.keys()) runsWith.set(content, (runsWith.get(content) ?? 0) + 1)
  }
  const isOwn = ([content]: [string, number]) => runsWith.get(content)! < Math.max(2, byRun.size * everywhere)
  const differ = [...sources.values()].filter((read) => [...read].some(isOwn)).length > byRun.size / 2
  for (const [run, read] of sources) {
    const own = [...read].filter((each) => !differ || isOwn(each))
    found.set(run, { files: own.length, bytes: own.reduce((sum, [, size]) => sum + size, 0) })
  }
  return found
}
