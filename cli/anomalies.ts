import { findAnomalies } from '../src/index.ts'
import type { Anomalies, Anomaly, RunAnomalies, Unusual } from '../src/index.ts'
import { countOf } from '../src/count-of.ts'
import { formatDuration, formatSize, formatTime } from '../src/report/format-quantity.ts'
import { shortRun } from '../src/report/short-run.ts'
import { meantBy } from './meant-runs.ts'
import { shortIri } from './short-iri.ts'
import { printable } from './terminal/columns.ts'
import type { Terminal } from './terminal/terminal.ts'
import { useCaseCommand } from './use-case.ts'

const shownThings = 4

export const command = useCaseCommand<object, Anomalies>({
  arguments: '<pipeline|run>',
  description:
    'Finds what is unusual in the runs of a pipeline, or in one run beside the others: results, qualities, what files ' +
    'hold, parameters, code, environment, times, memory, sizes, calls and failures. What the size of the inputs and the ' +
    'settings explain is not unusual. Each is shown with its cause, where the records tell it.',
  examples: [
    ['vampira anomalies cooling', 'what is unusual in runs of cooling'],
    ['vampira anomalies last', 'what is unusual in the last run, beside the other runs of its pipeline'],
    ['vampira anomalies cooling --json', 'all of it, with intervals, as JSON'],
  ],
  exitCodes: {
    0: 'nothing is unusual',
    1: 'something is',
    2: 'asked wrongly: an unknown run or pipeline',
    3: 'could not be done, or there are too few runs to say what is usual',
  },
  async answer(opened, questions, [word = '']) {
    const { pipeline, run } = await meantBy(opened, word)
    return findAnomalies(questions, { pipeline, ...(run !== undefined && { judged: [run] }) })
  },
  finds: ({ runs }) => runs.length > 0,
  describe: (terminal, answer, { evidence }) => [
    ...(answer.runs.length === 0
      ? ['Nothing is unusual.']
      : answer.runs.flatMap((run) => describeRun(terminal, run))),
    terminal.style(
      'dim',
      `${countOf(answer.compared, 'measurement')} compared over ${countOf(evidence['runs'] ?? 0, 'run')}; ` +
        `by chance ${Number(answer.falseAlarmsExpected.toPrecision(1))} would be called unusual`,
    ),
  ],
})

function describeRun(
  terminal: Terminal,
  { run, started, status, failure, anomalies }: RunAnomalies,
): string[] {
  const heading = `${shortRun(run)}  ${formatTime(started)}`
  return [
    `${terminal.style('bold', heading)}${status === 'Completed' ? '' : terminal.style('red', `  ${status.toLowerCase()}`)}`,
    ...(failure === undefined ? [] : [printable(`  ${failure}`)]),
    ...anomalies.flatMap(describeAnomaly),
    '',
  ]
}

function describeAnomaly({ cause, things }: Anomaly): string[] {
  const root = cause?.by === 'upstream' ? cause.thing : undefined
  const others = things.filter((each) => each !== root)
  const because =
    cause === undefined
      ? ''
      : cause.by === 'upstream'
        ? ` ← ${thingText(cause.thing)}`
        : ` ← the machine, not the code: elapsed ×${figure(cause.wall)}` +
          (cause.processor === undefined ? '' : `, processor ×${figure(cause.processor)}`) +
          (cause.load === undefined ? '' : `, load ${figure(cause.load)}`)
  if (others.length === 0) return [printable(`  ${thingText(things[0] ?? root!)}`)]
  return [
    printable(`  ${thingText(others[0]!)}${because}`),
    ...others.slice(1, shownThings).map((each) => printable(`    ${thingText(each)}`)),
    ...(others.length > shownThings ? [`    and ${others.length - shownThings} more`] : []),
  ]
}

/** `sources-detected 130, usual 171 (160 … 182)` */
function thingText({ aspect, value, usual, interval, url }: Unusual): string {
  const show = (each: number | string) => valueText(aspect.measure, each)
  const range = interval === undefined ? '' : ` (${show(interval[0])} … ${show(interval[1])})`
  const file = url === undefined ? '' : `${decodeURIComponent(url.replace(/^.*\//, ''))}: `
  return `${file}${nameOf(aspect)} ${show(value)}, usual ${show(usual)}${interval && interval[0] === interval[1] ? '' : range}`
}

const measureNames: Readonly<Record<string, string>> = {
  selfSeconds: 'own time',
  wallSeconds: 'elapsed time',
  cpuSeconds: 'processor time',
  peakMemoryBytes: 'peak memory',
  addedMemoryBytes: 'added memory',
  outputBytes: 'bytes written',
  zeroShare: 'share of zeros',
  missingShare: 'share of missing values',
  rowCount: 'rows',
  version: 'version',
  status: 'status',
}

function nameOf({ kind, of, measure }: Unusual['aspect']): string {
  if (measure === 'value') return of
  if (measure === 'readable') return `contents of ${of}`
  if (kind === 'structure' || kind === 'failure')
    return measure === 'status' ? 'status' : `${measure} of ${of}`
  return `${measureNames[measure] ?? measure} of ${of}`
}

function valueText(measure: string, value: number | string): string {
  if (typeof value === 'string') return shortIri(value)
  if (measure.endsWith('Seconds')) return formatDuration(value)
  if (measure.endsWith('Bytes')) return formatSize(Math.round(value))
  if (measure.endsWith('Share')) return `${figure(value * 100)} %`
  return figure(value)
}

function figure(value: number): string {
  return String(Number(value.toPrecision(3))).replace('-', '−')
}
