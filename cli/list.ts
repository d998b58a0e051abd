import { begunSince, UsageError } from '../src/index.ts'
import { formatCount } from '../src/count-of.ts'
import { patternOfText } from '../src/pattern-of-text.ts'
import { formatDuration, formatTime } from '../src/report/format-quantity.ts'
import type { CliCommand } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { wholeNumber } from './parameters.ts'
import type { ListedRun } from '../src/index.ts'
import { openWithProgress } from './terminal/open-with-progress.ts'
import { statusMark, statusStyle } from './terminal/status.ts'
import { formatTable, withContent } from './terminal/table.ts'
import type { Column } from './terminal/table.ts'

interface ListOptions {
  name?: string
  status?: string
  since?: string
  last?: number
  limit?: number
}

export const command: CliCommand<ListOptions> = {
  description: 'Lists the runs of a store, newest first.',
  examples: [
    ['vampira list --last 10', 'the ten newest runs'],
    ['vampira list --since 2026-11-29', 'those begun on that day or later'],
    [
      "vampira list --name 'cool*' --status failed",
      'the failed runs of pipelines whose name begins with cool',
    ],
    ['vampira list --json', 'an array of runs; `id` is the IRI of the run'],
  ],
  exitCodes: {
    0: 'fine',
    1: 'a stored run cannot be listed, because its summary is damaged',
    2: 'asked wrongly: an unknown option or status, or what is no date',
    3: 'could not be done: there is no store, or no answer from a server',
  },
  configure(command) {
    command
      .option('--name <pattern>', 'only pipelines of this name; * stands for anything')
      .option('--status <status>', 'only completed, failed or interrupted runs')
      .option('--since <date>', 'only runs begun then or later: 2026-11-29, or 2026-11-29T07:30')
      .option('--last <number>', 'only so many runs, the latest', wholeNumber)
      .option('--limit <number>', 'the same as --last', wholeNumber)
  },
  async run(terminal, _args, options) {
    const keep = filterOf(options)
    const sources = await openWithProgress(terminal, options)
    const all = (await sources.runs()).toReversed()
    await sources.close()
    const damaged = sources.stores.flatMap(({ problems }) => problems)
    const code = damaged.length === 0 ? exitCodes.fine : exitCodes.findings
    const runs = all.filter(keep).slice(0, Math.min(options.last ?? Infinity, options.limit ?? Infinity))
    if (options.json === true) {
      await terminal.printJson(runs)
      return code
    }
    if (runs.length === 0) {
      terminal.note(
        all.length === 0 ? 'No runs yet. Record one: vampira run -- python pipeline.py' : 'No run matches.',
      )
      return code
    }
    const length = prefixLength(all.map((run) => uuidOf(run.id)))
    const columns: Column<ListedRun>[] = [
      { title: 'run', text: (run) => uuidOf(run.id).slice(0, length), fixed: true, style: () => 'cyan' },
      { title: 'name', text: (run) => run.name },
      { title: 'started', text: (run) => formatTime(run.startedAt), fixed: true },
      {
        title: 'status',
        text: (run) => statusMark(run.status, run.exitCode),
        fixed: true,
        style: (run) => statusStyle(run.status),
      },
      {
        title: 'time',
        text: (run) => (run.wallSeconds === undefined ? '' : formatDuration(run.wallSeconds)),
        align: 'right',
        fixed: true,
      },
      {
        title: 'calls',
        text: (run) => (run.callCount === undefined ? '' : formatCount(run.callCount)),
        align: 'right',
        fixed: true,
      },
      { title: 'command', text: (run) => run.commandLine?.join(' ') ?? '' },
    ]
    await terminal.print(formatTable(terminal, withContent(columns, runs), runs))
    return code
  },
}

function filterOf(options: ListOptions): (run: ListedRun) => boolean {
  const status = options.status?.toLowerCase()
  if (status !== undefined && !['completed', 'failed', 'interrupted'].includes(status)) {
    throw new UsageError(`No run has the status ${options.status}`, {
      advice: 'Use completed, failed or interrupted',
    })
  }
  const name = options.name === undefined ? undefined : patternOf(options.name)
  const isSince = options.since === undefined ? undefined : begunSince(options.since)
  return (run) =>
    (isSince === undefined || isSince(run)) &&
    (status === undefined || run.status.toLowerCase() === status) &&
    (name === undefined || name.test(run.name))
}

function patternOf(pattern: string): RegExp {
  return new RegExp(`^${pattern.split('*').map(patternOfText).join('.*')}$`, 's')
}

/** How many first characters make these UUIDs different; at least eight, because UUIDs of one minute begin alike. */
function prefixLength(uuids: readonly string[]): number {
  const sorted = uuids.toSorted()
  let length = 8
  for (let at = 1; at < sorted.length; at++) {
    let same = 0
    while (same < 36 && sorted[at]?.[same] === sorted[at - 1]?.[same]) same++
    length = Math.max(length, same + 1)
  }
  return Math.min(length, 36)
}

function uuidOf(id: string): string {
  return id.replace(/^urn:uuid:/, '')
}
