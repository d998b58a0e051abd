import { impact, lineage } from '../src/index.ts'
import { formatTree } from '../src/report/format-tree.ts'
import { traceTrees } from '../src/report/trace-tree.ts'
import type { Trace } from '../src/index.ts'
import { cut, printable } from './terminal/columns.ts'
import type { CliCommand } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { collect, wholeNumber } from './parameters.ts'
import { openWithProgress } from './terminal/open-with-progress.ts'
import type { Terminal } from './terminal/terminal.ts'

interface TraceOptions {
  source?: string[]
  depth?: number
  withinRun?: boolean
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
        .option(
          '--source <where>',
          'ask this store, RDF file or SPARQL endpoint instead; repeat it to ask several',
          collect,
        )
        .option('--depth <hops>', 'at most so many hops from the start', wholeNumber)
        .option('--within-run', 'do not follow files from run to run')
    },
    async run(terminal, [what = ''], options) {
      const sources = await openWithProgress(terminal, options)
      try {
        const walk = direction === 'lineage' ? lineage : impact
        const trace = await walk(sources.engine, what, {
          ...(options.depth !== undefined && { maxHops: options.depth }),
          ...(options.withinRun !== undefined && { withinRun: options.withinRun }),
          onProgress: ({ hops, nodes, runs }) => {
            sources.progress.update(`${hops} hops, ${nodes} things in ${runs} runs`)
          },
        })
        sources.progress.done()
        if (options.json === true) await terminal.printJson(trace)
        else await terminal.print(...describe(terminal, trace))
        return trace.start.known ? exitCodes.fine : exitCodes.findings
      } finally {
        await sources.close()
      }
    },
  }
}

function describe(terminal: Terminal, trace: Trace): string[] {
  const { start, truncated } = trace
  if (!start.known) {
    return [
      `No run knows ${printable(start.asked)} as it is now.`,
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
      : [...cutLines, terminal.style('dim', `… ${left} more lines; --json has all`)]
  }
  return [
    terminal.style('bold', trace.direction === 'lineage' ? 'Came from (seen)' : 'Went into (seen)'),
    ...lines(seen),
    ...(trace.edges.length === 0 ? [nothing] : []),
    ...(possible.length === 0
      ? []
      : ['', terminal.style('bold', 'Possible too (through the body of a caller)'), ...lines(possible)]),
    ...(truncated === undefined
      ? []
      : ['', terminal.style('yellow', `Stopped at ${truncated.limit} ${truncated.by}; there is more.`)]),
  ]
}
