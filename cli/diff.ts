import { compareCode, compareRuns, openWorkplace } from '../src/index.ts'
import { countOf } from '../src/count-of.ts'
import { formatData } from '../src/report/format-data.ts'
import { formatDuration } from '../src/report/format-quantity.ts'
import type { QueryEngine, RunComparison } from '../src/index.ts'
import { formatCodeDiff, readCodeDiff } from './code-diff.ts'
import type { CliCommand, StandardOptions } from './command.ts'
import { printable } from './terminal/columns.ts'
import { exitCodes } from './exit-codes.ts'
import { lenient, source } from './parameters.ts'
import { shortIri } from './short-iri.ts'
import { openWithProgress } from './terminal/open-with-progress.ts'
import { formatTable } from './terminal/table.ts'
import type { Terminal } from './terminal/terminal.ts'

interface DiffOptions {
  code?: boolean
  source?: string[]
  lenient?: boolean
}

export const command: CliCommand<DiffOptions> = {
  arguments: '<first> <second>',
  description:
    'Shows what differs between two runs: status, code, parameters, components with their versions and calls, what they returned, ' +
    'quality, files by their bytes, and the environment. What is the same is left out; time alone is no difference.',
  examples: [
    ['vampira diff last~1 last', 'what the last run did otherwise'],
    ['vampira diff --code last~1 last', 'how the source files differ, as a patch'],
    ['vampira diff measuring cooling --json', 'the latest runs of two pipelines, as JSON'],
  ],
  exitCodes: {
    0: 'nothing differs of what could be compared',
    1: 'something differs',
    2: 'asked wrongly: an unknown run',
    3: 'could not be done',
  },
  configure(command) {
    command
      .option(
        '--code',
        'only the code: a unified diff of each source file that differs, from the texts that the store keeps',
      )
      .option(...source)
      .option(...lenient)
  },
  async run(terminal, [first = '', second = ''], options) {
    const sources = await openWithProgress(terminal, options)
    try {
      const one = await sources.resolveRun(first)
      const other = await sources.resolveRun(second)
      if (options.code === true) return await diffCode(terminal, sources.engine, [one, other], options)
      const comparison = await compareRuns(sources.engine, one, other)
      sources.progress.done()
      if (options.json === true) await terminal.printJson(comparison)
      else {
        await terminal.print(describe(terminal, comparison))
        if (comparison.code.length > 0) {
          const files = countOf(comparison.code.length, 'source file')
          await terminal.print(`The code differs in ${files}: vampira diff --code ${first} ${second}`)
        }
      }
      return comparison.same ? exitCodes.fine : exitCodes.findings
    } finally {
      await sources.close()
    }
  },
}

async function diffCode(
  terminal: Terminal,
  engine: QueryEngine,
  runs: readonly [string, string],
  { store, json }: StandardOptions,
): Promise<number> {
  const { workplace } = await openWorkplace(store)
  const differing = await compareCode(engine, ...runs)
  const code = await Promise.all(differing.map((each) => readCodeDiff(workplace.contents, each)))
  if (json === true) await terminal.printJson({ runs, same: code.length === 0, code })
  else if (code.length === 0) await terminal.print('No source file differs.')
  else await terminal.print(formatCodeDiff(terminal, code))
  for (const { path, kept } of code) {
    if (kept.includes('redacted'))
      terminal.note(printable(`vampira: secrets were taken out of ${path}; it ran with them.`))
  }
  return code.length === 0 ? exitCodes.fine : exitCodes.findings
}

function headingOf({ pipeline, id }: RunComparison['runs'][number]): string {
  return printable(`${pipeline} ${id.replace(/^urn:uuid:/, '').slice(0, 13)}`)
}

function factText(fact: string, value: string): string {
  return fact === 'commandLine' ? (JSON.parse(value) as string[]).join(' ') : shortIri(value)
}

interface Line {
  what: string
  one: string
  other: string
}

function describe(terminal: Terminal, comparison: RunComparison): string[] {
  const [one, other] = comparison.runs
  const seconds = (value: number | undefined) =>
    value === undefined ? 'an unknown time' : formatDuration(value)
  const timed = one.wallSeconds !== undefined || other.wallSeconds !== undefined
  const complete = comparison.notCompared.length === 0
  const ratio = comparison.wallRatio === undefined ? '' : `  (×${comparison.wallRatio.toFixed(2)})`
  const sections: (readonly [heading: string, lines: readonly Line[]])[] = [
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
      'Components',
      comparison.components.map(({ name, calls, versions, versionChanged }) =>
        lineOf(name, [
          callsOf(calls[0], versionChanged ? versions[0] : undefined),
          callsOf(calls[1], versionChanged ? versions[1] : undefined),
        ]),
      ),
    ],
    [
      'Parameters',
      comparison.parameters.map(({ componentName, parameterName, values }) =>
        lineOf(
          `${componentName} ${parameterName}`,
          [0, 1].map((side) => valuesOf(values, side)),
        ),
      ),
    ],
    [
      'Returned',
      comparison.results.map(({ name, values }) =>
        lineOf(
          name,
          [0, 1].map((side) => valuesOf(values, side)),
        ),
      ),
    ],
    [
      'Quality',
      comparison.qualities.map(({ metric, values }) =>
        lineOf(
          metric.replace(/^.*[:/#]/, ''),
          values.map((list) => list?.join(', ')),
        ),
      ),
    ],
    ['Files read', comparison.inputs.map(fileLine)],
    ['Files made', comparison.outputs.map(fileLine)],
    [
      'Environment',
      comparison.environment.map(({ aspect, name, values }) =>
        lineOf(name === '' ? aspect : `${aspect} ${name}`, values),
      ),
    ],
  ]
  const filled = sections.filter(([, lines]) => lines.length > 0)
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
  return [
    heading,
    ...filled.flatMap(([title, each]) => [terminal.style('bold', title), ...lines.splice(0, each.length)]),
    ...(filled.length > 0 ? [] : [complete ? 'Nothing differs.' : 'Nothing that was compared differs.']),
    ...comparison.notCompared.map((sentence) => terminal.style('yellow', printable(sentence))),
    ...(timed
      ? [terminal.style('dim', `took ${seconds(one.wallSeconds)} and ${seconds(other.wallSeconds)}${ratio}`)]
      : []),
  ]
}

function lineOf(what: string, values: readonly (string | undefined)[]): Line {
  return { what, one: values[0] ?? '–', other: values[1] ?? '–' }
}

function fileLine({ url, otherUrl, contents, holds }: RunComparison['inputs'][number]): Line {
  return lineOf(
    otherUrl === undefined ? pathOf(url) : renamed(pathOf(url), pathOf(otherUrl)),
    contents.map((content, side) => {
      const facts = holds?.[side]
      return content && [shortIri(content), ...(facts === undefined ? [] : [formatData(facts)])].join(', ')
    }),
  )
}

function pathOf(url: string): string {
  return decodeURIComponent(url.replace(/^file:\/\//, ''))
}

/** `/data/a.csv → b.csv`: the other name without the folder where that is the same. */
function renamed(path: string, other: string): string {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const name = other.slice(folder.length)
  return `${path} → ${other.startsWith(folder) && !name.includes('/') ? name : other}`
}

function callsOf(calls: number | undefined, versions: readonly string[] | undefined): string | undefined {
  if (calls === undefined) return undefined
  const count = countOf(calls, 'call')
  return versions === undefined ? count : `${count}, version ${versions.map(shortIri).join(', ')}`
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
