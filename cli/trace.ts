import { impact, lineage } from '../src/index.ts'
import { countOf } from '../src/count-of.ts'
import { formatTime } from '../src/report/format-quantity.ts'
import { formatTree } from '../src/report/format-tree.ts'
import { traceTrees } from '../src/report/trace-tree.ts'
import type { Trace } from '../src/index.ts'
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
}

const shownLines = 400

/** `lineage` and `impact` differ in their direction alone. */
export function traceCommand(
  direction: Trace['direction'],
  texts: Pick<CliCommand, 'description' | 'examples'>,
): CliCommand<TraceOptions> {
  return {
    arguments: '<what>',
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
    },
    async run(terminal, [what = ''], options) {
      const sources = await openWithProgress(terminal, options)
      try {
        const walk = direction === 'lineage' ? lineage : impact
        const trace = await walk(sources.engine, what, {
          ...(options.depth !== undefined && { maxHops: options.depth }),
          ...(options.withinRun !== undefined && { withinRun: options.withinRun }),
          ...(options.allRuns !== undefined && { allRuns: options.allRuns }),
          onProgress: ({ nodes, runs, runsWaiting }) => {
            const found = `${countOf(nodes, 'thing')} in ${countOf(runs, 'run')}`
            sources.progress.update(
              runsWaiting === 0 ? found : `${found}, at least ${runsWaiting} more to open`,
            )
          },
        })
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

function describe(terminal: Terminal, trace: Trace, { allRuns = false }: TraceOptions): string[] {
  const { start, truncated } = trace
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
    ...(left === undefined ? [] : ['', terminal.style('dim', left)]),
    ...(truncated === undefined
      ? []
      : ['', terminal.style('yellow', `Stopped at ${whereStopped(trace, truncated, allRuns)}`)]),
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
