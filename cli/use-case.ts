import type { Command } from 'commander'
import { openLocalStore, Questions, recordAnswer } from '../src/index.ts'
import { shellWord } from '../src/shell-word.ts'
import type { AskedQuery, UseCaseAnswer } from '../src/index.ts'
import type { CliCommand, StandardOptions } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { lenient, source } from './parameters.ts'
import { openWithProgress } from './terminal/open-with-progress.ts'
import type { SourcesWithProgress } from './terminal/open-with-progress.ts'
import type { Terminal } from './terminal/terminal.ts'
import { printable } from './terminal/columns.ts'

export interface AnsweringOptions {
  source?: string[]
  lenient?: boolean
  showQuery?: boolean
  record?: boolean
}

/** What a command that answers a use case says of itself beyond other commands. */
interface UseCaseCommand<Options extends object, T> extends Omit<CliCommand<Options>, 'run'> {
  /** Finds the answer. */
  answer(
    opened: SourcesWithProgress,
    questions: Questions,
    args: readonly string[],
    options: Options & StandardOptions,
  ): Promise<UseCaseAnswer<T>>
  /** Lines for people. */
  describe(terminal: Terminal, answer: T, whole: UseCaseAnswer<T>, options: Options): string[]
  /** Whether there is something to look at, which ends with 1. */
  finds?(answer: T): boolean
}

const usualExitCodes = {
  0: 'answered',
  1: 'answered, and there is something to look at',
  2: 'asked wrongly: an unknown run, pipeline or component',
  3: 'could not be done, or there is not enough evidence for an answer',
}

/**
 * A command that answers a use case: it opens the sources, prints what `describe` makes of the answer or the document
 * itself, says what was asked where --show-query wants it, and ends with 3 where the answer is withheld.
 */
export function useCaseCommand<Options extends object, T>(
  ours: UseCaseCommand<Options, T>,
): CliCommand<Options & AnsweringOptions> {
  return {
    ...ours,
    exitCodes: ours.exitCodes ?? usualExitCodes,
    configure(command: Command) {
      ours.configure?.(command)
      command
        .option(...source)
        .option(...lenient)
        .option('--show-query', 'say which questions the answer rests on, as commands that ask them again')
        .option('--record', 'keep the answer in the store, so that impact of a run reaches it')
    },
    async run(terminal, args, options, words) {
      const opened = await openWithProgress(terminal, options)
      try {
        const started = new Date()
        const whole = await ours.answer(opened, new Questions(opened.engine), args, options)
        opened.progress.done()
        if (options.json === true) await terminal.printJson(whole)
        else {
          await terminal.print(
            whole.answer === undefined ? [] : ours.describe(terminal, whole.answer, whole, options),
          )
          if (options.showQuery === true) await terminal.print('', whole.queries.map(commandOf))
        }
        if (whole.abstained !== undefined) {
          const { because, record } = whole.abstained
          terminal.note(printable(`Not enough evidence: ${because}. ${record}`))
          return exitCodes.failure
        }
        if (options.record === true) {
          const store = await openLocalStore(options.store)
          const commandLine = ['vampira', ...words.filter((word) => word !== '--record')]
          await recordAnswer(store, whole, { commandLine, started, ended: new Date() })
          terminal.note(terminal.style('dim', 'Kept; vampira answers shows it.'))
        }
        return whole.answer !== undefined && ours.finds?.(whole.answer) === true
          ? exitCodes.findings
          : exitCodes.fine
      } finally {
        await opened.close()
      }
    },
  }
}

/** `vampira query components --param run=urn:uuid:…   # 12 rows` */
export function commandOf({ query, parameters, rows }: AskedQuery): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [value].flat().map((each) => ` --param ${shellWord(`${name}=${each as string | number}`)}`),
  )
  return `vampira query ${query}${given.join('')}  # ${rows} ${rows === 1 ? 'row' : 'rows'}`
}
