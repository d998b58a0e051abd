import { InvalidArgumentError, Option } from 'commander'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import {
  environmentOf,
  openSources,
  openWorkplace,
  originalOf,
  Questions,
  refuseFilled,
  rerunRun,
} from '../src/index.ts'
import type { EnvironmentFormat } from '../src/index.ts'
import type { CliCommand } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { formatRerun } from './format-rerun.ts'
import { source, wholeNumber } from './parameters.ts'
import { openWithProgress } from './terminal/open-with-progress.ts'
import { printable } from './terminal/columns.ts'
import { commandOf } from './use-case.ts'

interface RerunCommandOptions {
  into?: string
  tolerance: number
  repeat: number
  check?: boolean
  export?: EnvironmentFormat
  source?: string[]
  showQuery?: boolean
}

export const command: CliCommand<RerunCommandOptions> = {
  arguments: '<run>',
  description:
    'Runs a run again in a fresh folder, with its code and its inputs as they were, and says whether it comes to the ' +
    'same: by bytes, then by what files mean. First it says what is no longer as it was, and what that may do. Your own ' +
    'files are copied and never changed. The rerun is recorded as a run of the same pipeline.',
  examples: [
    ['vampira rerun last --check', 'could it be run again? nothing is run'],
    ['vampira rerun cooling', 'run the latest run of cooling again'],
    ['vampira rerun cooling~1 --repeat 3', 'three times: does it vary by itself?'],
    ['vampira rerun cooling --export requirements', 'the packages that it loaded, for pip'],
    ['vampira rerun cooling --into again --tolerance 1e-9', 'in a folder of yours, with a smaller tolerance'],
  ],
  exitCodes: {
    0: 'reproduced or equivalent; with --check: it can be run again',
    1: 'diverged',
    2: 'asked wrongly: an unknown run, a folder that is not empty',
    3: 'it cannot be run again, or what it was is not kept',
  },
  configure(command) {
    command
      .option('--into <folder>', 'folder to run it in, empty or not there yet (default: a temporary one)')
      .option(
        '--tolerance <share>',
        'part of the larger one that two numbers may differ by',
        readTolerance,
        1e-6,
      )
      .option('--repeat <times>', 'run it so many times', wholeNumber, 1)
      .option('--check', 'say what is as it was, and run nothing')
      .addOption(
        new Option(
          '--export <what>',
          'write what would remake its environment, and run nothing: a shell script, requirements for pip, or a file for conda',
        ).choices(['script', 'requirements', 'conda']),
      )
      .option(...source)
      .option('--show-query', 'say which questions the answer rests on, as commands that ask them again')
  },
  async run(terminal, [word = ''], options) {
    const { workplace, store } = await openWorkplace(options.store)
    const opened = await openWithProgress(terminal, options)
    try {
      const questions = new Questions(opened.engine)
      const named = await opened.resolveRun(word)
      // Who says `survey` means the run that was a rerun's model; who gives an id means that very run.
      const run = /^(urn:uuid:)?[0-9a-f-]{4,}$/i.test(word) ? named : await originalOf(questions, named)
      if (options.export !== undefined) {
        const text = await environmentOf(questions, run, options.export)
        opened.progress.done()
        if (options.json === true) await terminal.printJson({ run, export: options.export, text })
        else await terminal.write(Buffer.from(text))
        return exitCodes.fine
      }
      const into = options.into === undefined ? undefined : resolve(options.into)
      if (into !== undefined) await refuseFilled(into)
      if (options.check !== true) terminal.handleInterrupts()
      const whole = await rerunRun(
        questions,
        run,
        { workplace, store },
        {
          tolerance: options.tolerance,
          repeat: Math.max(1, options.repeat),
          checkOnly: options.check === true,
          folder: async () => into ?? mkdtemp(join(tmpdir(), 'vampira-rerun-')),
          async askAgain(use) {
            const again = await openSources(options.store === undefined ? {} : { store: options.store })
            try {
              return await use(new Questions(again.engine))
            } finally {
              await again.close()
            }
          },
          progress: (text) => opened.progress.update(printable(text)),
        },
      )
      opened.progress.done()
      const { answer } = whole
      if (options.json === true) await terminal.printJson(whole)
      else if (answer !== undefined) await terminal.print(formatRerun(terminal, answer))
      if (options.showQuery === true && options.json !== true)
        await terminal.print('', whole.queries.map(commandOf))
      if (whole.abstained !== undefined) {
        const { because, record } = whole.abstained
        terminal.note(printable(`Not enough evidence: ${because}. ${record}`))
      }
      if (answer === undefined) return exitCodes.failure
      if (answer.verdict === 'diverged') return exitCodes.findings
      return answer.verdict === 'cannot be run again' || answer.verdict === 'cannot be told'
        ? exitCodes.failure
        : exitCodes.fine
    } finally {
      await opened.close()
    }
  },
}

function readTolerance(text: string): number {
  const tolerance = text.trim() === '' ? Number.NaN : Number(text)
  if (tolerance >= 0 && tolerance < 1) return tolerance
  throw new InvalidArgumentError('It is a number from 0 to below 1, such as 1e-9.')
}
