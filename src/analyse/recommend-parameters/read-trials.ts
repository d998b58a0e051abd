import type { Row } from '../../sparql/answer.ts'
import { groupBy } from '../../group-by.ts'
import { text } from '../ask.ts'
import { metricName } from '../../last-word.ts'
import { integerOf, numberOf, textOf } from '../read-row.ts'
import type { Questions } from '../questions.ts'
import { settingKey, settingOf } from '../setting-row.ts'
import { sourceRows } from '../source-rows.ts'
import { timeMetric, type Input, type Setting, type Trial, type Trials } from './trial.ts'

/** Of what the settings of are meant: all components of a pipeline, or one component wherever it ran. */
export type Subject = { pipeline: string } | { component: string }

/** Files that hold settings and no data: what they say is seen where it is passed to a component. */
const settingsFile = /\.(?:ya?ml|toml|ini|cfg|conf|env)$/i

/** Reads every trial, those that failed too. */
export async function readTrials(questions: Questions, subject: Subject): Promise<Trials> {
  const rows = await questions.ask(
    'uc7-settings-and-outcomes',
    'pipeline' in subject ? { pipeline: subject.pipeline } : { name: subject.component },
  )
  const byRun = groupBy(rows, (row) => text(row, 'run'))
  const runRows = await questions.ask('runs', 'pipeline' in subject ? { pipeline: subject.pipeline } : {})
  const meant = runRows.filter((row) => byRun.has(text(row, 'run')))
  const flow =
    meant.length === 0 ? [] : await questions.ask('file-flow', { run: meant.map((row) => text(row, 'run')) })
  const inputs = inputsOf(flow)
  const settings = new Map<string, Setting>()
  const metrics = new Map<string, 'more' | 'less' | undefined>()
  const trials = meant.flatMap((row) => {
    const run = text(row, 'run')
    const own = byRun.get(run) ?? []
    for (const each of own) {
      addSetting(settings, each)
      const metric = metricOf(each)
      if (metric === undefined) continue
      const better = textOf(each, 'better')
      metrics.set(metric, better === 'more' || better === 'less' ? better : metrics.get(metric))
    }
    return trialsOf(own, row, inputs.get(run) ?? [], 'pipeline' in subject)
  })
  return {
    trials,
    settings,
    metrics,
    interrupted: meant.filter((row) => text(row, 'status') === 'Interrupted').length,
  }
}

function metricOf(row: Row): string | undefined {
  const metric = textOf(row, 'metric')
  return metric === undefined ? undefined : metricName(metric)
}

function addSetting(settings: Map<string, Setting>, row: Row): void {
  const key = settingKey(row)
  const order = integerOf(row, 'order')
  const known = settings.get(key)
  if (known !== undefined && known.order <= order) return
  settings.set(key, {
    key,
    component: text(row, 'name'),
    name: settingOf(row),
    order,
    own: !text(row, 'component').startsWith('pkg:'),
  })
}

function inputsOf(flow: readonly Row[]): Map<string, Input[]> {
  const inputs = new Map<string, Map<string, Input>>()
  for (const row of sourceRows(flow)) {
    if (settingsFile.test(text(row, 'url'))) continue
    const run = text(row, 'run')
    const known = inputs.get(run) ?? new Map<string, Input>()
    const content = text(row, 'content')
    const name = decodeURIComponent(text(row, 'url').replace(/^.*\//, ''))
    inputs.set(run, known.set(content, { content, name, sizeBytes: numberOf(row, 'sizeBytes') }))
  }
  return new Map([...inputs].map(([run, all]) => [run, [...all.values()]]))
}

/** The trials of one run: one, unless numbers or switches had several values and each was measured. */
function trialsOf(
  rows: readonly Row[],
  runRow: Row,
  inputs: readonly Input[],
  wholePipeline: boolean,
): Trial[] {
  const status = text(runRow, 'status')
  if (status === 'Interrupted') return []
  const completed = status === 'Completed'
  const values = new Map<string, Map<string, Row[]>>()
  for (const row of rows) {
    const key = settingKey(row)
    const known = values.get(key) ?? new Map<string, Row[]>()
    values.set(key, known)
    const same = known.get(text(row, 'value'))
    if (same === undefined) known.set(text(row, 'value'), [row])
    else same.push(row)
  }
  /** What all trials of the run had, and what told them apart. */
  const common = new Map<string, string>()
  const defaults = new Set<string>()
  const tried = new Map<string, ReadonlyMap<string, readonly Row[]>>()
  for (const [key, all] of values) {
    const [first] = all
    if (all.size === 1 && first !== undefined) {
      common.set(key, first[0])
      if (first[1].every((row) => text(row, 'isDefault') === 'true')) defaults.add(key)
    } else if ([...all.keys()].every(isNumberOrSwitch)) tried.set(key, all)
  }
  const about = {
    run: text(runRow, 'run'),
    pipeline: text(runRow, 'pipeline'),
    started: text(runRow, 'started'),
    code: textOf(runRow, 'pipelineVersion'),
    inputs,
    defaults,
  }
  const measured = measurementsOf(rows)
  const parts = groupBy([...measured.values()], (each) => signatureOf(each.measurement, tried))
  const several = parts.size > 1
  const seconds = wholePipeline ? numberOf(runRow, 'wallSeconds') : secondsIn(rows)
  const trials = [...parts.values()].map((measurements): Trial => {
    const outcomes = new Map<string, number>()
    for (const [metric, all] of groupBy(measurements, ({ metric }) => metric))
      outcomes.set(metric, all.reduce((sum, { quality }) => sum + quality, 0) / all.length)
    if (!several && seconds !== undefined) outcomes.set(timeMetric, seconds)
    const settings = new Map(common)
    for (const [key, all] of tried) {
      const own = [...all].filter(([, of]) =>
        of.some((row) => text(row, 'measurement') === measurements[0]!.measurement),
      )
      if (own.length === 1) settings.set(key, own[0]![0])
    }
    return { ...about, completed: true, settings, outcomes }
  })
  if (completed && trials.length > 0) return trials
  if (completed) {
    const outcomes = new Map(seconds === undefined ? [] : [[timeMetric, seconds]])
    return [{ ...about, completed, settings: common, outcomes }]
  }
  // A run that failed was trying what it had measured nothing of yet.
  const settings = new Map(common)
  for (const [key, all] of tried) {
    const left = [...all].filter(([, of]) => of.every((row) => textOf(row, 'measurement') === undefined))
    if (left.length === 1) settings.set(key, left[0]![0])
  }
  const failed = { ...about, completed, settings, outcomes: new Map<string, number>() }
  return several ? [...trials, failed] : [failed]
}

interface Measurement {
  measurement: string
  metric: string
  quality: number
}

function measurementsOf(rows: readonly Row[]): Map<string, Measurement> {
  const found = new Map<string, Measurement>()
  for (const row of rows) {
    const measurement = textOf(row, 'measurement')
    const [metric, quality] = [metricOf(row), outcomeOf(row)]
    if (measurement !== undefined && metric !== undefined && quality !== undefined && !found.has(measurement))
      found.set(measurement, { measurement, metric, quality })
  }
  return found
}

/** What is not a number, or is infinite, is an outcome too: none that anybody wants. */
function outcomeOf(row: Row): number | undefined {
  const written = textOf(row, 'quality')
  if (written === undefined) return undefined
  return /^(?:NaN|[+-]?INF)$/.test(written) ? Number.NaN : numberOf(row, 'quality')
}

function signatureOf(
  measurement: string,
  tried: ReadonlyMap<string, ReadonlyMap<string, readonly Row[]>>,
): string {
  return [...tried]
    .flatMap(([key, all]) =>
      [...all].flatMap(([value, of]) =>
        of.some((row) => text(row, 'measurement') === measurement) ? [`${key} ${value}`] : [],
      ),
    )
    .join('\n')
}

/** Of the component, counted once for each caller. */
function secondsIn(rows: readonly Row[]): number | undefined {
  const byOrder = new Map(rows.map((row) => [integerOf(row, 'order'), numberOf(row, 'wallSeconds')]))
  const all = [...byOrder.values()].filter((each) => each !== undefined)
  return all.length === 0 ? undefined : all.reduce((sum, each) => sum + each, 0)
}

function isNumberOrSwitch(value: string): boolean {
  return value === 'true' || value === 'false' || (value !== '' && Number.isFinite(Number(value)))
}
