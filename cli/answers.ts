import { spawn } from 'node:child_process'
import { bindQuery, catalogueQuery, scopeOf } from '../src/index.ts'
import type { Row } from '../src/index.ts'
import { formatTime } from '../src/report/format-quantity.ts'
import type { CliCommand } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { printable } from './terminal/columns.ts'
import { openWithProgress } from './terminal/open-with-progress.ts'
import { formatTable } from './terminal/table.ts'

interface AnswersOptions {
  run?: string
  check?: boolean
}

/** An answer that was kept. */
interface KeptAnswer {
  answer: string
  question: string
  commandLine: readonly string[]
  started: string
  value: unknown
  /** Whether it is the same today; absent where it was not asked again. */
  check?: 'same' | 'changed' | 'cannot be asked again'
}

export const command: CliCommand<AnswersOptions> = {
  description:
    'Lists the answers to use cases that were kept with --record, latest first. With --check each is asked again, and it ' +
    'is said whether it is still the same.',
  examples: [
    ['vampira answers', 'what was asked and kept'],
    ['vampira answers --run last', 'answers that rest on the last run'],
    ['vampira answers --check', 'ask each again: has more evidence changed it?'],
  ],
  exitCodes: {
    0: 'fine; with --check: each is as it was',
    1: 'with --check: one has changed',
    2: 'asked wrongly: an unknown run',
    3: 'could not be done',
  },
  configure(command) {
    command
      .option('--run <run>', 'only answers that rest on this run')
      .option('--check', 'ask each again and compare')
  },
  async run(terminal, _, options) {
    const opened = await openWithProgress(terminal, options)
    try {
      const query = await catalogueQuery('answers')
      const asked = options.run === undefined ? {} : { run: [await opened.resolveRun(options.run)] }
      const found = await opened.engine.query(bindQuery(query, asked), scopeOf(query, asked))
      const kept = found.type === 'bindings' ? found.rows.map(readAnswer) : []
      if (options.check === true) {
        for (const [at, each] of kept.entries()) {
          opened.progress.update(`asked ${at} of ${kept.length} again`)
          each.check = await check(each, options.store)
        }
      }
      opened.progress.done()
      if (options.json === true) await terminal.printJson(kept)
      else if (kept.length === 0) await terminal.print('No answer was kept. --record keeps one.')
      else {
        await terminal.print(
          formatTable(
            terminal,
            [
              { title: 'asked', text: ({ started }: KeptAnswer) => formatTime(started), fixed: true },
              { title: 'question', text: ({ question }: KeptAnswer) => printable(question) },
              { title: 'command', text: ({ commandLine }: KeptAnswer) => printable(commandLine.join(' ')) },
              ...(options.check === true
                ? [{ title: 'today', text: (each: KeptAnswer) => each.check ?? '', fixed: true }]
                : []),
            ],
            kept,
          ),
        )
      }
      return kept.some((each) => each.check !== undefined && each.check !== 'same')
        ? exitCodes.findings
        : exitCodes.fine
    } finally {
      await opened.close()
    }
  },
}

function readAnswer(row: Row): KeptAnswer {
  const text = (name: string) => row[name]?.value ?? ''
  return {
    answer: text('answer'),
    question: text('question'),
    commandLine: JSON.parse(text('commandLine')) as string[],
    started: text('started'),
    value: JSON.parse(text('value')) as unknown,
  }
}

/** Asks by the same command, in a process of its own as it was then. */
async function check(kept: KeptAnswer, store: string | undefined): Promise<NonNullable<KeptAnswer['check']>> {
  const [, ...words] = kept.commandLine
  const where = store === undefined || words.includes('--store') ? [] : ['--store', store]
  const json = words.includes('--json') ? [] : ['--json']
  const program = spawn(process.execPath, [process.argv[1]!, ...words, ...where, ...json], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let text = ''
  for await (const piece of program.stdout.setEncoding('utf8')) text += piece
  try {
    const { question, answer, evidence, abstained } = JSON.parse(text) as Record<string, unknown>
    const now = {
      question,
      ...(answer !== undefined && { answer }),
      evidence,
      ...(abstained !== undefined && { abstained }),
    }
    return JSON.stringify(now) === JSON.stringify(kept.value) ? 'same' : 'changed'
  } catch {
    return 'cannot be asked again'
  }
}
