import { checkCompleteness, inspectRun } from '../src/index.ts'
import type { CliCommand } from './command.ts'
import { formatRun } from './format-run.ts'
import { openWithProgress } from './terminal/open-with-progress.ts'
import { readTargetsFor } from './read-targets-for.ts'
import type { Terminal } from './terminal/terminal.ts'

interface ShowOptions {
  readiness?: boolean
}

export const command: CliCommand<ShowOptions> = {
  arguments: '<run>',
  description:
    'Shows a run: its facts, its functions with what they cost and on which inputs, the files it read and made, the ' +
    'path it took and where it ran.',
  examples: [
    ['vampira show last', 'the latest run'],
    ['vampira show last --readiness', 'and which use cases its record can answer, which takes seconds'],
    ['vampira show cooling~1 --json', 'the last run but one of the pipeline `cooling`, as JSON'],
  ],
  configure(command) {
    command.option('--readiness', 'check too which use cases the record can answer')
  },
  async run(terminal, [asked = ''], options) {
    const sources = await openWithProgress(terminal, options)
    try {
      const run = await sources.resolveRun(asked)
      const inspection = await inspectRun(sources.engine, run)
      sources.progress.done()
      const readiness = options.readiness ? await judge(terminal, run, options.store) : undefined
      if (options.json === true) return await terminal.printJson({ ...inspection, ...readiness })
      await terminal.print(formatRun(terminal, inspection))
      if (readiness !== undefined) await terminal.print('', `This run ${readiness.readiness}.`)
    } finally {
      await sources.close()
    }
  },
}

/** Which use cases the record can answer. */
async function judge(terminal: Terminal, run: string, store: string | undefined) {
  for await (const { record, store: counts } of readTargetsFor(terminal, [run], {
    ...(store !== undefined && { store }),
  })) {
    const { sentence, useCases } = await checkCompleteness(record, { ...(counts && { store: counts }) })
    const answers = useCases.filter(({ answered }) => answered).map(({ id }) => id)
    return { readiness: sentence, answers }
  }
  return undefined
}
