import { countOf } from '../../count-of.ts'
import { text } from '../ask.ts'
import type { PythonCalls } from '../python-calls.ts'
import type { Questions } from '../questions.ts'
import { answered, type Outcome, type UseCaseAnswer } from '../use-case-answer.ts'
import { estimate, fewestRuns, type Estimate, type Measured } from './estimate.ts'
import { sizeOutside, type Outside } from './explaining.ts'
import { knownComponents, type KnownComponent } from './known-components.ts'
import { outsideOf } from './outside-of.ts'
import { measures, readRunCosts, type Measure, type RunCosts, type RunInputs } from './run-costs.ts'
import { matchScript, type MatchedCall } from './script-components.ts'

/** What a program that was never recorded is expected to cost, by the components that it calls. */
export interface ScriptPrediction {
  script: string
  inputs: RunInputs
  /** Sums of the calls, but of memory the most of one. Ends of intervals are added. */
  costs: Partial<Record<Measure, SummedEstimate>>
  calls: readonly CallPrediction[]
  /** Called and never recorded, or in too few runs: what they take comes on top. */
  unknown: readonly string[]
}

/** What several estimates come to. */
export type SummedEstimate = Pick<Estimate, 'expected' | 'interval' | 'runs' | 'median'>

export interface CallPrediction {
  /** IRI; absent for the start of the program. */
  component?: string
  name: string
  /** Of the script; absent for imports and the start of the program. */
  line?: number
  /** How often it is called: in a loop once for each input. */
  times: number
  /** Bytes that a call is taken to read. */
  inputBytes?: number
  /** Of one call. */
  costs: Partial<Record<Measure, Estimate>>
}

/**
 * What a program will take that was never recorded, from runs of other pipelines that called the same components (use
 * case 3). A call that is given what another returned reads what that one writes; other calls read the inputs.
 *
 * @param which.inputs what it will read; needed where a component follows the size of its input
 */
export async function predictScript(
  questions: Questions,
  which: { script: string; calls: PythonCalls; inputs?: RunInputs },
): Promise<UseCaseAnswer<ScriptPrediction>> {
  const { script, inputs } = which
  const question = `What will ${script} take${inputs === undefined ? '' : ` on ${countOf(inputs.bytes, 'byte')} of input`}?`
  const completed = (await questions.ask('runs')).filter((row) => text(row, 'status') === 'Completed')
  const runs = await readRunCosts(questions, undefined, completed)
  return answered(question, questions, predictScriptFrom(runs, which))
}

/** The same from runs that are at hand, the latest first. */
export function predictScriptFrom(
  runs: readonly RunCosts[],
  { script, calls, inputs }: { script: string; calls: PythonCalls; inputs?: RunInputs },
): Outcome<ScriptPrediction> {
  const stem = script.replace(/^.*[/\\]/, '').replace(/\.py$/, '')
  const { calls: matched, modules, unknown } = matchScript(calls, stem, knownComponents(runs))
  const enough = ({ sizes }: KnownComponent) => sizes.length >= fewestRuns
  const meant = matched.filter(({ component }) => enough(component))
  const rare = [...new Set(matched.map(({ component }) => component))].filter((each) => !enough(each))
  if (meant.length === 0) return { abstained: nothingKnown(script, rare, unknown) }
  const latest = runs.find(({ parts }) =>
    parts.some(({ component }) => meant.some((each) => each.component.component === component)),
  )
  const given = inputs ?? latest?.inputs ?? { files: 0, bytes: 0 }
  const { predictions, outside } = predictCalls(matched, given, enough)
  const used = new Set([
    ...meant.map(({ component }) => component.component),
    ...modules.map(({ component }) => component),
  ])
  const rests = runs.filter(({ parts }) => parts.some(({ component }) => used.has(component)))
  const ids = rests.map(({ run }) => run)
  if (outside.length > 0) return { runs: ids, abstained: outsideOf('a pipeline that calls it', outside) }
  const all = [
    startOf(rests),
    ...modules.filter(enough).map((module) => ({
      component: module.component,
      name: `import ${module.name}`,
      times: 1,
      costs: estimatesOf(module, undefined),
    })),
    ...predictions,
  ]
  return {
    runs: ids,
    evidence: { components: used.size },
    answer: {
      script,
      inputs: given,
      costs: summed(all),
      calls: all,
      unknown: [...unknown, ...rare.map(({ name }) => name)],
    },
  }
}

function predictCalls(
  matched: readonly MatchedCall[],
  inputs: RunInputs,
  enough: (component: KnownComponent) => boolean,
): { predictions: CallPrediction[]; outside: Outside[] } {
  const predictions: CallPrediction[] = []
  const outside: Outside[] = []
  /** Bytes that each call writes, where they are known. */
  const writes: (number | undefined)[] = []
  const one = inputs.bytes / Math.max(1, inputs.files)
  for (const { component, line, isRepeated, takes } of matched) {
    const made = takes.map((at) => writes[at]).filter((bytes) => bytes !== undefined && bytes > 0)
    const size =
      component.readsFiles && made.length > 0
        ? made.reduce((sum: number, bytes) => sum + bytes!, 0)
        : isRepeated || inputs.files < 2 || !component.readsFiles
          ? one
          : inputs.bytes
    if (!enough(component)) {
      writes.push(undefined)
      continue
    }
    outside.push(...sizeOutside(`the input of ${component.name}`, size, component.sizes))
    const costs = estimatesOf(component, size)
    writes.push(costs.outputBytes?.expected)
    predictions.push({
      component: component.component,
      name: component.name,
      line,
      times: isRepeated ? Math.max(1, inputs.files) : 1,
      inputBytes: size,
      costs,
    })
  }
  return { predictions, outside }
}

/** @param size absent for what does not follow any */
function estimatesOf(
  component: KnownComponent,
  size: number | undefined,
): Partial<Record<Measure, Estimate>> {
  const found: Partial<Record<Measure, Estimate>> = {}
  for (const measure of measures) {
    const measured = component.measured(measure)
    const rows = size === undefined ? measured.map((each) => ({ ...each, row: [0] })) : measured
    const one = estimate(measure, rows, [size === undefined ? 0 : Math.log(1 + size)], ['input size'])
    if (one !== undefined) found[measure] = one
  }
  return found
}

/** What runs took beyond their outermost calls: an interpreter starts and ends. */
function startOf(runs: readonly RunCosts[]): CallPrediction {
  const costs: Partial<Record<Measure, Estimate>> = {}
  for (const measure of ['wallSeconds', 'cpuSeconds'] as const) {
    const measured = runs.flatMap(({ run, costs: whole, parts, loaded }): Measured[] => {
      const calls = parts.filter(
        ({ caller, kind }) => caller === undefined || (measure === 'cpuSeconds' && kind === 'Command'),
      )
      const value = whole[measure]
      if (value === undefined || loaded || calls.length === 0) return []
      const inside = calls.reduce((sum, part) => sum + (part[measure] ?? 0), 0)
      return [{ run, row: [0], value: Math.max(0, value - inside) }]
    })
    const one = estimate(measure, measured, [0], ['input size'])
    if (one !== undefined) costs[measure] = one
  }
  return { name: 'start and end of the program', times: 1, costs }
}

function summed(calls: readonly CallPrediction[]): Partial<Record<Measure, SummedEstimate>> {
  const found: Partial<Record<Measure, SummedEstimate>> = {}
  for (const measure of measures) {
    const all = calls.flatMap(({ costs, times }) => {
      const one = costs[measure]
      return one === undefined ? [] : [{ one, times }]
    })
    if (all.length === 0) continue
    const add = (of: (each: Estimate) => number) =>
      measure === 'peakMemoryBytes'
        ? Math.max(...all.map(({ one }) => of(one)))
        : all.reduce((sum, { one, times }) => sum + of(one) * times, 0)
    const hasIntervals = all.every(({ one }) => one.interval !== undefined)
    found[measure] = {
      expected: add(({ expected }) => expected),
      ...(hasIntervals && {
        interval: [add(({ interval }) => interval![0]), add(({ interval }) => interval![1])] as const,
      }),
      runs: Math.min(...all.map(({ one }) => one.runs)),
      median: add(({ median }) => median),
    }
  }
  return found
}

function nothingKnown(script: string, rare: readonly KnownComponent[], unknown: readonly string[]) {
  const names = [...rare.map(({ name }) => name), ...unknown]
  return {
    because:
      names.length === 0
        ? `${script} calls no function that it imports or defines`
        : `of what ${script} calls, nothing was called in at least ${fewestRuns} runs: ${names.slice(0, 5).join(', ')}`,
    record: 'Record runs of pipelines that call the same functions: vampira run -- …',
  }
}
