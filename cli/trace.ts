import { existsSync } from 'node:fs'
import { impact, lineage, UsageError } from '../src/index.ts'
import { countOf } from '../src/count-of.ts'
import { formatDuration, formatTime } from '../src/report/format-quantity.ts'
import { formatTree } from '../src/report/format-tree.ts'
import { shortRun } from '../src/report/short-run.ts'
import { traceTrees } from '../src/report/trace-tree.ts'
import type { RemadeRun, Sources, Suspect, Trace, TraceProgress } from '../src/index.ts'
import { cut, printable } from './terminal/columns.ts'
import type { CliCommand } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { lenient, source, wholeNumber } from './parameters.ts'
import { openWithProgress } from './terminal/open-with-progress.ts'
import type { Terminal } from './terminal/terminal.ts'

interface TraceOptions {
  source?: string[]
  lenient?: boolean
  depth?: number
  withinRun?: boolean
  allRuns?: boolean
  parameter?: string
  person?: string
  machine?: string
}

const shownLines = 400
const shownRuns = 20
const shownProducts = 4

/** `lineage` and `impact` differ in their direction alone. */
export function traceCommand(
  direction: Trace['direction'],
  texts: Pick<CliCommand, 'description' | 'examples'>,
): CliCommand<TraceOptions> {
  return {
    arguments: direction === 'lineage' ? '<what>' : '[what]',
    ...texts,
    exitCodes: {
      0: 'fine',
      1: 'no run knows of it',
      2: 'asked wrongly: no such file, not an IRI',
      3: 'could not be done',
    },
    configure(command) {
      command
        .option(...source)
        .option(...lenient)
        .option('--depth <hops>', 'at most so many hops from the start', wholeNumber)
        .option('--within-run', 'do not follow files from run to run')
        .option(
          '--all-runs',
          direction === 'lineage'
            ? 'follow every run that made the same bytes, not only the one that made this file'
            : 'show every run, also those that did the same as another',
        )
      if (direction === 'lineage') return
      command
        .option('--parameter <name=value>', 'what came from calls with this value of a parameter')
        .option('--person <name>', 'what came from the runs that somebody started')
        .option('--machine <name>', 'what came from the runs on a machine')
    },
    async run(terminal, [what], options) {
      const sources = await openWithProgress(terminal, options)
      try {
        const walking = {
          ...(options.depth !== undefined && { maxHops: options.depth }),
          ...(options.withinRun !== undefined && { withinRun: options.withinRun }),
          ...(options.allRuns !== undefined && { allRuns: options.allRuns }),
          onProgress: ({ nodes, runs, runsWaiting }: TraceProgress) => {
            const found = `${countOf(nodes, 'thing')} in ${countOf(runs, 'run')}`
            sources.progress.update(
              runsWaiting === 0 ? found : `${found}, at least ${runsWaiting} more to open`,
            )
          },
        }
        const trace =
          direction === 'lineage'
            ? await lineage(sources.engine, what ?? '', walking)
            : await impact(sources.engine, await suspectOf(sources, what, options), walking)
        sources.progress.done()
        if (options.json === true) await terminal.printJson(trace)
        else await terminal.print(describe(terminal, trace, options))
        return trace.start.known ? exitCodes.fine : exitCodes.findings
      } finally {
        await sources.close()
      }
    },
  }
}

/** What is suspect: exactly one thing of those that can be named. */
async function suspectOf(
  sources: Sources,
  what: string | undefined,
  { parameter, person, machine }: TraceOptions,
): Promise<string | Suspect> {
  const given = [what, parameter, person, machine].filter((each) => each !== undefined)
  if (given.length !== 1) {
    throw new UsageError(given.length === 0 ? 'Nothing is named' : 'Several things are named at once', {
      advice: 'Name one: a file, a run, a component, a package, --parameter, --person or --machine.',
    })
  }
  if (person !== undefined) return { person }
  if (machine !== undefined) return { machine }
  if (parameter !== undefined) {
    const [, name, value] = /^([^=]+)=(.*)$/.exec(parameter) ?? []
    if (name !== undefined && value !== undefined) return { parameter: name, value }
    throw new UsageError(`--parameter ${parameter} is not name=value`)
  }
  const word = what ?? ''
  const isRun = /^last(~\d+)?$|~\d+$|^[0-9a-f]{8}[0-9a-f-]*$/i.test(word) && !existsSync(word)
  return isRun ? sources.resolveRun(word) : word
}

function describe(terminal: Terminal, trace: Trace, { allRuns = false }: TraceOptions): string[] {
  const { start, truncated } = trace
  if (!start.known && start.suspect !== undefined) {
    const { others } = start.suspect
    const had = others.slice(0, shownRuns).map(printable).join(', ')
    return [
      `No run was touched by ${printable(start.asked)}.`,
      ...(others.length === 0 ? [] : [`  Runs had ${had}${others.length > shownRuns ? ' …' : ''}`]),
    ]
  }
  if (!start.known) {
    return [
      `No run knows ${printable(start.asked)} as it is now.`,
      ...(start.ignored === undefined
        ? []
        : [
            `  Run ${start.ignored.run.replace(/^urn:uuid:/, '')} was told to ignore files like it: ${printable(start.ignored.pattern)} (--ignore, or ignore in vampira.toml).`,
          ]),
      ...start.otherVersions.map(
        ({ content, run, role }) =>
          `  Another version was ${role} by run ${run.replace(/^urn:uuid:/, '')}: ${content}`,
      ),
    ]
  }
  const { seen, possible } = traceTrees(trace)
  const nothing =
    trace.direction === 'lineage' ? 'It was not made by any recorded run.' : 'Nothing was made from it.'
  const lines = (trees: typeof seen) => {
    const all = trees.flatMap(formatTree)
    const cutLines = all.slice(0, shownLines).map((line) => cut(printable(line), terminal.width))
    const left = all.length - cutLines.length
    return left === 0
      ? cutLines
      : [...cutLines, terminal.style('dim', `… ${countOf(left, 'more line')}; --json has all`)]
  }
  const left =
    trace.alike.length > 0
      ? '×: so many runs of one version did the same, and the latest is shown. --all-runs shows each.'
      : trace.nodes.some(({ otherMakers }) => otherMakers !== undefined)
        ? '--all-runs follows every run that made the same bytes.'
        : undefined
  return [
    ...(start.suspect === undefined
      ? []
      : [`${printable(start.asked)} touched ${countOf(start.suspect.runs, 'run')}`, '']),
    terminal.style('bold', trace.direction === 'lineage' ? 'Came from (seen)' : 'Went into (seen)'),
    ...lines(seen),
    ...(trace.edges.length === 0 ? [nothing] : []),
    ...(possible.length === 0
      ? []
      : ['', terminal.style('bold', 'Possible too (through the body of a caller)'), ...lines(possible)]),
    ...(trace.answers === undefined
      ? []
      : [
          '',
          terminal.style('bold', 'Answers that rest on it'),
          ...trace.answers.map(({ question, started }) => printable(`${formatTime(started)}  ${question}`)),
        ]),
    ...describeRemade(terminal, trace.remake ?? []),
    ...(left === undefined ? [] : ['', terminal.style('dim', left)]),
    ...(truncated === undefined
      ? []
      : ['', terminal.style('yellow', `Stopped at ${whereStopped(trace, truncated, allRuns)}`)]),
  ]
}

function describeRemade(terminal: Terminal, runs: readonly RemadeRun[]): string[] {
  if (runs.length === 0) return []
  const seconds = runs.reduce((sum, run) => sum + (run.seconds ?? 0), 0)
  const files = runs.reduce((sum, run) => sum + run.files.length, 0)
  return [
    '',
    terminal.style('bold', 'To make again, in this order'),
    ...runs.slice(0, shownRuns).map((run, at) => {
      const names = run.files.slice(0, shownProducts).map(({ label }) => label.replace(/^.*\//, ''))
      const more = run.files.length - names.length
      const time = run.seconds === undefined ? '' : `, ${formatDuration(run.seconds)}`
      const text =
        `${String(at + 1).padStart(3)}  ${run.pipeline} ${shortRun(run.run)} ` +
        `(degree ${run.degree}${run.strength === 'seen' ? '' : ', possible'}${time}): ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
      return cut(printable(text), terminal.width)
    }),
    ...(runs.length > shownRuns
      ? [terminal.style('dim', `… ${countOf(runs.length - shownRuns, 'more run')}; --json has all`)]
      : []),
    terminal.style(
      'dim',
      `${countOf(files, 'file')} of ${countOf(runs.length, 'run')}, which took ${formatDuration(seconds)}`,
    ),
  ]
}

function whereStopped(
  { runs }: Trace,
  { by, limit }: NonNullable<Trace['truncated']>,
  allRuns: boolean,
): string {
  if (by === 'hops') return `${countOf(limit, 'hop')}; there is more.`
  const less = allRuns
    ? 'without --all-runs, of runs that did the same one is followed'
    : '--depth ends it sooner'
  return `${countOf(limit, 'thing')} in ${countOf(runs.length, 'run')}; there is more: ${less}.`
}
