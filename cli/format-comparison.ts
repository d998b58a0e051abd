import { countOf } from '../src/count-of.ts'
import { metricName } from '../src/last-word.ts'
import { formatDuration, formatSize } from '../src/report/format-quantity.ts'
import { shortRun } from '../src/report/short-run.ts'
import type { ExplainedComparison, RunComparison } from '../src/index.ts'
import { orderFunctions, shareText, type FunctionOrder } from './function-shares.ts'
import { shortIri } from './short-iri.ts'
import { contentTexts, placeOf } from './compared-file.ts'
import { whatMatters } from './what-matters.ts'
import { printable } from './terminal/columns.ts'
import { formatTable } from './terminal/table.ts'
import type { Terminal } from './terminal/terminal.ts'

interface Line {
  what: string
  one: string
  other: string
}

type Section = readonly [heading: string, lines: readonly Line[]]

/** Lines that set two runs side by side: what matters first, then each aspect in which they differ. */
export function formatComparison(
  terminal: Terminal,
  comparison: ExplainedComparison,
  { all = false, sort }: { all?: boolean; sort?: FunctionOrder },
): string[] {
  const [one, other] = comparison.runs
  const filled = sectionsOf(comparison, all, sort).filter(([, lines]) => lines.length > 0)
  const columns = [
    { title: '', text: (line: Line) => `  ${line.what}` },
    { title: headingOf(one), text: (line: Line) => line.one, cut: 'middle' as const },
    { title: headingOf(other), text: (line: Line) => line.other, cut: 'middle' as const },
  ]
  const lines = formatTable(
    terminal,
    columns,
    filled.flatMap(([, each]) => each),
  )
  const heading = lines.shift() ?? ''
  const complete = comparison.notCompared.length === 0
  return [
    ...(comparison.same ? [complete ? 'Nothing differs.' : 'Nothing that was compared differs.'] : []),
    ...whatMatters(comparison).map(
      ([title, text]) => `${terminal.style('bold', title.padEnd(16))}${printable(text)}`,
    ),
    ...(filled.length > 0 ? ['', heading] : []),
    ...filled.flatMap(([title, each]) => [terminal.style('bold', title), ...lines.splice(0, each.length)]),
    ...comparison.notCompared.map((sentence) => terminal.style('yellow', printable(sentence))),
    terminal.style('dim', footOf(comparison)),
    ...(comparison.code.length > 0
      ? [
          `The code differs in ${countOf(comparison.code.length, 'source file')}: vampira diff --code ${comparison.runs.map(({ id }) => shortRun(id)).join(' ')}`,
        ]
      : []),
  ]
}

function footOf({ runs: [one, other], wallRatio, noise }: ExplainedComparison): string {
  const seconds = (value: number | undefined) =>
    value === undefined ? 'an unknown time' : formatDuration(value)
  const ratio = wallRatio === undefined ? '' : `  (×${wallRatio.toFixed(2)})`
  const repeats = noise.repeats.map((runs, at) =>
    runs.length === 0 ? [] : [`${countOf(runs.length, 'repeat')} of the ${at === 0 ? 'first' : 'second'}`],
  )
  const isOfBoth = noise.repeats[0].length > 0 && noise.repeats[0].join() === noise.repeats[1].join()
  const beside = isOfBoth
    ? `${countOf(noise.repeats[0].length, 'repeat')} of both`
    : repeats.flat().join(' and ')
  return (
    `took ${seconds(one.wallSeconds)} and ${seconds(other.wallSeconds)}${ratio}` +
    (beside === '' ? '' : `; beside ${beside}`)
  )
}

function sectionsOf(
  comparison: ExplainedComparison,
  all: boolean,
  sort: FunctionOrder | undefined,
): Section[] {
  const { noise, divergence } = comparison
  const noisy = (what: string, isNoise: boolean) => (isNoise ? `${what} (varies in repeats)` : what)
  /** Of what one run alone called, Functions says so. */
  const alone = new Set(
    comparison.components.flatMap(({ name, calls }) => (calls.includes(undefined) ? [name] : [])),
  )
  return [
    [
      'Returned',
      comparison.results.map(({ name, values }) =>
        lineOf(
          noisy(name, noise.results.includes(name)),
          [0, 1].map((side) => valuesOf(values, side)),
        ),
      ),
    ],
    [
      'Quality',
      comparison.qualities.map(({ metric, values }) =>
        lineOf(
          noisy(metricName(metric), noise.qualities.includes(metric)),
          values.map((list) => list?.join(', ')),
        ),
      ),
    ],
    [
      'Files made',
      comparison.outputs.map((file) =>
        fileLine(file, (what) => noisy(what, noise.outputs.includes(file.url))),
      ),
    ],
    [
      'Facts',
      comparison.facts.map(({ fact, values }) =>
        lineOf(
          fact,
          values.map((value) => value && factText(fact, value)),
        ),
      ),
    ],
    [
      'Code',
      comparison.components
        .filter(({ versionChanged }) => versionChanged)
        .map(({ name, versions }) =>
          lineOf(
            name,
            versions.map((each) => each?.map(shortIri).join(', ')),
          ),
        ),
    ],
    [
      'Parameters',
      comparison.parameters
        .filter(({ componentName }) => all || !alone.has(componentName))
        .map(({ componentName, parameterName, values }) =>
          lineOf(
            `${componentName} ${parameterName}`,
            [0, 1].map((side) => valuesOf(values, side)),
          ),
        ),
    ],
    [
      'Environment',
      comparison.environment.map(({ aspect, name, values }) =>
        lineOf(name === '' ? aspect : `${aspect} ${name}`, values),
      ),
    ],
    ['Files read', comparison.inputs.map((file) => fileLine(file))],
    [
      'Resources',
      comparison.resources
        .filter(({ differs }) => all || differs)
        .map(({ resource, values, usual }) =>
          lineOf(
            `${resourceNames[resource]}${usual === undefined ? '' : ` (usual ${resourceText(resource, usual.from)} … ${resourceText(resource, usual.to)})`}`,
            values.map((value) => (value === undefined ? undefined : resourceText(resource, value))),
          ),
        ),
    ],
    [
      'Structure',
      (divergence?.unaligned ?? []).map(({ caller, name, calls }) =>
        lineOf(
          `${caller} → ${name}`,
          calls.map((count) => (count === 0 ? undefined : countOf(count, 'call'))),
        ),
      ),
    ],
    [
      'Functions',
      orderFunctions(comparison.functions, sort ?? 'name')
        .filter(({ calls }) => all || sort !== undefined || calls[0] !== calls[1])
        .map((each) =>
          lineOf(
            each.name,
            [0, 1].map((side) => shareText(each, side, all || sort !== undefined)),
          ),
        ),
    ],
  ]
}

const resourceNames: Readonly<Record<ExplainedComparison['resources'][number]['resource'], string>> = {
  wallSeconds: 'elapsed time',
  cpuSeconds: 'processor time',
  peakMemoryBytes: 'peak memory',
  readBytes: 'read',
  writtenBytes: 'written',
  loadAtStart: 'load at start',
  loadAtEnd: 'load at end',
}

function resourceText(resource: string, value: number): string {
  if (resource.endsWith('Seconds')) return formatDuration(value)
  return resource.endsWith('Bytes') ? formatSize(value) : value.toFixed(2)
}

function headingOf({ pipeline, id }: RunComparison['runs'][number]): string {
  return printable(`${pipeline} ${shortRun(id)}`)
}

function factText(fact: string, value: string): string {
  return fact === 'commandLine' ? (JSON.parse(value) as string[]).join(' ') : shortIri(value)
}

function lineOf(what: string, values: readonly (string | undefined)[]): Line {
  return { what, one: values[0] ?? '–', other: values[1] ?? '–' }
}

function fileLine(file: RunComparison['inputs'][number], named = (what: string) => what): Line {
  return lineOf(named(placeOf(file)), contentTexts(file))
}

const shownValues = 3

function valuesOf(values: RunComparison['parameters'][number]['values'], side: number): string | undefined {
  const had = values.filter(({ calls }) => calls[side] !== undefined)
  if (had.length === 0) return undefined
  const listed = had
    .slice(0, shownValues)
    .map(({ value, calls }) => `${value}${calls[side] === 1 ? '' : ` ×${calls[side]}`}`)
  return [...listed, ...(had.length > shownValues ? [`and ${had.length - shownValues} more`] : [])].join(', ')
}
