import { statSync } from 'node:fs'
import { predictPipeline, UsageError } from '../src/index.ts'
import type {
  ComponentPrediction,
  Estimate,
  Evaluation,
  Measure,
  ModelErrors,
  PipelinePrediction,
  Wanted,
} from '../src/index.ts'
import { countOf } from '../src/count-of.ts'
import { formatDuration, formatSize } from '../src/report/format-quantity.ts'
import { meantBy } from './meant-runs.ts'
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

export const command = useCaseCommand<PredictOptions, PipelinePrediction>({
  arguments: '<pipeline> [settings...]',
  description:
    'Predicts what a run of a pipeline will take: time, processor time, peak memory and bytes written, by the size of ' +
    'its inputs and its settings, from earlier runs. Nine of ten runs lie in the interval, which takes nine earlier ' +
    'runs. Nothing is predicted for what is unlike all that was seen.',
  examples: [
    ['vampira predict survey', 'a run as the latest'],
    ['vampira predict survey --input f6.fits std=3.5', 'a run on this file with this setting'],
    ['vampira predict survey --evaluate', 'and how far off such predictions were for each run left out'],
  ],
  configure(command) {
    command
      .option('--input <file>', 'a file that it will read; repeat it for several', collect)
      .option('--evaluate', 'predict each earlier run from the others, and say how far off that is')
  },
  async answer(opened, questions, [word = '', ...settings], { input, evaluate }) {
    const { pipeline } = await meantBy(opened, word)
    return predictPipeline(questions, {
      pipeline,
      ...wantedBy(settings, input),
      ...(evaluate === true && { evaluate }),
    })
  },
  describe: (terminal, answer, { evidence }) => [
    ...formatTable(terminal, costColumns, Object.entries(answer.costs) as unknown as Cost[]),
    '',
    ...describeComponents(terminal, answer.components),
    ...(answer.evaluation ?? []).flatMap((each) => describeEvaluation(terminal, each)),
    '',
    terminal.style(
      'dim',
      `From ${countOf(evidence['runs'] ?? 0, 'run')}, for ${formatSize(answer.inputs.bytes)} of input` +
        (answer.loadedRuns === 0
          ? ''
          : `; others used the machine during ${answer.loadedRuns}, whose processor time counts`),
    ),
  ],
})

/** Files by their size, and settings. `--input k=v` is a setting too, where there is no such file. */
function wantedBy(settings: readonly string[], files: readonly string[] = []): Wanted {
  const given: Record<string, string> = {}
  let bytes = 0
  let count = 0
  for (const word of settings) {
    if (!word.includes('=')) {
      throw new UsageError(`${word} is no setting`, {
        advice: 'Write a setting as name=value, and a file with --input.',
      })
    }
    setting(given, word)
  }
  for (const file of files) {
    const found = statSync(file, { throwIfNoEntry: false })
    if (found === undefined && file.includes('=')) setting(given, file)
    else if (found === undefined || !found.isFile()) {
      throw new UsageError(`Cannot read the size of ${file}: there is no such file`, {
        advice: 'Name a file that the pipeline will read, or a setting as name=value.',
      })
    } else {
      bytes += found.size
      count++
    }
  }
  return { settings: given, ...(count > 0 && { inputs: { files: count, bytes } }) }
}

function setting(given: Record<string, string>, word: string): void {
  const at = word.indexOf('=')
  given[word.slice(0, at)] = word.slice(at + 1)
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

function intervalText(measure: Measure, { interval, runs }: Estimate): string {
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
