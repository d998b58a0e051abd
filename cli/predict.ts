import { predictPipeline, predictScript, UsageError } from '../src/index.ts'
import type {
  CallPrediction,
  ComponentPrediction,
  Estimate,
  Evaluation,
  Measure,
  ModelErrors,
  PipelinePrediction,
  ScriptPrediction,
  SummedEstimate,
} from '../src/index.ts'
import { countOf } from '../src/count-of.ts'
import { formatDuration, formatSize } from '../src/report/format-quantity.ts'
import { meantBy } from './meant-runs.ts'
import { callsOf, wantedBy } from './predicted-program.ts'
import { collect } from './parameters.ts'
import { printable } from './terminal/columns.ts'
import { formatTable, type Column } from './terminal/table.ts'
import type { Terminal } from './terminal/terminal.ts'
import { useCaseCommand } from './use-case.ts'

const shownComponents = 8

interface PredictOptions {
  input?: string[]
  evaluate?: boolean
}

export const command = useCaseCommand<PredictOptions, PipelinePrediction | ScriptPrediction>({
  arguments: '<pipeline|script> [settings...]',
  description:
    'Predicts what a run of a pipeline will take: time, processor time, peak memory and bytes written, by the size of ' +
    'its inputs and its settings, from earlier runs; and what a Python script will take that was never recorded, or ' +
    'components one after the other, from runs that called the same components. Nine of ten runs lie in the interval, ' +
    'which takes nine earlier runs. Nothing is predicted for what is unlike all that was seen.',
  examples: [
    ['vampira predict cooling', 'a run as the latest'],
    ['vampira predict cooling --input measurements.csv threshold=5', 'a run on this file with this setting'],
    [
      'vampira predict pipeline.py --input measurements.csv',
      'a script, by what it calls, even if it was never recorded',
    ],
    [
      'vampira predict cooling.fit_curve,pipeline.draw_chart --input measurements.csv',
      'these, one after the other',
    ],
    ['vampira predict cooling --evaluate', 'and how far off such predictions were for each run left out'],
  ],
  configure(command) {
    command
      .option('--input <file>', 'a file that it will read; repeat it for several', collect)
      .option('--evaluate', 'predict each earlier run from the others, and say how far off that is')
  },
  async answer(opened, questions, [word = '', ...settings], { input, evaluate }) {
    const wanted = wantedBy(settings, input)
    const calls = await callsOf(word)
    if (calls !== undefined) {
      const [setting] = Object.keys(wanted.settings)
      if (setting !== undefined || evaluate === true) {
        throw new UsageError(
          `${setting === undefined ? '--evaluate' : `The setting ${setting}`} is of recorded pipelines, and ${word} is none`,
          { advice: 'Leave it out, or name a pipeline.' },
        )
      }
      return predictScript(questions, {
        script: word,
        calls,
        ...(wanted.inputs && { inputs: wanted.inputs }),
      })
    }
    const { pipeline } = await meantBy(opened, word)
    return predictPipeline(questions, { pipeline, ...wanted, ...(evaluate === true && { evaluate }) })
  },
  describe: (terminal, answer, { evidence }) => [
    ...('script' in answer ? describeScript(terminal, answer) : describePipeline(terminal, answer)),
    '',
    terminal.style(
      'dim',
      `From ${countOf(evidence['runs'] ?? 0, 'run')}, for ${formatSize(answer.inputs.bytes)} of input` +
        ('script' in answer || answer.loadedRuns === 0
          ? ''
          : `; others used the machine during ${answer.loadedRuns}, whose processor time counts`),
    ),
  ],
})

function describePipeline(terminal: Terminal, answer: PipelinePrediction): string[] {
  return [
    ...formatTable(terminal, costColumns, Object.entries(answer.costs) as unknown as Cost[]),
    '',
    ...describeComponents(terminal, answer.components),
    ...(answer.evaluation ?? []).flatMap((each) => describeEvaluation(terminal, each)),
  ]
}

function describeScript(terminal: Terminal, { costs, calls, unknown }: ScriptPrediction): string[] {
  return [
    ...formatTable(terminal, summedColumns, Object.entries(costs) as unknown as SummedCost[]),
    '',
    ...formatTable(terminal, callColumns, calls),
    ...(unknown.length === 0
      ? []
      : [`Comes on top, and was not recorded often enough to say: ${unknown.map(printable).join(', ')}`]),
  ]
}

const names: Readonly<Record<Measure, string>> = {
  wallSeconds: 'time',
  cpuSeconds: 'processor time',
  peakMemoryBytes: 'peak memory',
  outputBytes: 'bytes written',
}

type Cost = readonly [Measure, Estimate]

const costColumns: readonly Column<Cost>[] = [
  { title: 'what', text: ([measure]) => names[measure] },
  { title: 'expected', text: ([measure, { expected }]) => valueText(measure, expected), align: 'right' },
  { title: 'nine of ten in', text: (cost) => intervalText(...cost) },
  { title: 'by', text: ([, each]) => howText(each) },
  { title: 'median', text: ([measure, { median }]) => valueText(measure, median), align: 'right' },
]

function valueText(measure: Measure, value: number): string {
  return measure.endsWith('Seconds') ? formatDuration(value) : formatSize(value)
}

function intervalText(measure: Measure, { interval, runs }: SummedEstimate): string {
  if (interval === undefined) return `no interval from ${countOf(runs, 'run')}`
  return interval.map((end) => valueText(measure, end)).join(' … ')
}

/** `nearest 5 in input size, usually within 4 %` */
function howText({ model, explainedBy, typicalFactor }: Estimate): string {
  return (
    `${model}${explainedBy.length === 0 ? '' : ` in ${explainedBy.join(', ')}`}, ` +
    `usually within ${percent(typicalFactor - 1)}`
  )
}

type SummedCost = readonly [Measure, SummedEstimate]

const summedColumns: readonly Column<SummedCost>[] = [
  { title: 'what', text: ([measure]) => names[measure] },
  { title: 'expected', text: ([measure, { expected }]) => valueText(measure, expected), align: 'right' },
  { title: 'ends added', text: (cost) => intervalText(...cost) },
  { title: 'medians', text: ([measure, { median }]) => valueText(measure, median), align: 'right' },
]

const callColumns: readonly Column<CallPrediction>[] = [
  { title: 'line', text: ({ line }) => (line === undefined ? '' : String(line)), align: 'right' },
  { title: 'calls', text: ({ name }) => name },
  { title: 'times', text: ({ times }) => String(times), align: 'right' },
  {
    title: 'input',
    text: ({ inputBytes }) => (inputBytes === undefined ? '' : formatSize(inputBytes)),
    align: 'right',
  },
  { title: 'time each', text: ({ costs }) => estimateText('wallSeconds', costs), align: 'right' },
  { title: 'runs', text: ({ costs }) => String(costs.wallSeconds?.runs ?? ''), align: 'right' },
  { title: 'by', text: ({ costs }) => (costs.wallSeconds === undefined ? '' : howText(costs.wallSeconds)) },
]

function estimateText(measure: Measure, { [measure]: one }: CallPrediction['costs']): string {
  return one === undefined ? '' : valueText(measure, one.expected)
}

const componentColumns: readonly Column<ComponentPrediction>[] = [
  { title: 'component', text: ({ name }) => printable(name) },
  { title: 'calls', text: ({ calls }) => String(calls), align: 'right' },
  {
    title: 'own time',
    text: ({ selfSeconds }) => valueText('wallSeconds', selfSeconds.expected),
    align: 'right',
  },
  { title: 'nine of ten in', text: ({ selfSeconds }) => intervalText('wallSeconds', selfSeconds) },
]

function describeComponents(terminal: Terminal, components: readonly ComponentPrediction[]): string[] {
  const left = components.length - shownComponents
  return [
    ...formatTable(terminal, componentColumns, components.slice(0, shownComponents)),
    ...(left > 0 ? [terminal.style('dim', `and ${left} more; --json has all`)] : []),
  ]
}

const errorColumns: readonly Column<ModelErrors>[] = [
  { title: 'model', text: ({ model }) => model },
  { title: 'median error', text: ({ medianError }) => percent(medianError), align: 'right' },
  { title: 'nine of ten within', text: ({ p90Error }) => percent(p90Error), align: 'right' },
]

function describeEvaluation(
  terminal: Terminal,
  { measure, runs, models, intervals, covered }: Evaluation,
): string[] {
  return [
    '',
    terminal.style('bold', `${names[measure]}, each of ${countOf(runs, 'run')} left out`),
    ...formatTable(terminal, errorColumns, models),
    ...(intervals === 0 ? [] : [`${covered} of ${intervals} lay in the interval`]),
  ]
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`
}
