import { UsageError } from '../../errors.ts'
import { didYouMean } from '../../near-word.ts'
import { text } from '../ask.ts'
import { integerOf, textOf } from '../read-row.ts'
import type { Questions } from '../questions.ts'
import { answered, type UseCaseAnswer } from '../use-case-answer.ts'
import { histogramOf, histogramOfRanges, widthOf, type Histogram } from './histogram.ts'
import type { Row } from '../../sparql/answer.ts'

/** The values that a parameter had. */
export interface ParameterHistogram extends Histogram {
  /** Component and parameter: `survey.survey std`. */
  setting: string
  /** Parameters that had the same values as often: mostly those to which it was passed on. */
  alsoIn: readonly string[]
  calls: number
  /** How many different values there were; of many in one run, only ranges are recorded. */
  different: number
}

/** Parameters that had more than one value, and those that never changed. */
export interface ParameterValues {
  of: string
  parameters: readonly ParameterHistogram[]
  constant: readonly { setting: string; value: string; calls: number }[]
}

/**
 * Which values the parameters of a pipeline or a component had, and how often.
 *
 * @throws UsageError for a component that no run has
 */
export async function parameterValues(
  questions: Questions,
  subject: { pipeline: string } | { component: string },
): Promise<UseCaseAnswer<ParameterValues>> {
  const of = 'pipeline' in subject ? subject.pipeline : subject.component
  const question = `Which values did the parameters of ${of} have?`
  const rows = await questions.ask(
    'parameter-values',
    'pipeline' in subject ? { pipeline: subject.pipeline } : { name: subject.component },
  )
  if (rows.length === 0 && 'component' in subject) {
    const names = new Set(
      (await questions.ask('uc5-components-of-pipelines')).map((row) => text(row, 'name')),
    )
    const ends = [...names].find((name) => name.endsWith(`.${of}`))
    if (names.has(of)) {
      throw new UsageError(`No call of ${of} has recorded parameters`, {
        advice: 'It takes none that are values.',
      })
    }
    throw new UsageError(`There is no pipeline and no component ‹${of}›`, {
      advice:
        ends === undefined
          ? didYouMean(of, names, '`vampira list` shows the runs.')
          : `Did you mean ${ends}?`,
    })
  }
  const counts = new Map<string, Map<string, number>>()
  /** Of parameters that had too many values in a run to list them: how wide the widest of the ranges are. */
  const widths = new Map<string, number>()
  for (const row of rows) {
    const key = `${text(row, 'componentName')} ${textOf(row, 'setting') ?? text(row, 'parameter')}`
    const own = counts.get(key) ?? new Map<string, number>()
    counts.set(key, own)
    const ranges = rangesOf(row)
    if (ranges !== undefined) {
      const width = widthOf(ranges.map(([edge]) => edge))
      if (Number.isFinite(width)) widths.set(key, Math.max(width, widths.get(key) ?? 0))
    }
    for (const [value, calls] of ranges ?? [[text(row, 'value'), integerOf(row, 'calls')] as const])
      own.set(plain(value), (own.get(plain(value)) ?? 0) + calls)
  }
  if (counts.size === 0) {
    return answered(question, questions, {
      abstained: {
        because: `no run of ${of} recorded what its parameters were`,
        record: 'Record one: vampira run -- …',
      },
    })
  }
  const runRows =
    'pipeline' in subject
      ? await questions.ask('runs', subject)
      : await questions.ask('uc7-settings-and-outcomes', { name: of })
  const changed = [...counts].filter(([, values]) => values.size > 1)
  const parameters = new Map<string, ParameterHistogram>()
  for (const [setting, values] of changed.toSorted(([a], [b]) => a.length - b.length || (a < b ? -1 : 1))) {
    const width = widths.get(setting)
    const histogram =
      width === undefined
        ? histogramOf(values)
        : histogramOfRanges(new Map([...values].map(([edge, calls]) => [Number(edge), calls])), width)
    const key = JSON.stringify(histogram)
    const known = parameters.get(key)
    const calls = [...values.values()].reduce((sum, each) => sum + each, 0)
    parameters.set(
      key,
      known === undefined
        ? { setting, alsoIn: [], calls, different: values.size, ...histogram }
        : { ...known, alsoIn: [...known.alsoIn, setting] },
    )
  }
  return answered(question, questions, {
    runs: runRows.map((row) => text(row, 'run')),
    answer: {
      of,
      parameters: [...parameters.values()].toSorted((a, b) => (a.setting < b.setting ? -1 : 1)),
      constant: [...counts]
        .filter(([, values]) => values.size === 1)
        .map(([setting, values]) => {
          const [[value, calls]] = [...values] as [[string, number]]
          return { setting, value, calls }
        }),
    },
    evidence: { parameters: counts.size, changed: changed.length },
  })
}

/** Lower edges and calls, where a run had too many values to list them. */
function rangesOf(row: Row): [number, number][] | undefined {
  const histogram = textOf(row, 'histogram')
  if (histogram === undefined) return undefined
  const ranges = JSON.parse(histogram) as [number, number][]
  return ranges.map(([edge, calls]) => [edge, calls * integerOf(row, 'runs')])
}

/** `1`, `1.0` and `1.0E0` are one number. */
function plain(value: string | number): string {
  const number = Number(value)
  return value !== '' && Number.isFinite(number) ? String(number) : String(value)
}
